import { expect, test } from 'vitest';
import { ANY_COPY, DELIBERATE } from './deliberate-messages.ts';
import { shapeOf } from './message-shape.ts';
import { disagreements, firstOpinion, secondOpinion } from './second-opinion.ts';

const HEADERS = [
  'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKa',
  'From: <sip:a@127.0.0.1>;tag=1',
  'To: <sip:b@127.0.0.1>;tag=2',
  'Call-ID: c@127.0.0.1',
  'CSeq: 7 INVITE',
];

/** A response with these headers in place of the usual ones of their names. */
function response(...changed: readonly string[]): string {
  const named = (header: string): string => header.split(':')[0] ?? '';
  const kept = HEADERS.filter((header) => !changed.some((other) => named(other) === named(header)));
  return ['SIP/2.0 400 Bad Request', ...kept, ...changed, 'Content-Length: 0', '', ''].join('\r\n');
}

const WARNING = 'Warning: 399 ringback "it cannot be read"';

test.for(DELIBERATE)('sip.js does not read $example, which is on the list', ({ header, within, example }) => {
  const message = response(example, WARNING);
  expect(example).toMatch(header);
  expect(message).toMatch(within ?? /^/);
  expect(() => secondOpinion(message)).toThrow(/^error parsing header/);
  expect(disagreements([message])).toEqual([]);
});

test('only the header is excused, not the message that it stands in', () => {
  for (const { example } of DELIBERATE) {
    const message = response(example, WARNING, 'Contact: <sip:c@127.0.0.1');
    expect(disagreements([message])).toEqual([expect.stringMatching(/^error parsing header 'Contact'\n/)]);
  }
});

test('a 400 that says what it objects to is excused for what it repeats, and for nothing that we wrote', () => {
  const damaged = 'Via: SIP/2.0/UDP 192.0.2.15;;,;,,';
  expect(disagreements([response(damaged)])).toHaveLength(1);
  expect(disagreements([response(damaged, 'From: <sip:>', 'Call-ID: a b', WARNING)])).toEqual([]);
  const twice = ['From: <sip:a@127.0.0.1>;tag=1', 'From: <sip:b@127.0.0.1>;tag=2'];
  expect(disagreements([response(...twice)])).toEqual([expect.stringMatching(/^fromTag: we read "1", sip.js "2"/)]);
  expect(disagreements([response(...twice, WARNING)])).toEqual([]);
  expect(disagreements([response(damaged, WARNING).replace('Content-Length: 0', 'Content-Length: nought')])).toHaveLength(1);
});

test('a request is never excused for what only responses repeat', () => {
  const request = response('To: "Mr. J. User <sip:j.user@example.com>').replace(
    'SIP/2.0 400 Bad Request',
    'INVITE sip:b@127.0.0.1 SIP/2.0',
  );
  expect(disagreements([request])).toHaveLength(1);
  expect(disagreements([request], [...DELIBERATE, ANY_COPY])).toHaveLength(1);
});

test('an ordinary message is read alike by both', () => {
  const message = response();
  expect(firstOpinion(message)).toEqual(secondOpinion(message));
  expect(firstOpinion(message)).toMatchObject({ start: '400', cseq: '7 INVITE', fromTag: '1', toTag: '2', vias: 1 });
  expect(disagreements([message])).toEqual([]);
});

test('what sip.js does not read is told with its complaint and the message', () => {
  const message = response('Contact: <sip:c@127.0.0.1');
  expect(disagreements([message])).toEqual([expect.stringMatching(/^error parsing header 'Contact'\nSIP\/2\.0 400/)]);
});

test('messages that differ in tags, branches and numbers only are of one shape', () => {
  const [one, other] = [response(), response('From: <sip:a@127.0.0.1>;tag=x9', 'Call-ID: other', 'CSeq: 8 INVITE')];
  expect(shapeOf(one).split('\r\n').toSorted()).toEqual(shapeOf(other).split('\r\n').toSorted());
  expect(shapeOf(one)).not.toBe(shapeOf(response('Supported: timer')));
});
