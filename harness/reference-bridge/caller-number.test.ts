import { describe, expect, test } from 'vitest';
import { parseMessage, type SipRequest } from 'ringback/sip';
import { callerOf, dialledNumber, toE164 } from './caller-number.ts';

const DID = 'sip:+14155550199@bridge.test';

/** The INVITE of a trunk with these identity headers. */
function invite(headers: readonly string[], uri = DID): SipRequest {
  const lines = [
    `INVITE ${uri} SIP/2.0`,
    'Via: SIP/2.0/UDP 203.0.113.7;branch=z9hG4bK1',
    'To: <sip:+14155550199@bridge.test>',
    'Call-ID: 1@h',
    'CSeq: 1 INVITE',
    ...headers,
  ];
  return parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)) as SipRequest;
}

const who = (...headers: string[]): string | undefined => callerOf(invite(headers), 'US');
const ANONYMOUS = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=x';
const ASSERTED = 'P-Asserted-Identity: <sip:+14155550100@203.0.113.7>';

describe('who calls, as carriers write it', () => {
  test.each([
    ['<sip:+14155550100@h>', '+14155550100'],
    ['<sip:14155550100@h>', '+14155550100'],
    ['<sip:4155550100@h>', '+14155550100'],
    ['"Smith, John" <sip:+442079460018@h;user=phone>', '+442079460018'],
    ['<tel:+14155550100>', '+14155550100'],
    ['<sip:+14155550100;npdi;rn=+14155559999@h>', '+14155550100'],
    ['<sip:%2B14155550100@h>', '+14155550100'],
    ['<sip:+1-415-555-0100@h>', '+14155550100'],
    ['<sip:442079460018@h>', '+442079460018'],
  ])('%s is %s', (from, number) => {
    expect(who(`From: ${from};tag=x`)).toBe(number);
  });

  test.each(['<sip:02079460018@h>', '<sip:bob.jones@example.com>', '<sip:trunk4711@h>', '<sip:911@h>', '<sip:+1415555010@h>'])(
    '%s is nobody',
    (from) => {
      expect(who(`From: ${from};tag=x`)).toBeUndefined();
    },
  );

  test('the asserted identity, where From is a carrier’s account or the bridge’s own number', () => {
    expect(who('From: <sip:7654321e0@h>;tag=x', ASSERTED)).toBe('+14155550100');
    expect(who('From: <sip:+14155550199@h>;tag=x', ASSERTED)).toBe('+14155550100');
    expect(who('From: <sip:+14155550199@h>;tag=x')).toBeUndefined();
  });
});

describe('withheld callers are nobody', () => {
  test('with Privacy, whatever From and the network say', () => {
    expect(who(ANONYMOUS, ASSERTED, 'Privacy: id')).toBeUndefined();
    expect(who('From: <sip:+14155550100@h>;tag=x', ASSERTED, 'Privacy: user; ID')).toBeUndefined();
    expect(who('From: <sip:+14155550100@h>;tag=x', ASSERTED, 'Privacy: none')).toBe('+14155550100');
  });

  test.each(['anonymous', 'Restricted', 'UNKNOWN', 'unavailable', '', '+266696687', '266696687'])(
    'a From user "%s" is not made up for by the asserted identity',
    (user) => {
      expect(who(`From: <sip:${user}@h>;tag=x`, ASSERTED)).toBeUndefined();
    },
  );

  test('a From that is no URI at all', () => {
    expect(who('From: "anonymous" <anonymous@anonymous.invalid>;tag=x', ASSERTED)).toBeUndefined();
  });
});

test('the number dialled is that of the Request-URI, else of To', () => {
  expect(dialledNumber(invite([ANONYMOUS]), 'US')).toBe('+14155550199');
  expect(dialledNumber(invite([ANONYMOUS], 'sip:bridge.test'), 'US')).toBe('+14155550199');
});

test('national numbers are those of the home country', () => {
  expect(toE164('02079460018', 'GB')).toBe('+442079460018');
  expect(toE164('02079460018', 'US')).toBeUndefined();
});
