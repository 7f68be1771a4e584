/** A pending timer. Clearing twice, or after it fired, does nothing. */
export interface Timer {
  clear(): void;
}

/**
 * The only source of time in Ringback. Two clocks exist: the *wire* clock (always real when a socket is involved) and
 * one *business* clock per account (real by default, steerable).
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Monotonic milliseconds with fraction, for pacing and durations. */
  monotonic(): number;
  setTimeout(callback: () => void, milliseconds: number): Timer;
}

/** setTimeout's limit; a longer delay would fire at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

class RealTimer implements Timer {
  readonly #timeout: NodeJS.Timeout;

  constructor(callback: () => void, milliseconds: number) {
    // What is overdue is due now; Node warns of a negative delay.
    this.#timeout = setTimeout(callback, Math.min(Math.max(milliseconds, 0), LONGEST_DELAY));
  }

  clear(): void {
    clearTimeout(this.#timeout);
  }
}

/** The machine's own clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (callback, milliseconds) => new RealTimer(callback, milliseconds),
};

/** Resolves after the delay on the given clock. */
export function delay(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, milliseconds);
  });
}

/** Resolves once whatever else waits for its turn (requests, timers) has had it: for work that is done in pieces. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
