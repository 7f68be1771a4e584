import { expect, it } from 'vitest';
import { fromText } from './read-invitation.ts';

it.each([
  ['<sip:+14155550100@bridge.example>;tag=a1', '<sip:+14155550100@bridge.example>'],
  ['"Ada" <sip:ada@bridge.example> ; Tag = a1;x=y', '"Ada" <sip:ada@bridge.example>;x=y'],
  ['sip:ada@bridge.example;tag=a1', 'sip:ada@bridge.example'],
  ['<sip:ada@bridge.example;tag=uri>', '<sip:ada@bridge.example;tag=uri>'],
])('From %s without its tag is %s', (from, text) => {
  expect(fromText({ get: () => from })).toBe(text);
});

it('From is read in no time, however much white space is in it', () => {
  const name = `"${' '.repeat(60_000)}x"`;
  const start = performance.now();
  expect(fromText({ get: () => `${name} <sip:ada@bridge.example>;tag=a1` })).toBe(`${name} <sip:ada@bridge.example>`);
  expect(performance.now() - start).toBeLessThan(1_000);
});
