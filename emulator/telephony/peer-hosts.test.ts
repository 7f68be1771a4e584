import { expect, it } from 'vitest';
import { hostsOf, plainHost } from './peer-hosts.ts';
import { parseMessage } from './sip/index.ts';

const message = (...lines: string[]) => parseMessage(Buffer.from(lines.join('\r\n')));

it.each([
  ['Bridge.Example.', 'bridge.example'],
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:201', '192.0.2.1'],
  ['[2001:DB8:0:0:0:0:0:1]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['0000:0000:0000:0000:0000:ffff:192.168.100.100%eth0', '192.168.100.100'],
])('writes %s as %s', (host, plain) => expect(plainHost(host)).toBe(plain));

it('reads where the sender of a request says that it is', () => {
  const request = message(
    'INVITE sip:support@acme.example SIP/2.0',
    'Via: SIP/2.0/UDP [2001:db8::7]:5070;branch=z9hG4bK1, SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK0',
    'Contact: "Bot" <sip:bot@10.0.0.5:5070;transport=udp>',
    'Content-Type: application/sdp',
    '',
    'v=0\nc=IN IP4 10.0.0.6\nm=video 9 RTP/AVP 96\nc=IN IP4 10.0.0.7\nm=audio 4000 RTP/AVP 0',
  );
  expect(hostsOf(request, '192.0.2.7')).toEqual({ source: '192.0.2.7', via: '2001:db8::7', contact: '10.0.0.5', media: '10.0.0.6' });
});

it('leaves out what a message does not say, and what is no host', () => {
  const response = message(
    'SIP/2.0 200 OK',
    'Via: SIP/2.0/UDP 203.0.113.1;branch=z9hG4bK1',
    'Contact: <tel:+14155550100>',
    'Content-Type: text/plain',
    '',
    'c=IN IP4 10.0.0.6',
  );
  expect(hostsOf(response, '192.0.2.7')).toEqual({ source: '192.0.2.7' });
  const long = message('INVITE sip:a@b SIP/2.0', 'Via: nothing', `Contact: <sip:${'a'.repeat(300)}>`, '', '');
  expect(hostsOf(long, '192.0.2.7')).toEqual({ source: '192.0.2.7' });
});
