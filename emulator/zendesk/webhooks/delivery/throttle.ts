const MINUTE_MS = 60_000;

/**
 * Invocations per minute. What exceeds them is not lost but given a place in one of the next minutes: the recordings
 * show a `throttled` attempt and the real one minutes later.
 */
export class Throttle {
  #startedAt = Number.NEGATIVE_INFINITY;
  #taken = 0;

  /** When the invocation may go out: `now`, or the start of a later minute. */
  slot(limit: number, now: number): number {
    if (now >= this.#startedAt + MINUTE_MS) {
      // What earlier minutes put off takes up places of this one.
      const minutes = Number.isFinite(this.#startedAt) ? Math.floor((now - this.#startedAt) / MINUTE_MS) : Number.POSITIVE_INFINITY;
      this.#taken = Number.isFinite(minutes) ? Math.max(0, this.#taken - minutes * limit) : 0;
      this.#startedAt = Number.isFinite(minutes) ? this.#startedAt + minutes * MINUTE_MS : now;
    }
    const place = this.#taken++;
    return place < limit ? now : this.#startedAt + Math.floor(place / limit) * MINUTE_MS;
  }
}
