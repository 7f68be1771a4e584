import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../core/clock.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { Pacer } from './pacer.ts';

const rethrow = (error: unknown) => {
  throw error;
};

/** A clock whose timers fire late, as real ones do: by 0.3 to 2.7 ms. */
function lateClock(base: SteerableClock): Clock {
  let count = 0;
  return {
    now: () => base.now(),
    monotonic: () => base.monotonic(),
    setTimeout: (callback, milliseconds) => base.setTimeout(callback, milliseconds + 0.3 + (count++ % 7) * 0.4),
  };
}

describe('Pacer', () => {
  it('loses no time although every timer is late', () => {
    const clock = new SteerableClock();
    const pacer = new Pacer(lateClock(clock));
    const start = clock.monotonic();
    const late: number[] = [];
    pacer.add(() => late.push(clock.monotonic() - start - late.length * 20), rethrow);
    clock.advance(60 * 60_000);
    expect(late).toHaveLength(180_000);
    expect(late.filter((lateness) => lateness < 0 || lateness > 5)).toEqual([]);
  });

  it('spreads the streams over the frame', () => {
    const clock = new SteerableClock();
    const pacer = new Pacer(clock);
    const start = clock.monotonic();
    const perMillisecond = new Map<number, number>();
    for (let stream = 0; stream < 100; stream++) {
      pacer.add(() => {
        const offset = (clock.monotonic() - start) % 20;
        perMillisecond.set(offset, (perMillisecond.get(offset) ?? 0) + 1);
      }, rethrow);
    }
    clock.advance(19);
    expect(perMillisecond.size).toBe(20);
    expect(new Set(perMillisecond.values())).toEqual(new Set([5]));
  });

  it('calls each stream 20 ms apart, whatever comes and goes beside it', () => {
    const clock = new SteerableClock();
    const pacer = new Pacer(clock);
    const times: number[] = [];
    pacer.add(() => times.push(clock.monotonic()), rethrow);
    for (let round = 0; round < 50; round++) {
      const stops = Array.from({ length: round % 9 }, () => pacer.add(() => undefined, rethrow));
      clock.advance(37);
      for (const stop of stops) stop();
    }
    expect(new Set(times.slice(1).map((time, index) => time - (times[index] as number)))).toEqual(new Set([20]));
    expect(times).toHaveLength(Math.floor((50 * 37) / 20) + 1);
  });

  it('makes up for a short stall', () => {
    const { clock, counts, stall } = stallable();
    stall(150);
    clock.advance(20);
    expect(counts).toEqual({ ticks: 1 + 7 + 1, skipped: 0 });
  });

  it('skips what a long stall missed, and tells how much', () => {
    const { clock, counts, stall } = stallable();
    stall(5_000);
    clock.advance(20);
    expect(counts.ticks).toBeLessThan(5);
    expect(counts.ticks + counts.skipped).toBe(1 + 250 + 1);
  });

  it('stops a stream that throws, and only that', () => {
    const clock = new SteerableClock();
    const pacer = new Pacer(clock);
    const errors: unknown[] = [];
    let ticks = 0;
    pacer.add(
      () => {
        throw new Error('broken source');
      },
      (error) => errors.push(error),
    );
    pacer.add(() => ticks++, rethrow);
    clock.advance(100);
    expect(errors).toEqual([new Error('broken source')]);
    expect(ticks).toBe(5);
  });

  it('sleeps when nobody needs it', () => {
    const base = new SteerableClock();
    let timers = 0;
    const clock: Clock = {
      now: () => base.now(),
      monotonic: () => base.monotonic(),
      setTimeout: (callback, milliseconds) => {
        timers++;
        return base.setTimeout(callback, milliseconds);
      },
    };
    const stop = new Pacer(clock).add(() => undefined, rethrow);
    base.advance(100);
    stop();
    const before = timers;
    base.advance(1_000);
    expect(timers).toBe(before);
  });
});

/** A pacer of one stream on a clock that can jump without its timers, as a stopped process sees it. */
function stallable() {
  const base = new SteerableClock();
  let jumped = 0;
  const clock: Clock = {
    now: () => base.now() + jumped,
    monotonic: () => base.monotonic() + jumped,
    setTimeout: (callback, milliseconds) => base.setTimeout(callback, milliseconds),
  };
  const counts = { ticks: 0, skipped: 0 };
  new Pacer(clock).add((skipped) => {
    counts.ticks++;
    counts.skipped += skipped;
  }, rethrow);
  base.advance(0);
  return { clock: base, counts, stall: (milliseconds: number) => (jumped += milliseconds) };
}
