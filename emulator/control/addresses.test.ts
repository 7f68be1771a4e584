import { expect, test } from 'vitest';
import { addressToTell, hostPort } from './addresses.ts';

test.for([
  ['192.0.2.10', '192.0.2.10'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['emulator', 'emulator'],
  ['ring_back.example.', 'ring_back.example.'],
  ['4.example', '4.example'],
] as const)('%s can be told', ([text, address]) => {
  expect(addressToTell('--public-address', text)).toBe(address);
});

test.for([
  '192.0.2.10:5060',
  'emulator:5060',
  'http://emulator',
  '192.0.2',
  '192.0.2.300',
  '',
  '-x',
  'a b',
  '::',
  '[emulator]',
  '[192.0.2.10]',
  '2001:db8::1:99999',
])('"%s" cannot', (text) => {
  expect(() => addressToTell('--public-address', text)).toThrow(`cannot use "${text}" as --public-address: `);
});

test('an IPv6 address stands in brackets before a port', () => {
  expect([hostPort('2001:db8::1', 1), hostPort('192.0.2.1', 1)]).toEqual(['[2001:db8::1]:1', '192.0.2.1:1']);
});
