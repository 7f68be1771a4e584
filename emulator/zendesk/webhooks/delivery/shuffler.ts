import type { Clock, Timer } from '../../../core/clock.ts';
import type { Random } from '../../../core/random.ts';

/** A delivery's place in a shuffled batch: it may go once `comes` resolves, and lets the next one go with `done`. */
export interface Turn {
  readonly comes: Promise<void>;
  /** Idempotent. */
  done(): void;
}

interface Place {
  go(): void;
  over: boolean;
}

export interface ShufflerOptions {
  readonly random: Random;
  /** The account's business clock. */
  readonly clock: Pick<Clock, 'setTimeout'>;
  /** How long a batch waits for more after its first delivery. */
  readonly withinMs: number;
  /** How many make a batch full; null for as many as come within the time. */
  readonly size: number | null;
}

/**
 * Gathers deliveries and lets them go one after the other in an order drawn from the seed, which never is the one in
 * which they came: so that others overtake for certain, not perhaps.
 */
export class Shuffler {
  readonly #options: ShufflerOptions;
  #batch: Place[] = [];
  #timer: Timer | undefined;

  constructor(options: ShufflerOptions) {
    this.#options = options;
  }

  join(): Turn {
    const { size, withinMs, clock } = this.#options;
    let go = (): void => undefined;
    const comes = new Promise<void>((resolve) => {
      go = resolve;
    });
    const place: Place = { go, over: false };
    this.#batch.push(place);
    const batch = this.#batch;
    this.#timer ??= clock.setTimeout(() => this.close(), withinMs);
    if (size !== null && batch.length >= size) this.close();
    const done = (): void => {
      if (place.over) return;
      place.over = true;
      next(batch);
    };
    return { comes, done };
  }

  /** Lets go what is gathered. */
  close(): void {
    this.#timer?.clear();
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = [];
    const shuffled = this.#options.random.shuffle(batch);
    const unmoved = shuffled.every((place, index) => place === batch[index]);
    batch.splice(0, batch.length, ...(unmoved ? [...shuffled.slice(1), ...shuffled.slice(0, 1)] : shuffled));
    next(batch);
  }

  /** Nothing that is gathered goes any more. */
  stop(): void {
    this.#timer?.clear();
    this.#batch = [];
  }
}

/** Lets the first that has not gone yet go. */
function next(batch: readonly Place[]): void {
  batch.find(({ over }) => !over)?.go();
}
