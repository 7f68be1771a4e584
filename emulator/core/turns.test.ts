import { expect, it } from 'vitest';
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
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await giveWay();
  await giveWay();
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
