import { expect, test } from 'vitest';
import { createCore } from '../../core/core.ts';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { hasLiveLegs, legsOf, openLeg } from './legs.ts';

const clock = new SteerableClock({ startAt: 1000 });
const core = createCore({ seed: 1, clock });

test('a leg is kept in the facts of its journey and journaled step by step', () => {
  const journey = core.journeys.open('acme', 'dialled');
  const leg = openLeg(core, journey.id, { kind: 'trunk', party: 'sip:127.0.0.1:5070', callId: 'a@b' });
  leg.ring();
  leg.ring();
  clock.advance(500);
  leg.answer();
  expect(hasLiveLegs(journey.facts)).toBe(true);
  clock.advance(500);
  expect(leg.end('bridge', 'normal')).toBe(true);
  expect(leg.end('caller', 'busy')).toBe(false);
  expect(hasLiveLegs(journey.facts)).toBe(false);
  expect(legsOf(journey.facts)).toEqual([
    {
      id: leg.record.id,
      kind: 'trunk',
      party: 'sip:127.0.0.1:5070',
      state: 'ended',
      startedAt: 1000,
      answeredAt: 1500,
      endedAt: 2000,
      endedBy: 'bridge',
      cause: 'normal',
      callId: 'a@b',
    },
  ]);
  const entries = core.journal.read({ journey: journey.id });
  expect(entries.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['leg.opened', 'trunk', 'bridge'],
    ['leg.ringing', 'bridge', 'trunk'],
    ['leg.answered', 'bridge', 'trunk'],
    ['leg.ended', 'bridge', 'trunk'],
  ]);
  expect(entries.at(-1)).toMatchObject({ account: 'acme', label: 'trunk leg ended: sip:127.0.0.1:5070 (normal, by bridge)' });
});

test('a leg that is over cannot be answered', () => {
  const leg = openLeg(core, core.journeys.open('acme', 'dialled').id, { kind: 'agent', party: 'Grace' });
  leg.end('agent', 'rejected');
  expect(() => leg.answer()).toThrow(`agent leg ${leg.record.id} is ended and cannot become answered`);
});
