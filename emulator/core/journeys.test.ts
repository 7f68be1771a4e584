import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Core, createCore } from './core.ts';

let core: Core;
beforeEach(() => {
  core = createCore({ seed: 1 });
});
afterEach(() => core.close());

const open = (account = 'acme'): ReturnType<Core['journeys']['open']> => core.journeys.open(account, 'dialled');

test('a key finds the newest journey that it is linked to in its account, live ones first', () => {
  const { journeys } = core;
  const [first, second, other] = [open(), open(), open('globex')];
  for (const journey of [first, second, other, first]) journeys.link(journey.id, 'number:+14155550100');
  expect(journeys.linked('acme', 'number:+14155550100')).toEqual([first.id, second.id]);
  expect(journeys.find('acme', 'number:+14155550100')).toBe(second.id);
  journeys.finish(second.id);
  expect(journeys.find('acme', 'number:+14155550100')).toBe(first.id);
  journeys.finish(first.id);
  expect(journeys.find('acme', 'number:+14155550100')).toBe(second.id);
  expect([journeys.find('globex', 'number:+14155550100'), journeys.find('acme', 'ticket:1')]).toEqual([other.id, undefined]);
});

test('of finished journeys the latest stay, and nothing of those that are forgotten', () => {
  const { journeys } = core;
  const [old, live] = [open(), open()];
  for (const { id } of [old, live]) journeys.link(id, 'ticket:1');
  journeys.finish(old.id);
  for (let finished = 0; finished < 500; finished++) journeys.finish(open().id);
  expect([journeys.get(old.id), journeys.linked('acme', 'ticket:1')]).toEqual([undefined, [live.id]]);
  expect([journeys.all('acme').length, journeys.live('acme')]).toEqual([501, [live]]);
  journeys.clear('acme');
  expect([journeys.all('acme'), journeys.linked('acme', 'ticket:1')]).toEqual([[], []]);
});
