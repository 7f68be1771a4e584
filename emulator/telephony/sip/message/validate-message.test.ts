import { describe, expect, it } from 'vitest';
import { parseMessage } from './parse-message.ts';
import { validateMessage } from './validate-message.ts';

const GOOD = [
  'INVITE sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bKx',
  'From: <sip:a@b>;tag=1',
  'To: <sip:bob@example.com>',
  'Call-ID: c',
  'CSeq: 1 INVITE',
  'Max-Forwards: 70',
  'Content-Length: 0',
];

/** Problems of the good message with rows replaced (by the name before the colon) or added. */
function judge(...changes: string[]) {
  const lines = [...GOOD];
  for (const change of changes) {
    const name = change.split(/[ :]/)[0] as string;
    const index = lines.findIndex((line) => line.startsWith(name));
    if (index < 0) lines.push(change);
    else if (change.endsWith(':-')) lines.splice(index, 1);
    else lines[index] = change;
  }
  return validateMessage(parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)));
}

describe('validateMessage', () => {
  it('has nothing against a good message', () => {
    expect(judge()).toEqual([]);
  });

  it.each([
    'From: <tel:+14155550100>',
    'From: Smith, John <sip:a@b>;tag=1',
    'From: "anonymous" <anonymous@anonymous.invalid>;tag=1',
    'From: "J \\"Bob\\" S" <sip:a@b>;tag=1',
    'From: Jörg <sip:a@b>',
    'To: sip:a@b',
    'INVITE tel:+14155550199 SIP/2.0',
    'INVITE urn:service:sos SIP/2.0',
    'Max-Forwards:-',
    'Content-Length:-',
    'Max-Forwards: 0068',
    'Date: whenever',
    'CSeq: 4294967295 INVITE',
  ])('tolerates %s', (change) => {
    expect(judge(change)).toEqual([]);
  });

  it.each([
    ['INVITE sip:bob@example.com SIP/7.0', 505],
    ['INVITE sip:bob@example.com; lr SIP/2.0', 400],
    ['INVITE <sip:bob@example.com> SIP/2.0', 400],
    ['INVITE bob SIP/2.0', 400],
    ['INVITE sip: SIP/2.0', 400],
    ['Via:-', 400],
    ['Via: SIP/2.0/UDP h;;,;,,', 400],
    ['Via: SIP/2.0/UDP', 400],
    ['Via: SIP/2.0/UDP h:99999', 400],
    ['From:-', 400],
    ['To:-', 400],
    ['Call-ID:-', 400],
    ['CSeq:-', 400],
    ['To: "open <sip:a@b>', 400],
    ['To: <>;tag=1', 400],
    ['CSeq: 36893488147419103232 INVITE', 400],
    ['CSeq: one INVITE', 400],
    ['CSeq: 1 OPTIONS', 400],
    ['Max-Forwards: 256', 400],
    ['Max-Forwards: -1', 400],
    ['Content-Length: 5', 400],
    ['Content-Length: -1', 400],
    ['nonsense', 400],
  ])('names what is wrong with %s', (change, status) => {
    const problems = judge(change);
    expect(problems.map((problem) => problem.status)).toContain(status);
    expect(problems[0]?.problem).not.toBe('');
  });

  it('gives 501 for a method that nobody knows when CSeq differs', () => {
    const lines = ['NEWMETHOD sip:a@b SIP/2.0', ...GOOD.slice(1)];
    expect(validateMessage(parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)))).toMatchObject([{ status: 501 }]);
  });

  it.each(['From: <sip:other@b>;tag=2', 'To: <sip:c@d>', 'Call-ID: d', 'CSeq: 2 INVITE', 'Content-Length: 9'])(
    'finds a second %s',
    (extra) => {
      const text = `${[...GOOD, extra].join('\r\n')}\r\n\r\n`;
      expect(validateMessage(parseMessage(Buffer.from(text)))[0]?.status).toBe(400);
    },
  );
});
