import { describe, expect, it } from 'vitest';
import type { SipRequest } from './message.ts';
import { parseMessage } from './parse-message.ts';
import { parseVia } from './via.ts';
import { responseTarget, stampVia } from '../transport/via-routing.ts';

const source = { host: '192.0.2.9', port: 40_000 };
const withVia = (...vias: string[]) =>
  parseMessage(Buffer.from(`BYE sip:a@b SIP/2.0\r\n${vias.map((via) => `${via}\r\n`).join('')}\r\n`)) as SipRequest;

describe('parseVia', () => {
  it.each([
    ['SIP/2.0/UDP h:5070;branch=z9', 'UDP', 'h', 5070],
    ['SIP  /   2.0 /UDP 192.0.2.2;branch=1', 'UDP', '192.0.2.2', undefined],
    ['SIP/2.0/tls [2001:db8::1]:5061', 'TLS', '2001:db8::1', 5061],
    ['SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;branch=z9', 'UDP', 'first.example.com', 4000],
  ])('reads %s', (value, transport, host, port) => {
    const via = parseVia(value);
    expect([via?.transport, via?.host, via?.port]).toEqual([transport, host, port]);
  });

  it.each(['', 'SIP/2.0/UDP', 'UDP h', 'SIP/2.0/UDP h;;', 'SIP/2.0/UDP h x', 'SIP/2.0/UDP h:70000'])('refuses %j', (value) => {
    expect(parseVia(value)).toBeUndefined();
  });
});

describe('response routing', () => {
  const route = (value: string) => responseTarget(parseVia(value) as NonNullable<ReturnType<typeof parseVia>>, source);

  it('goes to the source when rport asks for it (RFC 3581)', () => {
    expect(route('SIP/2.0/UDP 10.0.0.1:5060;rport')).toEqual(source);
  });

  it('goes to the source address and the sent-by port otherwise (RFC 3261 18.2.2)', () => {
    expect(route('SIP/2.0/UDP 10.0.0.1:5070')).toEqual({ host: '192.0.2.9', port: 5070 });
    expect(route('SIP/2.0/UDP host.example')).toEqual({ host: '192.0.2.9', port: 5060 });
  });

  it('goes to maddr when there is one', () => {
    expect(route('SIP/2.0/UDP h:5070;maddr=192.0.2.77')).toEqual({ host: '192.0.2.77', port: 5070 });
  });
});

describe('stampVia', () => {
  const stamp = (...vias: string[]) => {
    const request = withVia(...vias);
    stampVia(request, parseVia(request.headers.values('Via')[0] as string) as NonNullable<ReturnType<typeof parseVia>>, source);
    return request.headers.getAll('Via');
  };

  it('adds received and fills rport in place', () => {
    expect(stamp('Via: SIP/2.0/UDP 10.0.0.1:5060;rport;branch=z9')).toEqual([
      'SIP/2.0/UDP 10.0.0.1:5060;rport=40000;branch=z9;received=192.0.2.9',
    ]);
  });

  it('leaves a Via alone whose address is right', () => {
    expect(stamp('v: SIP/2.0/UDP 192.0.2.9:5070 ; branch=z9')).toEqual(['SIP/2.0/UDP 192.0.2.9:5070 ; branch=z9']);
  });

  it('replaces a received that the sender made up', () => {
    expect(stamp('Via: SIP/2.0/UDP h;received=1.1.1.1;branch=b')).toEqual(['SIP/2.0/UDP h;branch=b;received=192.0.2.9']);
  });

  it('touches only the topmost of comma-joined values', () => {
    expect(stamp('Via: SIP/2.0/UDP h;branch=1, SIP/2.0/UDP i;rport;branch=2', 'Via: SIP/2.0/UDP j')).toEqual([
      'SIP/2.0/UDP h;branch=1;received=192.0.2.9, SIP/2.0/UDP i;rport;branch=2',
      'SIP/2.0/UDP j',
    ]);
  });
});
