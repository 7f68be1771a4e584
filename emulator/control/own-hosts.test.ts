import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { plainHost } from '../telephony/peer-hosts.ts';
import { ownAddresses, ownHosts } from './own-hosts.ts';

test.each([
  [
    '127.0.0.1',
    '127.0.0.1',
    [
      '127.0.0.1',
      '127.0.0.2',
      '::1',
      'localhost',
      'bridge.localhost',
      'ringback',
      'host.docker.internal',
      'desk.local',
      'ringback.tests.svc',
    ],
  ],
  ['192.0.2.1', 'sip.example.com', ['192.0.2.1', 'sip.example.com', 'localhost']],
  ['[2001:db8::1]', '2001:db8::1', ['2001:db8::1']],
])('bound to %s, advertised as %s', (bound, advertised, own) => {
  const isOwn = ownHosts({ bound, advertised });
  expect(own.filter((host) => !isOwn(host))).toEqual([]);
  const foreign = ['acme.zendesk.com', 'acme.zendesk.sip.twilio.com', 'acme.pstn.twilio.com', 'example.com', '203.0.113.7', '2001:db8::7'];
  expect(foreign.filter(isOwn)).toEqual([]);
});

test('bound to all addresses, each of the machine is our own', () => {
  const isOwn = ownHosts({ bound: '0.0.0.0', advertised: '192.0.2.1' });
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);
  expect(all.filter((address) => !isOwn(address))).toEqual([]);
  expect(isOwn('203.0.113.7')).toBe(false);
});

test('this machine is one host by all its names and addresses, but not by every one of loopback', () => {
  const own = ownAddresses('[2001:DB8:0::1]');
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => plainHost(address)) ?? []);
  expect(['localhost', '127.0.0.1', '::1', '2001:db8::1', ...all].filter((host) => !own.has(host))).toEqual([]);
  expect(['127.0.0.2', '203.0.113.7', 'ringback'].filter((host) => own.has(host))).toEqual([]);
});
