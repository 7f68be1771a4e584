import { describe, expect, it } from 'vitest';
import { handMade, toOf } from '../testing/caller-script.ts';
import { header, MemoryNetwork } from '../testing/memory-network.ts';

/** A stack on 5060 that calls a hand-made callee on 5070. */
function calling(headers: [string, string][] = [], answer: string[] = [], ackHeaders: [string, string][] = []) {
  const network = new MemoryNetwork();
  const stack = network.stack(5060, { userAgent: 'Ringback' });
  const peer = network.peer(5070);
  const call = stack.call({ uri: 'sip:+14155550199@127.0.0.1:5070', headers, ackHeaders, body: 'v=0\r\n' });
  network.clock.advance(20);
  const reply = (status: number, tag: string, ...extra: string[]): void => {
    const invite = peer.last('INVITE');
    const copied = ['Via', 'Record-Route', 'From', 'Call-ID', 'CSeq'].flatMap((name) =>
      header(invite, name).map((value) => `${name}: ${value}`),
    );
    peer.send(5060, `SIP/2.0 ${status} X`, ...copied, `To: <sip:x@127.0.0.1>;tag=${tag}`, ...extra, 'Content-Length: 0');
    network.clock.advance(20);
  };
  if (answer.length > 0) reply(200, 'callee', ...answer);
  return { network, stack, peer, call, reply };
}

describe('the route set of a called side', () => {
  it('is the Record-Route in its order, and comes back in the response', () => {
    const { send, peer, calls, network } = handMade();
    const edge = network.peer(5081);
    send({ headers: ['Record-Route: <sip:127.0.0.1:5081;lr>, <sip:127.0.0.1:5082;lr>', 'Record-Route: <sip:127.0.0.1:5083;lr>'] });
    expect(header(peer.last(), 'Record-Route')).toEqual(['<sip:127.0.0.1:5081;lr>, <sip:127.0.0.1:5082;lr>', '<sip:127.0.0.1:5083;lr>']);
    send({ method: 'ACK', to: toOf(peer) });
    calls[0]?.hangup();
    network.clock.advance(20);
    expect(edge.last()).toContain('BYE sip:alice@127.0.0.1:5070 SIP/2.0');
    expect(header(edge.last(), 'Route')).toEqual(['<sip:127.0.0.1:5081;lr>', '<sip:127.0.0.1:5082;lr>', '<sip:127.0.0.1:5083;lr>']);
  });

  it('puts a strict router into the Request-URI (RFC 3261 12.2.1.1)', () => {
    const { send, peer, calls, network } = handMade();
    const edge = network.peer(5081);
    send({ headers: ['Record-Route: <sip:127.0.0.1:5081>, <sip:127.0.0.1:5082;lr>'] });
    send({ method: 'ACK', to: toOf(peer) });
    calls[0]?.hangup();
    network.clock.advance(20);
    expect(edge.last()).toContain('BYE sip:127.0.0.1:5081 SIP/2.0');
    expect(header(edge.last(), 'Route')).toEqual(['<sip:127.0.0.1:5082;lr>', '<sip:alice@127.0.0.1:5070>']);
  });
});

/** None of them can stand in a request line, as the first of them would without `lr`. */
const UNREADABLE = 'Record-Route: <garbage>, <sip:a b@127.0.0.1>, <127.0.0.1;lr>';

describe('routes that cannot be read', () => {
  it('are none to a called side', () => {
    const { send, peer, calls, network } = handMade();
    send({ headers: [UNREADABLE] });
    send({ method: 'ACK', to: toOf(peer) });
    calls[0]?.hangup();
    network.clock.advance(20);
    expect(peer.last()).toContain('BYE sip:alice@127.0.0.1:5070 SIP/2.0');
    expect(header(peer.last(), 'Route')).toEqual([]);
  });

  it('and none to a calling side', () => {
    const { peer } = calling([], ['Contact: <sip:callee@127.0.0.1:5070>', UNREADABLE]);
    expect(peer.last('ACK')).toContain('ACK sip:callee@127.0.0.1:5070 SIP/2.0');
    expect(header(peer.last('ACK'), 'Route')).toEqual([]);
  });
});

