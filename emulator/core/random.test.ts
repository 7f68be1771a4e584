import { expect, test } from 'vitest';
import { realClock } from './clock.ts';
import { createIds } from './ids.ts';
import { anySeed, Random } from './random.ts';

test('the same seed gives the same world, another seed another', () => {
  const draw = (seed: number): unknown[] => {
    const random = new Random(seed);
    return [random.next(), random.int(1, 6), random.hex(32), random.uuid(), random.shuffle([1, 2, 3, 4, 5]), [...random.bytes(4)]];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('a fork is a sequence of its own: drawing from it does not move its parent', () => {
  const [a, b] = [new Random(1), new Random(1)];
  a.fork('sip').hex(100);
  expect(a.hex(16)).toBe(b.hex(16));
  expect(new Random(1).fork('sip').hex(16)).not.toBe(new Random(1).fork('media').hex(16));
});

test('a later life of the same world draws other numbers, and the same ones each time', () => {
  const [first, second] = [new Random(7), new Random(7, 2)];
  expect(second.seed).toBe(first.seed);
  expect(second.fork('ids').hex(16)).not.toBe(first.fork('ids').hex(16));
  expect(new Random(7, 2).fork('ids').hex(16)).toBe(new Random(7, 2).fork('ids').hex(16));
  expect(new Random(7, 1).fork('ids').hex(16)).toBe(first.fork('ids').hex(16));
});

test('numbers stay in their range and pick refuses an empty list', () => {
  const random = new Random(anySeed());
  for (let count = 0; count < 1000; count++) {
    expect(random.next()).toBeGreaterThanOrEqual(0);
    expect(random.next()).toBeLessThan(1);
    expect([1, 2, 3]).toContain(random.int(1, 3));
  }
  expect(() => random.pick([])).toThrow('empty list');
});

test('ids have the shapes of the field', () => {
  const ids = createIds(new Random(3), realClock);
  expect(ids.ulid()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.sid('CA')).toMatch(/^CA[0-9a-f]{32}$/);
  expect(new Set(Array.from({ length: 1000 }, () => ids.journey())).size).toBe(1000);
});
