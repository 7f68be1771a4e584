import { describe, expect, it } from 'vitest';
import type { SipHandlers } from '../types.ts';
import { handMade, toOf } from '../testing/caller-script.ts';
import { header } from '../testing/memory-network.ts';

/** An established call of a hand-made caller. */
function established(handlers: SipHandlers = {}, headers: string[] = []) {
  const bench = handMade(handlers);
  bench.send({ headers });
  const to = toOf(bench.peer);
  bench.send({ method: 'ACK', to });
  const call = bench.calls[0] as NonNullable<(typeof bench.calls)[0]>;
  const endings: string[] = [];
  call.on('ended', ({ by, cause, status }) => endings.push([by, cause, status].filter((part) => part !== undefined).join(' ')));
  let number = 1;
  const inside = (method: string, extra: { cseq?: number; headers?: string[]; body?: string; branch?: string } = {}) => {
    number = extra.cseq ?? number + 1;
    bench.send({ ...extra, method, to, cseq: number });
    return bench.peer.statuses.at(-1);
  };
  /** Answers the newest request that the peer got. */
  const reply = (status: number, ...extra: string[]) => {
    const request = bench.peer.inbox.findLast((message) => !message.startsWith('SIP/')) as string;
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) => header(request, name).map((value) => `${name}: ${value}`));
    bench.peer.send(5060, `SIP/2.0 ${status} X`, ...copied, ...extra, 'Content-Length: 0');
    bench.advance(50);
  };
  return { ...bench, call, to, inside, reply, endings };
}

describe('requests of the peer', () => {
  it.each([
    ['INFO', 200],
    ['OPTIONS', 200],
    ['UPDATE', 405],
    ['REFER', 405],
    ['MESSAGE', 405],
    ['NOTIFY', 481],
    ['DANCE', 501],
  ])('%s gets %i when nobody takes it', (method, status) => {
    expect(established().inside(method)).toBe(status);
  });

  it('may be taken by a listener, at once or later', () => {
    const { call, inside, peer, advance } = established();
    call.once('request', (request) => request.respond(202, { headers: [['X-Taken', 'yes']] }));
    expect(inside('REFER')).toBe(202);
    expect(header(peer.last(), 'X-Taken')).toEqual(['yes']);
    call.once('request', (request) => {
      request.defer();
      call.on('ended', () => request.respond(603));
    });
    const before = peer.inbox.length;
    inside('REFER');
    expect(peer.inbox).toHaveLength(before);
    call.hangup();
    advance(100);
    expect(peer.statuses.at(-1)).toBe(603);
  });

  it('is 500 when its number is out of order (RFC 3261 12.2.2)', () => {
    const { inside, endings } = established();
    expect(inside('INFO', { cseq: 10 })).toBe(200);
    expect(inside('BYE', { cseq: 5 })).toBe(500);
    expect(endings).toEqual([]);
    expect(inside('BYE', { cseq: 11 })).toBe(200);
    expect(endings).toEqual(['remote bye']);
  });

  it('is 420 when it requires what we do not have', () => {
    expect(established().inside('INVITE', { headers: ['Require: timer'] })).toBe(420);
  });

  it('is 481 once the call is over', () => {
    const { inside } = established();
    inside('BYE');
    expect(inside('INFO')).toBe(481);
  });

  it('is 200 for a BYE that crosses ours', () => {
    const { call, inside, endings } = established();
    call.hangup();
    expect(inside('BYE')).toBe(200);
    expect(endings).toEqual(['local bye']);
  });
});

