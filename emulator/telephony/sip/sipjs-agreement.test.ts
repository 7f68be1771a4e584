import { IncomingResponseMessage, LoggerFactory, Parser } from 'sip.js/lib/core/index.js';
import { describe, expect, it } from 'vitest';
import type { SipMessage } from './message/message.ts';
import { parseNameAddr } from './message/name-addr.ts';
import { parseMessage } from './message/parse-message.ts';
import { validateMessage } from './message/validate-message.ts';
import { MemoryNetwork } from './testing/memory-network.ts';

const factory = new LoggerFactory();
factory.builtinEnabled = false;
const logger = factory.getLogger('test');
/** What sip.js, an independent reader, makes of the bytes; undefined when it refuses them. */
function theirs(bytes: Uint8Array) {
  return Parser.parseMessage(Buffer.from(bytes).toString('utf8'), logger);
}

/** Every datagram of a day in the life of two stacks: calls answered, rejected, cancelled, re-invited, with routes and odd rows. */
function everything(): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  const network = new MemoryNetwork();
  network.lose = (_line, datagram) => bytes.push(datagram) < 0;
  const [alice, bob] = [network.stack(5070, { userAgent: 'Alice/1' }), network.stack(5060, { userAgent: 'Bob/1' })];
  bob.handle({
    invite(call) {
      call.provisional(183, { body: 'v=0\r\n' });
      if (call.request.uri.includes('busy')) call.reject(486);
      else if (!call.request.uri.includes('slow')) call.answer({ body: 'v=0\r\ns=ünïcödé\r\n' });
    },
  });
  const dial = (user: string, headers: [string, string][]) => alice.call({ uri: `sip:${user}@127.0.0.1:5060`, headers, body: 'v=0\r\n' });
  const talk = dial('bob', [
    ['Record-Route', '<sip:172.21.0.1;lr>'],
    ['From', '"Smith, \\"Jo\\"" <sip:+14155550100;npdi@acme.pstn.twilio.com:5060>'],
    ['P-Asserted-Identity', '<sip:+14155550100@203.0.113.7:5060>'],
    ['Diversion', '<sip:+14155550199@twilio.com>;reason=unconditional'],
    ['Via', ''],
    ['Via', 'SIP/2.0/UDP 172.25.0.1:5060;rport=5060;branch=z9hG4bKcore'],
  ]);
  dial('busy', []);
  const slow = dial('slow', []);
  network.clock.advance(100);
  slow.hangup({ reason: 'SIP;cause=200;text="Call completed elsewhere"' });
  void talk.send('INVITE', { body: 'v=0\r\n' });
  void talk.send('INFO', { body: 'Signal=1\r\n', contentType: 'application/dtmf-relay' });
  for (const method of ['OPTIONS', 'MESSAGE', 'FOO']) void alice.request({ method, uri: 'sip:127.0.0.1:5060' });
  void alice.request({ method: 'OPTIONS', uri: 'sip:[::1]:5060', target: bob.addresses.udp });
  network.clock.advance(100);
  talk.hangup({ reason: 'Q.850;cause=16' });
  network.clock.advance(100);
  return bytes;
}

function fieldsOf(message: SipMessage) {
  const { headers } = message;
  const start = message.kind === 'request' ? message.method : message.status;
  return [
    start,
    headers.get('Call-ID'),
    headers.get('CSeq')?.split(' ')[1],
    headers.values('Via').length,
    headers.values('Record-Route').length,
  ];
}

describe('sip.js and our parser', () => {
  const messages = everything();

  it('have enough to agree on', () => {
    expect(messages.length).toBeGreaterThan(25);
  });

  it.each(messages.map((bytes, index) => [`${index} ${Buffer.from(bytes).toString().split('\r\n')[0]}`, bytes] as const))(
    'agree on %s',
    (_title, bytes) => {
      const ours = parseMessage(bytes);
      const other = theirs(bytes);
      if (!other) throw new Error('sip.js refuses a message of ours');
      const start = other instanceof IncomingResponseMessage ? other.statusCode : other.method;
      const count = (name: string) => other.getHeaders(name).flatMap((value) => value.split(', ')).length;
      expect([
        start,
        other.callId,
        other.cseq === undefined ? '' : ours.headers.get('CSeq')?.split(' ')[1],
        count('Via'),
        count('Record-Route'),
      ]).toEqual(fieldsOf(ours));
      expect(other.fromTag).toBe(ours.headers.get('From')?.split(';tag=').at(-1));
      expect(other.cseq).toBe(Number(ours.headers.get('CSeq')?.split(' ')[0]));
      expect(other.viaBranch).toBe(ours.headers.values('Via').at(0)?.split('branch=').at(-1)?.split(';')[0]);
      expect(other.body).toBe(Buffer.from(ours.body).toString('utf8'));
    },
  );
});

describe('what sip.js refuses and carriers send', () => {
  it.each([
    ['<tel:+14155550100>;tag=x', 'tel:+14155550100'],
    ['<sip:#31#0302312@h>;tag=x', 'sip:#31#0302312@h'],
    ['<sip:+1 415 555 0100@h>;tag=x', 'sip:+1 415 555 0100@h'],
    ['Smith, John <sip:+14155550100@h>;tag=x', 'sip:+14155550100@h'],
    ['"anonymous" <anonymous@anonymous.invalid>;tag=x', 'anonymous@anonymous.invalid'],
  ])('From: %s', (from, uri) => {
    const rows = [
      'Via: SIP/2.0/UDP h;branch=z9hG4bKx',
      `From: ${from}`,
      'To: <sip:a@b>',
      'Call-ID: c',
      'CSeq: 1 INVITE',
      'Max-Forwards: 70',
    ];
    const bytes = Buffer.from(`INVITE sip:a@b SIP/2.0\r\n${rows.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
    expect(theirs(bytes)).toBeUndefined();
    const ours = parseMessage(bytes);
    expect(validateMessage(ours)).toEqual([]);
    expect(parseNameAddr(ours.headers.get('From') ?? '')).toMatchObject({ uri, params: new Map([['tag', 'x']]) });
  });
});
