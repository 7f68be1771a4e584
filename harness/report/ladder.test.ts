import { expect, test } from 'vitest';
import { anEntry } from '../scenario/test-control.ts';
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

test('an exchange stands where it began: the webhook before what the bridge did because of it', () => {
  const entries = [
    anEntry({ kind: 'ticket.created', label: 'ticket 1 created', at: 100 }),
    anEntry({ kind: 'http.exchange', at: 107, data: { method: 'GET', path: '/api/v2/tickets/1', status: 200, durationMs: 1.5 } }),
    anEntry({ kind: 'webhook.attempt', at: 110, data: { event: 'zen:event-type:ticket.created', status: 200, durationMs: 10.4 } }),
    anEntry({ kind: 'note', label: 'done', at: 111 }),
  ];
  const [ladder] = laddersOf({ ...aTrace(), entries });
  expect(ladder?.rows.map(({ ms, label }) => [ms, label])).toEqual([
    [0, 'ticket 1 created'],
    [0, 'ticket.created'],
    [6, 'GET /api/v2/tickets/1'],
    [11, 'done'],
  ]);
});

test('as text: time, columns with an arrow, label', () => {
  const [ladder] = laddersOf(aTrace());
  if (!ladder) throw new Error('no ladder');
  expect(textLadder(ladder).split('\n')).toEqual([
    '+14155550100 calls +14155550150 through carrier “clean”',
    '     ms  caller  talk    trunk   bridge  zendesk agent',
    '      0  │──────▶│       │       │       │       │  +14155550100 dials +14155550150',
    '      1  │       │       │       │       ●       │  ticket 1 created',
    '      2  │       │       │──────▶│       │       │  INVITE sip:+14155550199@127.0.0.1',
    '      4  │       │       │◀──────│       │       │  ✗ 486 Busy Here (INVITE)',
    '      5  │       │       │       │◀──────│       │  ✗ ticket.created → 500',
    '      5  │       │       │       │──────▶│       │  GET /api/v2/users/search?query=a b → 200',
    '      8  │       │       │       │       │       │  drop: ticket.created',
  ]);
});

test('in a narrow terminal labels go on below themselves, and the lanes with them', () => {
  const [ladder] = laddersOf(aTrace());
  if (!ladder) throw new Error('no ladder');
  const text = textLadder(ladder, { columns: 76, paint: (style, part) => `<${style}>${part}` }).split('\n');
  expect(text.slice(1, 9)).toEqual([
    '<dim>     ms  caller  talk    trunk   bridge  zendesk agent',
    '      0  │──────▶│       │       │       │       │  +14155550100 dials',
    '         │       │       │       │       │       │  +14155550150',
    '      1  │       │       │       │       ●       │  ticket 1 created',
    '      2  │       │       │──────▶│       │       │  INVITE',
    '         │       │       │       │       │       │  sip:+14155550199@127.0.0',
    '         │       │       │       │       │       │  .1',
    '      4  │       │       │◀──────│       │       │  <red>✗ 486 Busy Here (INVITE)',
  ]);
});
