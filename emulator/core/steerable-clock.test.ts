import { describe, expect, test } from 'vitest';
import { realClock } from './clock.ts';
import { SteerableClock } from './steerable-clock.ts';

describe('a clock that stands still', () => {
  test('fires due timers in order, each at its own time', () => {
    const clock = new SteerableClock({ startAt: 1000 });
    const fired: [string, number][] = [];
    clock.setTimeout(() => fired.push(['late', clock.now()]), 50);
    clock.setTimeout(() => fired.push(['early', clock.now()]), 10);
    clock.advance(49);
    expect(fired).toEqual([['early', 1010]]);
    clock.advance(1);
    expect(fired).toEqual([
      ['early', 1010],
      ['late', 1050],
    ]);
  });

  test('tells when the next timer falls due', () => {
    const clock = new SteerableClock({ startAt: 1000 });
    expect(clock.nextIn).toBe(undefined);
    clock.setTimeout(() => undefined, 50);
    const sooner = clock.setTimeout(() => undefined, 20);
    clock.advance(5);
    expect(clock.nextIn).toBe(15);
    sooner.clear();
    expect(clock.nextIn).toBe(45);
  });

  test('timers set by a timer run in the same advance when they fall due in it', () => {
    const clock = new SteerableClock({ startAt: 0 });
    const at: number[] = [];
    const tick = (): void => {
      at.push(clock.now());
      if (at.length < 5) clock.setTimeout(tick, 10);
    };
    clock.setTimeout(tick, 10);
    clock.advance(35);
    expect(at).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(35);
  });

  test('a timer that throws takes no later one with it', () => {
    const base = new SteerableClock({ startAt: 0 });
    const clock = new SteerableClock({ base });
    const fired: string[] = [];
    clock.setTimeout(() => {
      throw new Error('bad timer');
    }, 10);
    clock.setTimeout(() => fired.push('next'), 20);
    expect(() => base.advance(10)).toThrow('bad timer');
    base.advance(10);
    expect(fired).toEqual(['next']);
  });

  test('a timer of no number is due now, can be cleared, and holds up no other', () => {
    const clock = new SteerableClock({ startAt: 0 });
    const fired: string[] = [];
    const cleared = clock.setTimeout(() => fired.push('cleared'), Number.NaN);
    clock.setTimeout(() => fired.push('odd'), Number.NaN);
    clock.setTimeout(() => fired.push('later'), 20);
    cleared.clear();
    clock.advance(0);
    expect(fired).toEqual(['odd']);
    clock.advance(20);
    expect(fired).toEqual(['odd', 'later']);
  });

  test('a cleared timer does not fire', () => {
    const clock = new SteerableClock();
    let fired = false;
    clock.setTimeout(() => (fired = true), 5).clear();
    clock.advance(10);
    expect(fired).toBe(false);
  });

  test('refuses to go back', () => {
    expect(() => new SteerableClock().advance(-1)).toThrow('only moves forward');
  });
});

describe('a business clock over the real one', () => {
  test('runs by itself and fires without being advanced', async () => {
    const clock = new SteerableClock({ base: realClock });
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, 5);
    });
    const before = Date.now();
    const now = clock.now();
    expect([now >= before, now <= Date.now()]).toEqual([true, true]);
  });

  test('an hour passes at once, and timers after it come an hour earlier', () => {
    const clock = new SteerableClock({ base: realClock });
    let fired = false;
    clock.setTimeout(() => (fired = true), 3_600_000);
    clock.advance(3_600_000);
    expect(fired).toBe(true);
    expect(clock.ahead).toBe(3_600_000);
    clock.reset();
    expect(clock.ahead).toBe(0);
  });
});
