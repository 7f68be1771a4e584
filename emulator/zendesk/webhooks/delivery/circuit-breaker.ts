export type CircuitState = 'closed' | 'open' | 'half-open';

const WINDOW_MS = 5 * 60_000;
const SLICE_MS = 10_000;
/** Opens at this share of failures, if there were more requests than `QUIET`; or at more errors than `ERRORS`. */
const SHARE = 0.7;
const QUIET = 100;
const ERRORS = 1_000;
const PAUSE_MS = 5_000;

const NEXT: Readonly<Record<CircuitState, readonly CircuitState[]>> = {
  closed: ['open'],
  open: ['half-open'],
  'half-open': ['closed', 'open'],
};

/** As what a request may go out: after a pause one goes ahead of the others. */
type Admission = 'ordinary' | 'probe';

interface Slice {
  readonly startedAt: number;
  requests: number;
  errors: number;
}

/**
 * Pauses a webhook whose endpoint keeps failing: 70 % of more than 100 requests in five minutes, or more than 1,000
 * errors in them, stop it for five seconds; then one request is let through, and the first success closes the circuit
 * (vendor's article on testing webhooks; that one request at a time probes is inferred). Time is the account's business clock.
 */
export class CircuitBreaker {
  #state: CircuitState = 'closed';
  #openedAt = 0;
  #probing = false;
  #slices: Slice[] = [];
  readonly #onChange: (state: CircuitState, requests: number, errors: number) => void;

  constructor(onChange: (state: CircuitState, requests: number, errors: number) => void = () => {}) {
    this.#onChange = onChange;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Undefined when no request may go out now; how each of those ended that may must be reported to `record`. */
  admit(now: number): Admission | undefined {
    if (this.#state === 'open' && now - this.#openedAt >= PAUSE_MS) this.#become('half-open');
    if (this.#state === 'closed') return 'ordinary';
    if (this.#state === 'open' || this.#probing) return undefined;
    this.#probing = true;
    return 'probe';
  }

  record(admission: Admission, failed: boolean, now: number): void {
    const slice = this.#slice(now);
    slice.requests += 1;
    if (failed) slice.errors += 1;
    if (admission === 'probe') this.#probing = false;
    if (this.#state === 'half-open') {
      // What went out before the pause and fails only now tells nothing of the endpoint as it is.
      if (!failed) this.#close();
      else if (admission === 'probe') this.#open(now);
    } else if (this.#state === 'closed' && this.#isFailing()) {
      this.#open(now);
    }
  }

  #isFailing(): boolean {
    const { requests, errors } = this.#totals();
    return errors > ERRORS || (requests > QUIET && errors / requests >= SHARE);
  }

  #open(now: number): void {
    this.#openedAt = now;
    this.#become('open');
  }

  #close(): void {
    this.#become('closed');
    this.#probing = false;
    this.#slices = [];
  }

  #totals(): { requests: number; errors: number } {
    return this.#slices.reduce((sum, { requests, errors }) => ({ requests: sum.requests + requests, errors: sum.errors + errors }), {
      requests: 0,
      errors: 0,
    });
  }

  #slice(now: number): Slice {
    this.#slices = this.#slices.filter(({ startedAt }) => now - startedAt < WINDOW_MS);
    const last = this.#slices.at(-1);
    if (last && now - last.startedAt < SLICE_MS) return last;
    const slice = { startedAt: now, requests: 0, errors: 0 };
    this.#slices.push(slice);
    return slice;
  }

  #become(state: CircuitState): void {
    if (!NEXT[this.#state].includes(state)) throw new Error(`a circuit that is ${this.#state} cannot become ${state}`);
    this.#state = state;
    const { requests, errors } = this.#totals();
    this.#onChange(state, requests, errors);
  }
}