describe('the route set of a calling side', () => {
  it('is the Record-Route turned round, without what we wrote ourselves', () => {
    const network = new MemoryNetwork();
    const proxy = network.peer(5082);
    expect(proxy.inbox).toEqual([]);
    const { peer, call, network: wire } = calling([['Record-Route', '<sip:172.21.0.1;lr>']], ['Contact: <sip:callee@127.0.0.1:5070>']);
    expect(header(peer.last('ACK'), 'Route')).toEqual([]);
    call.hangup();
    wire.clock.advance(20);
    expect(peer.last()).toContain('BYE sip:callee@127.0.0.1:5070 SIP/2.0');
  });

  it('goes through proxies that recorded themselves', () => {
    const { network, peer, call, reply } = calling();
    const near = network.peer(5081);
    reply(
      200,
      'callee',
      'Contact: <sip:callee@127.0.0.1:5070>',
      'Record-Route: <sip:127.0.0.1:5082;lr>',
      'Record-Route: <sip:127.0.0.1:5081;lr>',
    );
    expect(peer.last('ACK')).toBe('');
    expect(header(near.last('ACK'), 'Route')).toEqual(['<sip:127.0.0.1:5081;lr>', '<sip:127.0.0.1:5082;lr>']);
    expect(call.state).toBe('established');
  });

  it('falls back to where the INVITE went when the Contact leads nowhere', () => {
    const { peer } = calling([], ['Contact: <sips:callee@example.com>']);
    expect(peer.last('ACK')).toContain('ACK sips:callee@example.com SIP/2.0');
  });

  it.each(['Contact: garbage <<', 'Contact: <callee@example.com>', 'Contact: <sip:a b@example.com>', 'Contact: *'])(
    'calls the URI of the INVITE again when there is none to call in "%s"',
    (contact) => {
      const { peer } = calling([], [contact]);
      expect(peer.last('ACK').split(' ')[1]).toBe(peer.last('INVITE').split(' ')[1]);
    },
  );
});

