import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { skipWithoutAddress } from './testing/own-address.ts';
import { addressesOf, udpLookup } from './udp-lookup.ts';

it('gives an address back at once', () => {
  const found: unknown[] = [];
  udpLookup('127.0.0.1', 4, (...answer) => found.push(answer));
  udpLookup('::1', 6, (...answer) => found.push(answer));
  expect(found).toEqual([
    [null, '127.0.0.1', 4],
    [null, '::1', 6],
  ]);
});

it.for([
  ['udp4', '127.0.0.1'],
  ['udp6', '::1'],
] as const)('is told the family of a %s socket, which finds a name', async ([type, address], { skip }) => {
  await skipWithoutAddress(skip, address);
  const asked: number[] = [];
  const lookup = (host: string, family: number, done: Parameters<typeof udpLookup>[2]): void => {
    asked.push(family);
    if (host === 'peer') done(null, address, family);
    else udpLookup(host, family, done);
  };
  const socket = createSocket({ type, lookup: lookup as never });
  try {
    const listening = once(socket, 'listening');
    socket.bind(0, address);
    await listening;
    const arrived = once(socket, 'message');
    socket.send('hello', socket.address().port, 'peer');
    expect(String((await arrived)[0])).toBe('hello');
    expect(new Set(asked)).toEqual(new Set([type === 'udp4' ? 4 : 6]));
  } finally {
    socket.close();
  }
});

it('finds every address of a name, and none of what has or is none', async () => {
  const found = await addressesOf('localhost');
  expect(found.filter((address) => address === '127.0.0.1' || address === '::1')).not.toEqual([]);
  expect(await addressesOf('127.0.0.1')).toEqual([]);
  expect(await addressesOf(`${'a'.repeat(300)}.test`)).toEqual([]);
});
