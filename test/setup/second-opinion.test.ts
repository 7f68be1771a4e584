import { expect, test } from 'vitest';
import { DELIBERATE } from './deliberate-messages.ts';
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

test.for(DELIBERATE)('sip.js does not read $example, which is on the list', ({ pattern, example }) => {
  const message = response(example);
  expect(message).toMatch(pattern);
  expect(() => secondOpinion(message)).toThrow(/^error parsing header/);
  expect(disagreements([message])).toEqual([]);
});

test('an ordinary message is read alike by both and matches nothing on the list', () => {
  const message = response();
  for (const { pattern } of DELIBERATE) expect(message).not.toMatch(pattern);
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
