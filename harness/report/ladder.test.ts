import { expect, test } from 'vitest';
import { laddersOf } from './ladder.ts';
import { aTrace } from './test-trace.ts';
import { textLadder } from './text-ladder.ts';

test('one ladder a journey, and one of what belongs to none; without the harness’s own reads', () => {
  const ladders = laddersOf(aTrace());
  expect(ladders.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['+14155550100 calls +14155550150 through carrier “clean”', 8],
    ['Outside of any journey', 1],
  ]);
  expect(ladders[0]?.rows.map(({ group, from, to, label, status, bad, minor }) => [group, from, to, label, status, bad, minor])).toEqual([
    ['state', 0, 1, '+14155550100 dials +14155550150', undefined, false, false],
    ['state', 4, 4, 'ticket 1 created', undefined, false, false],
    ['sip', 2, 3, 'INVITE sip:+14155550199@127.0.0.1', undefined, false, false],
    ['sip', 3, 2, '100 Trying (INVITE)', undefined, false, true],
    ['sip', 3, 2, '486 Busy Here (INVITE)', undefined, true, false],
    ['webhook', 4, 3, 'ticket.created', '500', true, false],
    ['http', 3, 4, 'GET /api/v2/users/search?query=a b', '200', false, false],
    ['fault', -1, -1, 'drop: ticket.created', undefined, false, false],
  ]);
});

test('as text: time, columns with an arrow, label', () => {
  const [ladder] = laddersOf(aTrace());
  if (!ladder) throw new Error('no ladder');
  expect(textLadder(ladder).split('\n')).toEqual([
    '+14155550100 calls +14155550150 through carrier “clean”',
    '     ms  caller  talk    trunk   bridge  zendesk agent   ',
    '      0  │──────▶│       │       │       │       │  +14155550100 dials +14155550150',
    '      1  │       │       │       │       ●       │  ticket 1 created',
    '      2  │       │       │──────▶│       │       │  INVITE sip:+14155550199@127.0.0.1',
    '      4  │       │       │◀──────│       │       │  ✗ 486 Busy Here (INVITE)',
    '      5  │       │       │       │◀──────│       │  ✗ ticket.created → 500',
    '      6  │       │       │       │──────▶│       │  GET /api/v2/users/search?query=a b → 200',
    '      8  │       │       │       │       │       │  drop: ticket.created',
  ]);
});
