import { expect, test } from 'vitest';
import type { JourneyView } from '../emulator/journey-view.ts';
import { anEntry, aView } from '../scenario/test-control.ts';
import { laddersOf } from './ladder.ts';
import { aTrace } from './test-trace.ts';
import { textLadder } from './text-ladder.ts';

test('one ladder a journey, and one of what belongs to none; without the harness’s own reads', () => {
  const ladders = laddersOf(aTrace());
  expect(ladders.map(({ title, rows }) => [title, rows.length])).toEqual([
    ['+14155550100 calls +14155550150 through carrier “clean”', 9],
    ['Outside of any journey', 1],
  ]);
  expect(ladders[0]?.rows.map(({ group, from, to, label, status, bad, minor }) => [group, from, to, label, status, bad, minor])).toEqual([
    ['state', 0, 1, '+14155550100 dials +14155550150', undefined, false, false],
    ['state', 4, 4, 'ticket 1 created', undefined, false, false],
    ['sip', 2, 3, 'INVITE sip:+14155550199@127.0.0.1', undefined, false, false],
    ['note', -1, -1, 'expected the call to be <answered>', undefined, true, false],
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
    anEntry({
      kind: 'http.exchange',
      from: 'bridge',
      at: 107,
      data: { method: 'GET', path: '/api/v2/tickets/1', status: 200, durationMs: 1.5 },
    }),
    anEntry({ kind: 'webhook.attempt', at: 110, data: { event: 'zen:event-type:ticket.created', status: 200, durationMs: 10.4 } }),
    anEntry({ kind: 'note', label: 'done', at: 111 }),
  ];
  const [ladder] = laddersOf({ ...aTrace(), entries, expectations: [] });
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
    '         │       │       │       │       │       │  ✗ expected the call to be <answered>',
    '      4  │       │       │◀──────│       │       │  ✗ 486 Busy Here (INVITE)',
    '      5  │       │       │       │◀──────│       │  ✗ ticket.created → 500',
    '      5  │       │       │       │──────▶│       │  GET /api/v2/users/search?query=a b → 200',
    '      8  │       │       │       │       │       │  drop: ticket.created',
  ]);
});

test('as text it says how the caller stood on the wire, and what came back', () => {
  const [ladder] = laddersOf(aTrace());
  if (!ladder?.journey) throw new Error('no ladder');
  const onTrunk = {
    callId: 'c',
    from: '<sip:4155550100@trunk>',
    pAssertedIdentity: null,
    privacy: null,
    diversion: null,
    originationUri: 'sip:h:1',
    state: 'answered',
    status: 200,
  };
  const onSipIn = { callId: 'd', from: '<sip:+14155550100@bridge>', number: '+14155550100', ticketHeader: null, headers: {}, status: 200 };
  const of = (presentation: Partial<JourneyView['presentation']>): string[] => {
    const journey = { ...aView(), presentation: { dialled: null, onTrunk: null, onSipIn: null, ...presentation } };
    return textLadder({ ...ladder, journey, rows: [] })
      .split('\n')
      .slice(1, -1);
  };
  expect(of({ onTrunk, onSipIn })).toEqual([
    'From at the bridge   <sip:4155550100@trunk>',
    'From of the transfer <sip:+14155550100@bridge>',
    'ticket header        absent',
  ]);
  expect(of({ onTrunk: { ...onTrunk, pAssertedIdentity: '<sip:a@b>' } })).toEqual([
    'From at the bridge   <sip:4155550100@trunk>',
    'asserted             <sip:a@b>',
  ]);
  expect(of({})).toEqual([]);
});

test('what went wrong is told at length, all else in one line', () => {
  const label = 'the SDP cannot be used: '.padEnd(120, 'x');
  const entries = [anEntry({ kind: 'sip.problem', label }), anEntry({ kind: 'note', label })];
  const [ladder] = laddersOf({ ...aTrace(), entries, expectations: [] });
  if (!ladder) throw new Error('no ladder');
  expect(
    textLadder(ladder)
      .split('\n')
      .slice(2)
      .map((line) => line.trimEnd().slice(52)),
  ).toEqual([`✗ ${label}`, `${label.slice(0, 71)}…`]);
});

test('in a narrow terminal labels go on below themselves, and the lanes with them', () => {
  const [ladder] = laddersOf(aTrace());
  if (!ladder) throw new Error('no ladder');
  const text = textLadder(ladder, { columns: 76, paint: (style, part) => `<${style}>${part}` }).split('\n');
  expect(text.slice(1, 11)).toEqual([
    '<dim>     ms  caller  talk    trunk   bridge  zendesk agent',
    '      0  │──────▶│       │       │       │       │  +14155550100 dials',
    '         │       │       │       │       │       │  +14155550150',
    '      1  │       │       │       │       ●       │  ticket 1 created',
    '      2  │       │       │──────▶│       │       │  INVITE',
    '         │       │       │       │       │       │  sip:+14155550199@127.0.0',
    '         │       │       │       │       │       │  .1',
    '         │       │       │       │       │       │  <red>✗ expected the call to',
    '         │       │       │       │       │       │  <red>be <answered>',
    '      4  │       │       │◀──────│       │       │  <red>✗ 486 Busy Here (INVITE)',
  ]);
});

test('what came over the wire cannot steer the terminal', () => {
  const evil = 'INVITE sip:\u001b[2J\u0007@h\tand\u009b1m';
  const [ladder] = laddersOf({ ...aTrace(), entries: [anEntry({ kind: 'sip.message', label: evil })], expectations: [] });
  if (!ladder) throw new Error('no ladder');
  const text = textLadder({ ...ladder, title: 'a\u001b]0;b' }).split('\n');
  expect([text[0], text[2]?.slice(-34)]).toEqual(['a\\x1b]0;b', 'INVITE sip:\\x1b[2J\\x07@h and\\x9b1m']);
});

test('a missed expectation stands in the ladder of its journey, in all when it is about no one, and met ones in none', () => {
  const trace = aTrace();
  const [one] = trace.journeys;
  if (!one) throw new Error('no journey');
  const journeys = [one, { ...one, id: 'another' }];
  const seq = trace.entries[0]?.seq ?? 0;
  const expectations = [
    { text: 'the first to ring', outcome: 'missed' as const, seen: [], seq, journey: one.id },
    { text: 'two tickets', outcome: 'missed' as const, seen: [], seq },
    { text: 'nothing', outcome: 'met' as const, seen: [], seq },
  ];
  const expected = laddersOf({ ...trace, journeys, expectations }).map(({ rows }) =>
    rows.flatMap(({ label }) => label.match(/^expected .*/) ?? []),
  );
  expect(expected).toEqual([['expected the first to ring', 'expected two tickets'], ['expected two tickets'], []]);
  const rest = laddersOf({ ...trace, journeys: [], expectations }).at(-1);
  expect(rest?.rows.filter(({ entry }) => entry.kind === 'expectation.missed')).toHaveLength(2);
});
