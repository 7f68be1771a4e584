import { expect, it, vi } from 'vitest';
import { giveWay } from './clock.ts';
import { Turns } from './turns.ts';

const unexpected = (error: unknown): void => {
  throw error;
};

it('does a few pieces in each turn, in the order of their coming, and whatever else waits in between', async () => {
  const turns = new Turns(unexpected);
  const done: number[] = [];
  for (let piece = 0; piece < 20; piece += 1) turns.add(() => done.push(piece));
  expect(done).toEqual([]);
  await giveWay();
  expect(done).toEqual([0, 1, 2, 3]);
  for (let turn = 0; turn < 4; turn += 1) await giveWay();
  expect(done).toEqual(Array.from({ length: 20 }, (_, piece) => piece));
});

it('does what a piece adds behind what waits already', async () => {
  const turns = new Turns(unexpected);
  const done: string[] = [];
  turns.add(() => {
    done.push('first');
    turns.add(() => done.push('its own'));
  });
  turns.add(() => done.push('second'));
  await giveWay();
  expect(done).toEqual(['first', 'second']);
  await giveWay();
  expect(done).toEqual(['first', 'second', 'its own']);
});

it('does what is too many as well, so that no flood makes ever more of it wait', async () => {
  const turns = new Turns(unexpected);
  const eachTurn = 32;
  let waiting = 0;
  for (let turn = 0; turn < 1_000; turn += 1) {
    for (let piece = 0; piece < eachTurn; piece += 1) turns.add(() => (waiting -= 1));
    waiting += eachTurn;
    await giveWay();
  }
  expect(waiting).toBeGreaterThan(19_000);
  expect(waiting).toBeLessThanOrEqual(20_000 + eachTurn);
});

it('reports what a piece throws, and does the others', async () => {
  const thrown: unknown[] = [];
  const turns = new Turns((error) => thrown.push(error));
  const done: string[] = [];
  turns.add(() => {
    throw new Error('broken');
  });
  turns.add(() => done.push('second'));
  await giveWay();
  expect(thrown).toEqual([new Error('broken')]);
  expect(done).toEqual(['second']);
});

it('does the others also when what a piece throws cannot be reported', () => {
  vi.useFakeTimers({ toFake: ['setImmediate'] });
  try {
    const turns = new Turns(unexpected);
    const done: string[] = [];
    turns.add(() => {
      throw new Error('broken');
    });
    turns.add(() => done.push('second'));
    expect(() => vi.runAllTimers()).toThrow('broken');
    vi.runAllTimers();
    expect(done).toEqual(['second']);
  } finally {
    vi.useRealTimers();
  }
});
