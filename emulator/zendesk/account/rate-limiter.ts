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

interface Buckets {
  readonly windows: Map<string, Window>;
  /** When there are so many, those that are over are forgotten. */
  cleanAt: number;
}

const KEPT_WINDOWS = 10_000;

/** Fixed windows on the account's business clock, so that `clock/advance` opens the next one. */
export class RateLimiter {
  readonly #core: Core;
  readonly #accounts = new Map<string, Buckets>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Counts one request against a bucket. */
  take(account: string, bucket: string, limit: number, windowSeconds = 60): RateState {
    const now = this.#core.businessClock(account).now();
    const length = windowSeconds * 1000;
    const buckets = this.#buckets(account);
    let window = buckets.windows.get(bucket);
    if (!window || now - window.startedAt >= length) {
      if (buckets.windows.size >= buckets.cleanAt) forgetOld(buckets, now);
      buckets.windows.set(bucket, (window = { startedAt: now, length, count: 0 }));
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
    this.#accounts.delete(account);
  }

  #buckets(account: string): Buckets {
    let buckets = this.#accounts.get(account);
    if (!buckets) this.#accounts.set(account, (buckets = { windows: new Map(), cleanAt: KEPT_WINDOWS }));
    return buckets;
  }
}

/** Not looked at again before there are twice as many as are left: however many are open, one more costs the same. */
function forgetOld(buckets: Buckets, now: number): void {
  const { windows } = buckets;
  for (const [name, window] of windows) if (now - window.startedAt >= window.length) windows.delete(name);
  buckets.cleanAt = Math.max(KEPT_WINDOWS, 2 * windows.size);
}
