import { expect, it } from 'vitest';
import { plainHostPort } from './host-port.ts';

it.each([
  ['127.0.0.1', { host: '127.0.0.1', port: undefined, end: 9 }],
  ['Host-1.example:5061;branch=x', { host: 'Host-1.example', port: 5061, end: 19 }],
  ['a:65535', { host: 'a', port: 65_535, end: 7 }],
  ['a;b', { host: 'a', port: undefined, end: 1 }],
])('reads %s', (text, read) => expect(plainHostPort(text, 0)).toEqual(read));

it.each(['', '[::1]:5060', ':5060', 'a:', 'a:x', 'a:65536', ' a', '_a'])('leaves %j to others', (text) => {
  expect(plainHostPort(text, 0)).toBeUndefined();
});

it('stops after five digits', () => expect(plainHostPort('a:123456', 0)?.end).not.toBe(8));