describe('a re-INVITE of the peer', () => {
  it('gets our session description again, until its ACK', () => {
    const { inside, peer, send, to, advance } = established();
    expect(inside('INVITE', { body: 'v=0\r\ns=hold\r\n' })).toBe(200);
    expect(peer.last()).toContain('\r\n\r\nv=0\r\n');
    expect(header(peer.last(), 'Contact')).toEqual(['<sip:bob@127.0.0.1:5060>']);
    advance(500);
    expect(peer.statuses).toEqual([200, 200, 200]);
    send({ method: 'ACK', to, cseq: 2 });
    advance(5_000);
    expect(peer.statuses).toEqual([200, 200, 200]);
  });

  it('is answered by a listener, and moves the dialog to its Contact', () => {
    const { call, network, peer, to } = established();
    const moved = network.peer(5099);
    call.once('request', (request) => request.respond(200, { body: 'v=0\r\ns=mine\r\n' }));
    const rows = (method: string) => [
      `${method} sip:bob@127.0.0.1:5060 SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-move-${method}`,
      'From: <sip:alice@127.0.0.1>;tag=alice',
      `To: ${to}`,
      'Call-ID: call',
      `CSeq: 2 ${method}`,
    ];
    peer.send(5060, ...rows('INVITE'), 'Contact: <sip:alice@127.0.0.1:5099>');
    network.clock.advance(50);
    expect(peer.last()).toContain('s=mine');
    peer.send(5060, ...rows('ACK'));
    network.clock.advance(50);
    call.hangup();
    network.clock.advance(50);
    expect(moved.last()).toContain('BYE sip:alice@127.0.0.1:5099 SIP/2.0');
  });

  it('gets 491 while ours is pending (RFC 3261 14.2)', () => {
    const { call, inside } = established();
    void call.send('INVITE', { body: 'v=0\r\n' });
    expect(inside('INVITE')).toBe(491);
  });

  it('gets 500 while another one of theirs is pending', () => {
    const { call, inside, peer } = established();
    call.once('request', (request) => request.defer());
    expect(inside('INVITE')).toBe(100);
    expect(inside('INVITE')).toBe(500);
    expect(header(peer.last(), 'Retry-After')).toEqual(['1']);
  });

  it('is cancelled', () => {
    const { call, inside, peer } = established();
    call.once('request', (request) => request.defer());
    inside('INVITE', { branch: 'z9hG4bKre' });
    inside('CANCEL', { branch: 'z9hG4bKre', cseq: 2 });
    expect(peer.statuses.slice(-2)).toEqual([200, 487]);
    expect(call.state).toBe('established');
  });

  it('ends the call when its 2xx is never acknowledged', () => {
    const { inside, endings, advance, peer } = established();
    inside('INVITE');
    advance(32_000);
    expect(endings).toEqual(['local no-ack']);
    expect(peer.last()).toContain('BYE ');
  });

  it('without an offer gets one in the 200, and its ACK brings the answer to whoever asked for it', () => {
    const { call, inside, peer, send, to } = established();
    const acks: string[] = [];
    call.once('request', (request) => {
      request.onAck = (ack) => acks.push(Buffer.from(ack.body).toString());
      request.respond(200, { body: 'v=0\r\no=offer\r\n' });
    });
    inside('INVITE', { cseq: 2 });
    expect(peer.last()).toContain('o=offer');
    send({ method: 'ACK', to, cseq: 2, body: 'v=0\r\no=answer\r\n' });
    send({ method: 'ACK', to, cseq: 2, body: 'v=0\r\no=answer\r\n' });
    expect(acks).toEqual(['v=0\r\no=answer\r\n']);
  });

  it('is 500 before the first INVITE is answered (RFC 3261 14.2)', () => {
    const { send, peer, calls } = handMade({ invite: (call) => call.provisional(180) });
    const asked: string[] = [];
    send();
    calls[0]?.on('request', ({ request }) => asked.push(request.method));
    const to = header(peer.last('SIP/2.0 180'), 'To')[0] ?? '';
    send({ to, cseq: 2, body: 'v=0\r\n' });
    expect(peer.statuses).toEqual([180, 500]);
    expect(header(peer.last(), 'Retry-After')).toEqual(['1']);
    expect([asked, calls[0]?.state]).toEqual([[], 'early']);
  });

  it('is 487 when the call ends before it is answered', () => {
    const { call, inside, peer } = established();
    call.once('request', (request) => request.defer());
    inside('INVITE');
    inside('BYE');
    expect(peer.statuses.slice(-2)).toEqual([200, 487]);
  });
});

describe('requests of ours', () => {
  it('resolve to the final response, numbered on', async () => {
    const { call, reply, peer, advance } = established();
    const first = call.send('INFO', { body: 'Signal=1', contentType: 'application/dtmf-relay' });
    advance(50);
    expect(header(peer.last('INFO'), 'CSeq')).toEqual(['1 INFO']);
    reply(200);
    expect((await first).status).toBe(200);
    const second = call.send('INFO');
    advance(50);
    expect(header(peer.last('INFO'), 'CSeq')).toEqual(['2 INFO']);
    reply(415);
    expect((await second).status).toBe(415);
    expect(call.state).toBe('established');
  });

  it('acknowledge the 2xx of a re-INVITE and follow its Contact', async () => {
    const { call, reply, peer, advance } = established();
    const done = call.send('INVITE', { body: 'v=0\r\n' });
    advance(50);
    await expect(call.send('INVITE')).rejects.toThrow('another one is pending');
    reply(200, 'Contact: <sip:new@127.0.0.1:5070>');
    expect((await done).status).toBe(200);
    expect(peer.last('ACK')).toContain('ACK sip:new@127.0.0.1:5070 SIP/2.0');
    expect(header(peer.last('ACK'), 'CSeq')).toEqual(['1 ACK']);
  });

  it('a re-INVITE without a body answers the offer of the 2xx in its ACK', async () => {
    const { call, reply, peer, advance } = established();
    const done = call.send('INVITE', { ackBody: (offer) => `v=0\r\nanswer to ${offer.status}\r\n` });
    advance(50);
    reply(200, 'Contact: <sip:alice@127.0.0.1:5070>');
    expect((await done).status).toBe(200);
    expect(peer.last('ACK')).toContain('Content-Type: application/sdp');
    expect(peer.last('ACK')).toContain('answer to 200');
    const failing = call.send('INVITE', {
      ackBody: () => {
        throw new Error('nothing to speak');
      },
    });
    advance(50);
    reply(200);
    await expect(failing).rejects.toThrow('nothing to speak');
    expect(header(peer.last('ACK'), 'CSeq')).toEqual(['2 ACK']);
  });

  it.each([
    [481, 'remote rejected 481'],
    [408, 'remote timeout 408'],
  ])('end the call when they get %i (RFC 3261 12.2.1.2)', async (status, ending) => {
    const { call, reply, advance, endings } = established();
    const done = call.send('INFO');
    advance(50);
    reply(status);
    expect((await done).status).toBe(status);
    expect(endings).toEqual([ending]);
  });

  it('resolve to 408 when nobody answers', async () => {
    const { call, advance, endings } = established();
    const done = call.send('INFO');
    advance(32_000);
    expect((await done).status).toBe(408);
    expect(endings).toEqual(['remote timeout 408']);
  });

  it('are refused before the answer and after the end', async () => {
    const { calls, send } = handMade({ invite: (call) => call.provisional(180) });
    send();
    await expect(calls[0]?.send('INFO')).rejects.toThrow('not answered yet');
    calls[0]?.hangup();
    const { call } = established();
    call.hangup();
    await expect(call.send('INFO')).rejects.toThrow('it is over');
  });
});