describe('an outgoing INVITE', () => {
  it('has the given rows in their order, our Via at its place, and what was missing', () => {
    const { peer } = calling([
      ['Record-Route', '<sip:172.21.0.1;lr>'],
      ['From', '<sip:+14155550100@acme.pstn.twilio.com>'],
      ['CSeq', '29044 INVITE'],
      ['Via', ''],
      ['Via', 'SIP/2.0/UDP 172.25.0.1:5060;branch=z9hG4bKcore'],
      ['Max-Forwards', '60'],
      ['User-Agent', 'Twilio Gateway'],
    ]);
    const names = peer
      .last('INVITE')
      .split('\r\n\r\n')[0]
      ?.split('\r\n')
      .slice(1)
      .map((row) => row.split(':')[0]);
    expect(names).toEqual([
      'Record-Route',
      'From',
      'CSeq',
      'Via',
      'Via',
      'Max-Forwards',
      'User-Agent',
      'To',
      'Call-ID',
      'Contact',
      'Content-Type',
      'Content-Length',
    ]);
    expect(header(peer.last(), 'From')[0]).toMatch(/^<sip:\+14155550100@acme.pstn.twilio.com>;tag=[0-9a-f]{16}$/);
    expect(header(peer.last(), 'Via')[0]).toMatch(/^SIP\/2.0\/UDP 127.0.0.1:5060;branch=z9hG4bK/);
  });

  it('numbers on from the given CSeq', () => {
    const { peer, call, network } = calling([['CSeq', '29044 INVITE']], ['Contact: <sip:callee@127.0.0.1:5070>']);
    expect(header(peer.last('ACK'), 'CSeq')).toEqual(['29044 ACK']);
    call.hangup();
    network.clock.advance(20);
    expect(header(peer.last('BYE'), 'CSeq')).toEqual(['29045 BYE']);
  });

  it('acknowledges and ends the other branches of a forked call (RFC 3261 13.2.2.4)', () => {
    const { peer, call, reply } = calling([], ['Contact: <sip:one@127.0.0.1:5070>']);
    reply(200, 'second', 'Contact: <sip:two@127.0.0.1:5070>');
    reply(200, 'second', 'Contact: <sip:two@127.0.0.1:5070>');
    const sent = peer.inbox.map((message) => message.split(' SIP/2.0')[0]);
    expect(sent).toEqual([
      'INVITE sip:+14155550199@127.0.0.1:5070',
      'ACK sip:one@127.0.0.1:5070',
      'ACK sip:two@127.0.0.1:5070',
      'BYE sip:two@127.0.0.1:5070',
      'ACK sip:two@127.0.0.1:5070',
    ]);
    expect(header(peer.last('BYE'), 'To')[0]).toContain('tag=second');
    expect(call.remoteTag).toBe('callee');
    expect(call.state).toBe('established');
  });

  it('does not route the other branches through its own Record-Route', () => {
    const { peer, reply } = calling([['Record-Route', '<sip:172.21.0.1;lr>']], ['Contact: <sip:one@127.0.0.1:5070>']);
    reply(200, 'second', 'Contact: <sip:two@127.0.0.1:5070>');
    for (const method of ['ACK', 'BYE']) {
      expect(peer.last(method)).toContain(`${method} sip:two@127.0.0.1:5070`);
      expect(header(peer.last(method), 'Route')).toEqual([]);
    }
  });

  it('has one User-Agent in each request, the given one where there is one', () => {
    const own: [string, string] = ['User-Agent', 'Twilio Gateway'];
    const cancelled = calling([own]);
    cancelled.reply(180, 'callee');
    cancelled.call.hangup({ headers: [own, ['X-Sid', '1']] });
    cancelled.network.clock.advance(20);
    expect(header(cancelled.peer.last('CANCEL'), 'User-Agent')).toEqual(['Twilio Gateway']);
    expect(header(cancelled.peer.last('CANCEL'), 'X-Sid')).toEqual(['1']);
    const { peer, call, network } = calling([own], ['Contact: <sip:callee@127.0.0.1:5070>'], [['User-Agent', 'Twilio']]);
    expect(header(peer.last('ACK'), 'User-Agent')).toEqual(['Twilio']);
    call.hangup({ headers: [own] });
    network.clock.advance(20);
    expect(header(peer.last('BYE'), 'User-Agent')).toEqual(['Twilio Gateway']);
  });

  it('says in the BYE what the CANCEL said that its answer crossed', () => {
    const { peer, call, reply, network } = calling();
    reply(180, 'callee');
    call.hangup({ headers: [['X-Sid', '1']], reason: 'SIP;cause=487' });
    network.clock.advance(20);
    reply(200, 'callee', 'Contact: <sip:callee@127.0.0.1:5070>');
    expect(peer.inbox.filter((message) => message.startsWith('CANCEL'))).toHaveLength(1);
    expect([header(peer.last('BYE'), 'X-Sid'), header(peer.last('BYE'), 'Reason')]).toEqual([['1'], ['SIP;cause=487']]);
  });

  it('ends when the callee sends BYE although its answer never came', () => {
    const { peer, call, reply, network } = calling();
    const endings: string[] = [];
    call.on('ended', ({ by, cause }) => endings.push(`${by} ${cause}`));
    reply(180, 'callee');
    const invite = peer.last('INVITE');
    const bye = [
      'Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKb',
      'From: <sip:x@127.0.0.1>;tag=callee',
      `To: ${header(invite, 'From')[0]}`,
    ];
    peer.send(5060, 'BYE sip:127.0.0.1:5060 SIP/2.0', ...bye, `Call-ID: ${call.id}`, 'CSeq: 1 BYE');
    network.clock.advance(20);
    expect(peer.statuses).toEqual([200]);
    expect(endings).toEqual(['remote bye']);
    expect(peer.last('CANCEL')).not.toBe('');
  });
});
