import { expect, test } from 'vitest';
import { isSigned } from './signature.ts';

const SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';
const TIMESTAMP = '2021-03-25T05:09:27Z';
const BODY = Buffer.from('{"event":"ticket.updated","id":123}');
const SIGNATURE = 'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=';

test("Zendesk's published vector verifies; any other byte, time or secret does not", () => {
  expect(isSigned(SECRET, TIMESTAMP, BODY, SIGNATURE)).toBe(true);
  expect(isSigned(SECRET, TIMESTAMP, Buffer.concat([BODY, Buffer.from('\n')]), SIGNATURE)).toBe(false);
  expect(isSigned(SECRET, '2021-03-25T05:09:28Z', BODY, SIGNATURE)).toBe(false);
  expect(isSigned(`${SECRET}x`, TIMESTAMP, BODY, SIGNATURE)).toBe(false);
});

test('a missing or malformed header is no signature', () => {
  expect(isSigned(SECRET, undefined, BODY, SIGNATURE)).toBe(false);
  expect(isSigned(SECRET, TIMESTAMP, BODY, undefined)).toBe(false);
  expect(isSigned(SECRET, TIMESTAMP, BODY, '')).toBe(false);
  expect(isSigned(SECRET, TIMESTAMP, BODY, 'no base64 !')).toBe(false);
});
