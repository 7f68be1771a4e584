import { expect, it } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { createGuard } from './guard.ts';
import { StackClock } from './stack-clock.ts';

function setUp() {
  const base = new SteerableClock({ startAt: 0 });
  /** Timers of the clock beneath that are set now. */
  let beneath = 0;
  const counting: Clock = {
    now: () => base.now(),
    monotonic: () => base.monotonic(),
    setTimeout(callback, milliseconds) {
      beneath++;
      const timer = base.setTimeout(() => {
        beneath--;
        callback();
      }, milliseconds);
      return {
        clear() {
          beneath--;
          timer.clear();
        },
      };
    },
  };
  const problems: string[] = [];
  const clock = new StackClock(
    counting,
    createGuard((problem) => problems.push(problem)),
  );
  const fired: string[] = [];
  const set = (name: string, milliseconds: number) => clock.setTimeout(() => fired.push(`${base.now()} ${name}`), milliseconds);
  return { base, clock, fired, problems, set, beneath: () => beneath };
}

it('fires each timer at its time, with one timer of the clock beneath for all of a length', () => {
  const { base, fired, set, beneath } = setUp();
  set('a', 100);
  base.advance(30);
  set('b', 100);
  set('c', 50);
  set('d', 100);
  expect(beneath()).toBe(2);
  base.advance(200);
  expect(fired).toEqual(['80 c', '100 a', '130 b', '130 d']);
  expect(beneath()).toBe(0);
});

it('fires nothing that was cleared, at whatever place, and what comes after it at its time', () => {
  const { base, fired, set, beneath } = setUp();
  const timers = ['a', 'b', 'c', 'd', 'e'].map((name) => set(name, 100));
  for (const index of [0, 2, 4, 2]) timers[index]?.clear();
  base.advance(100);
  expect(fired).toEqual(['100 b', '100 d']);
  timers[1]?.clear();
  const last = set('f', 100);
  base.advance(60);
  last.clear();
  last.clear();
  set('g', 100);
  expect(beneath()).toBe(1);
  base.advance(100);
  expect(fired).toEqual(['100 b', '100 d', '260 g']);
  expect(beneath()).toBe(0);
});

it('leaves no timer behind when it stops', () => {
  const { base, clock, fired, set, beneath } = setUp();
  set('a', 100);
  set('b', 50).clear();
  clock.stop();
  expect(beneath()).toBe(0);
  base.advance(200);
  expect(fired).toEqual([]);
});

it('lets a timer set and clear others of its length, and outlives one that throws', () => {
  const { base, clock, fired, problems, set, beneath } = setUp();
  clock.setTimeout(() => {
    doomed.clear();
    set('later', 100);
    throw new Error('broken');
  }, 100);
  const doomed = set('doomed', 100);
  set('same', 100);
  base.advance(100);
  expect(fired).toEqual(['100 same']);
  expect(problems).toEqual([expect.stringContaining('broken')]);
  base.advance(100);
  expect(fired).toEqual(['100 same', '200 later']);
  expect(beneath()).toBe(0);
});

it('waits for what is left when the clock beneath is early', () => {
  const base = new SteerableClock({ startAt: 0 });
  const early: Clock = { now: () => 0, monotonic: () => base.now(), setTimeout: (run, length) => base.setTimeout(run, length - 0.4) };
  const fired: number[] = [];
  new StackClock(early, (run) => run()).setTimeout(() => fired.push(base.now()), 10);
  base.advance(9.9);
  expect(fired).toEqual([]);
  base.advance(0.7);
  expect(fired).toHaveLength(1);
});

it('keeps the other timers of a length when what one threw cannot even be reported', () => {
  const base = new SteerableClock({ startAt: 0 });
  const guard = createGuard(() => {
    throw new Error('nobody to tell');
  });
  const clock = new StackClock(base, guard);
  const fired: number[] = [];
  clock.setTimeout(() => {
    throw new Error('a bug');
  }, 10);
  base.advance(5);
  clock.setTimeout(() => fired.push(base.now()), 10);
  expect(() => base.advance(5)).toThrow('nobody to tell');
  base.advance(10);
  expect(fired).toEqual([15]);
});
