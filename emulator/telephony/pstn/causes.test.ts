import { expect, test } from 'vitest';
import { causeOfQ850, causeOfReason, CAUSES, reasonHeader } from './causes.ts';

test('each cause has a Q.850 value of its own', () => {
  const values = Object.values(CAUSES).map((cause) => cause.q850);
  expect(new Set(values).size).toBe(values.length);
  expect(causeOfQ850(17)).toBe('busy');
  expect(causeOfQ850(99)).toBe('unspecified');
});

test('the Reason header is written as Twilio writes it, and read back', () => {
  expect(reasonHeader('normal')).toBe('Q.850;cause=16;text="Normal call clearing"');
  for (const cause of Object.keys(CAUSES) as (keyof typeof CAUSES)[]) expect(causeOfReason(reasonHeader(cause))).toBe(cause);
});

test.each([
  ['SIP;cause=200;text="x", Q.850 ;text="a;b" ; cause=17', 'busy'],
  ['q.850;CAUSE=19', 'no-answer'],
  ['SIP;cause=486', undefined],
  ['Q.850;cause=x', undefined],
  [undefined, undefined],
])('reads %s as %s', (value, cause) => {
  expect(causeOfReason(value)).toBe(cause);
});
