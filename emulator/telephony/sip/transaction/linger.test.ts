import { expect, it } from 'vitest';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { Linger } from './linger.ts';

it('lets each thing go when its own time is over, with one timer', () => {
  const clock = new SteerableClock({ startAt: 0 });
  const gone: string[] = [];
  const linger = new Linger<string>(clock, 100, (item) => gone.push(`${clock.now()} ${item}`));
  linger.add('a');
  clock.advance(40);
  linger.add('b');
  clock.advance(30);
  linger.add('c');
  clock.advance(200);
  expect(gone).toEqual(['100 a', '140 b', '170 c']);
  linger.add('d');
  linger.clear();
  clock.advance(200);
  expect(gone).toHaveLength(3);
});

it('keeps nothing of ten thousand that are gone', () => {
  const clock = new SteerableClock({ startAt: 0 });
  let gone = 0;
  const linger = new Linger<number>(clock, 10, () => gone++);
  for (let index = 0; index < 10_000; index++) {
    linger.add(index);
    if (index % 10 === 0) clock.advance(1);
  }
  clock.advance(20);
  expect(gone).toBe(10_000);
});
