import { describe, expect, it } from 'vitest';
import type { Delivery } from '../entities.ts';
import { nanoseconds, roundedSeconds } from '../times.ts';
import { Lane, Lanes } from './lane.ts';
import { moved } from './lifecycle.ts';
import { Throttle } from './throttle.ts';

describe('lane', () => {
  it('lets so many in at a time, the others in order', async () => {
    const lane = new Lane();
    const entered: number[] = [];
    expect([lane.enter(2), lane.enter(2)]).toEqual([undefined, undefined]);
    const waiting = [3, 4].map(async (who) => {
      await lane.enter(2);
      entered.push(who);
    });
    lane.leave();
    await waiting[0];
    expect(entered).toEqual([3]);
    lane.leave();
    await waiting[1];
    expect(entered).toEqual([3, 4]);
  });

  it('is forgotten once nobody is in it', async () => {
    const lanes = new Lanes<string>();
    expect([lanes.enter('a', 1), lanes.enter('b', 1)]).toEqual([undefined, undefined]);
    const waiting = lanes.enter('a', 1);
    lanes.leave('a');
    await waiting;
    expect(lanes.size).toBe(2);
    lanes.leave('a');
    lanes.leave('b');
    expect(lanes.size).toBe(0);
  });
});

describe('throttle', () => {
  it('gives places in later minutes, and counts those against them', () => {
    const throttle = new Throttle();
    expect(Array.from({ length: 5 }, () => throttle.slot(2, 1_000))).toEqual([1_000, 1_000, 61_000, 61_000, 121_000]);
    expect([throttle.slot(2, 62_000), throttle.slot(2, 62_000)]).toEqual([121_000, 181_000]);
    expect(throttle.slot(2, 900_000)).toBe(900_000);
  });
});

describe('lifecycle', () => {
  it('refuses to move on what is settled, naming both states', () => {
    const delivery = { id: '01X', state: 'delivered' } as unknown as Delivery;
    expect(() => moved(delivery, 'queued')).toThrow('webhook delivery 01X is delivered and cannot become queued');
  });
});

describe('times', () => {
  it('prints rounded and split seconds', () => {
    const at = Date.parse('2023-09-18T23:38:19.751Z');
    expect(roundedSeconds(at)).toBe('2023-09-18T23:38:20Z');
    expect(nanoseconds(at, 584_998)).toBe('2023-09-18T23:38:19.751584998Z');
    expect(nanoseconds(at, 584_000)).toBe('2023-09-18T23:38:19.751584Z');
    expect(nanoseconds(Date.parse('2023-09-18T23:38:19Z'), 0)).toBe('2023-09-18T23:38:19Z');
    expect(nanoseconds(Date.parse('2023-09-18T23:38:19.007Z'), 40)).toBe('2023-09-18T23:38:19.007000040Z');
    expect(nanoseconds(Date.parse('2025-01-08T10:12:07.672Z'), 717_030)).toBe('2025-01-08T10:12:07.672717030Z');
    expect(nanoseconds(Date.parse('2025-01-08T10:12:07.670Z'), 0)).toBe('2025-01-08T10:12:07.670Z');
  });
});
