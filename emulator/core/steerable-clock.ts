import type { Clock, Timer } from './clock.ts';

interface Pending extends Timer {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that can be moved forward. Over a base clock it runs in real time plus everything advanced so far (an
 * account's business clock); without one it stands still until advanced (stack tests without sockets).
 */
export class SteerableClock implements Clock {
  readonly #base: Clock | undefined;
  #offset: number;
  #order = 0;
  #pending: Pending[] = [];
  #wake: Timer | undefined;
  #advancingTo: number | undefined;

  constructor(options: { base?: Clock; startAt?: number } = {}) {
    this.#base = options.base;
    this.#offset = options.base ? 0 : (options.startAt ?? Date.UTC(2026, 0, 5, 9));
  }

  now(): number {
    return this.#advancingTo ?? (this.#base?.now() ?? 0) + this.#offset;
  }

  monotonic(): number {
    return this.#base ? this.#base.monotonic() + this.#offset : this.now();
  }

  /** How far this clock runs ahead of its base, in milliseconds. */
  get ahead(): number {
    return this.#base ? this.#offset : 0;
  }

  /** In how many milliseconds the next timer falls due, 0 for one that is overdue; undefined when none is set. */
  get nextIn(): number | undefined {
    const next = this.#pending[0];
    return next && Math.max(0, next.due - this.now());
  }

  setTimeout(callback: () => void, milliseconds: number): Timer {
    const pending: Pending = {
      // What is no number is due now, as with Node: nothing could be put in order with it.
      due: this.now() + (Math.max(0, milliseconds) || 0),
      order: this.#order++,
      callback,
      clear: () => {
        const index = this.#place(pending);
        if (this.#pending[index] !== pending) return;
        this.#pending.splice(index, 1);
        if (index === 0) this.#arm();
      },
    };
    const index = this.#place(pending);
    this.#pending.splice(index, 0, pending);
    if (index === 0) this.#arm();
    return pending;
  }

  /** Where the timer is, or belongs, among those pending: by its time, then by when it was set. */
  #place({ due, order }: Pending): number {
    let [low, high] = [0, this.#pending.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#pending[middle] as Pending;
      if (other.due < due || (other.due === due && other.order < order)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the clock forward, firing what falls due on the way, in order and at its own time. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`a clock only moves forward: advance(${milliseconds})`);
    const target = this.now() + milliseconds;
    this.#offset += milliseconds;
    this.#runUntil(target);
  }

  /** Drops every pending timer and returns to the base clock's time. */
  reset(): void {
    this.#wake?.clear();
    this.#pending = [];
    if (this.#base) this.#offset = 0;
  }

  #runUntil(target: number): void {
    const outer = this.#advancingTo;
    try {
      for (let next = this.#pending[0]; next && next.due <= target; next = this.#pending[0]) {
        this.#pending.shift();
        this.#advancingTo = next.due;
        next.callback();
      }
    } finally {
      // Also after a throw: the timers behind the one that threw still have to fire.
      this.#advancingTo = outer;
      this.#arm();
    }
  }

  #arm(): void {
    this.#wake?.clear();
    this.#wake = undefined;
    const next = this.#pending[0];
    if (!this.#base || !next) return;
    this.#wake = this.#base.setTimeout(() => this.#runUntil(this.now()), next.due - this.now());
  }
}
