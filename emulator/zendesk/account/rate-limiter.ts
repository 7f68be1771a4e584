import type { Core } from '../../core/core.ts';

/** One window's state after a request was counted. */
export interface RateState {
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window starts anew. */
  readonly resetSeconds: number;
  readonly exceeded: boolean;
}

interface Window {
  startedAt: number;
  readonly length: number;
  count: number;
}

const KEPT_WINDOWS = 10_000;

/** Fixed windows on the account's business clock, so that `clock/advance` opens the next one. */
export class RateLimiter {
  readonly #core: Core;
  readonly #windows = new Map<string, Map<string, Window>>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Counts one request against a bucket. */
  take(account: string, bucket: string, limit: number, windowSeconds = 60): RateState {
    const now = this.#core.businessClock(account).now();
    const length = windowSeconds * 1000;
    const buckets = this.#buckets(account);
    let window = buckets.get(bucket);
    if (!window || now - window.startedAt >= length) {
      if (buckets.size >= KEPT_WINDOWS) this.#forgetOld(buckets, now);
      buckets.set(bucket, (window = { startedAt: now, length, count: 0 }));
    }
    window.count += 1;
    return {
      limit,
      remaining: Math.max(0, limit - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.startedAt + length - now) / 1000)),
      exceeded: window.count > limit,
    };
  }

  /** Opens new windows for an account (reset, restore). */
  clear(account: string): void {
    this.#windows.delete(account);
  }

  #buckets(account: string): Map<string, Window> {
    let buckets = this.#windows.get(account);
    if (!buckets) this.#windows.set(account, (buckets = new Map()));
    return buckets;
  }

  #forgetOld(buckets: Map<string, Window>, now: number): void {
    for (const [name, window] of buckets) if (now - window.startedAt >= window.length) buckets.delete(name);
  }
}
