import { describe, expect, it, vi } from 'vitest';
import { createCore } from '../../core/core.ts';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { RateLimiter } from './rate-limiter.ts';

function limiter(): { take: RateLimiter['take']; clear: RateLimiter['clear']; advance(ms: number): void } {
  const core = createCore({ seed: 1, clock: new SteerableClock() });
  const limits = new RateLimiter(core);
  return {
    take: (...args) => limits.take(...args),
    clear: (account) => limits.clear(account),
    advance: (ms) => core.businessClock('acme').advance(ms),
  };
}

describe('RateLimiter', () => {
  it('counts down and then refuses until the window is over', () => {
    const { take, advance } = limiter();
    expect(take('acme', 'account', 2)).toEqual({ limit: 2, remaining: 1, resetSeconds: 60, exceeded: false });
    advance(20_500);
    expect(take('acme', 'account', 2)).toEqual({ limit: 2, remaining: 0, resetSeconds: 40, exceeded: false });
    expect(take('acme', 'account', 2)).toMatchObject({ remaining: 0, exceeded: true });
    advance(39_500);
    expect(take('acme', 'account', 2)).toMatchObject({ remaining: 1, exceeded: false });
  });

  it('keeps accounts and buckets apart', () => {
    const { take } = limiter();
    take('acme', 'account', 1);
    expect(take('globex', 'account', 1).exceeded).toBe(false);
    expect(take('acme', 'other', 1).exceeded).toBe(false);
    expect(take('acme', 'account', 1).exceeded).toBe(true);
  });

  it('forgets an account', () => {
    const { take, clear } = limiter();
    take('acme', 'account', 1);
    clear('acme');
    expect(take('acme', 'account', 1).exceeded).toBe(false);
  });

  it('looks through the windows ever more seldom the more are open', () => {
    const { take, advance } = limiter();
    const lookedThrough = vi.spyOn(Map.prototype, Symbol.iterator);
    for (let index = 0; index < 50_000; index += 1) take('acme', `bucket ${index}`, 5, 600);
    const times = lookedThrough.mock.calls.length;
    lookedThrough.mockRestore();
    // At ten, twenty and forty thousand.
    expect(times).toBeGreaterThanOrEqual(1);
    expect(times).toBeLessThanOrEqual(3);
    advance(600_000);
    expect(take('acme', 'bucket 1', 1, 600)).toMatchObject({ remaining: 0, exceeded: false });
  });
});
