import { describe, expect, it } from 'vitest';
import { handMade, toOf } from './testing/caller-script.ts';
import { header } from './testing/memory-network.ts';

describe('requests that are refused', () => {
  it.each([
    ['a method that nobody knows', { method: 'DANCE' }, 501],
    ['a method that is not served', { method: 'SUBSCRIBE' }, 405],
    ['another version', { version: 'SIP/3.0' }, 505],
    ['a scheme that is not ours', { uri: 'http://x' }, 416],
    ['sips, without TLS', { uri: 'sips:bob@127.0.0.1' }, 416],
    ['required extensions', { headers: ['Require: foo, 100rel'] }, 420],
    ['a body of another type', { body: 'hi', headers: ['Content-Type: text/plain'] }, 415],
    ['an encoded body', { body: 'hi', headers: ['Content-Type: application/sdp', 'Content-Encoding: gzip'] }, 415],
    ['a sender that takes no session description', { headers: ['Accept: text/nobodyKnowsThis'] }, 406],
    ['an INVITE without hops left', { headers: ['Max-Forwards: 0'] }, 483],
    ['a loop', { vias: ['Via: SIP/2.0/UDP 10.0.0.1', 'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKours'] }, 482],
    ['a dialog that does not exist', { method: 'INFO', to: '<sip:bob@127.0.0.1>;tag=nobody' }, 481],
    ['a BYE outside any dialog', { method: 'BYE' }, 481],
    ['a CANCEL of nothing', { method: 'CANCEL' }, 481],
    ['what cannot be read', { headers: ['Max-Forwards: many'] }, 400],
    ['two senders', { headers: ['From: <sip:other@127.0.0.1>;tag=o'] }, 400],
  ])('%s', (_what, parts, status) => {
    const { send, peer, calls } = handMade();
    send(parts);
    expect(peer.statuses.at(-1)).toBe(status);
    expect(calls).toHaveLength(0);
    expect(header(peer.last(), 'To')[0]).toContain(';tag=');
  });

  it('says what is unsupported, allowed and accepted', () => {
    const { send, peer } = handMade();
    send({ headers: ['Require: foo, 100rel'] });
    expect(header(peer.last(), 'Unsupported')).toEqual(['foo, 100rel']);
    send({ method: 'REGISTER', callId: 'r' });
    expect(header(peer.last(), 'Allow')).toEqual(['INVITE, ACK, CANCEL, BYE, OPTIONS, INFO']);
    send({ callId: 't', body: 'hi', headers: ['Content-Type: text/plain'] });
    expect(header(peer.last(), 'Accept')).toEqual(['application/sdp']);
  });

  it('answers the malformed without state and always with the same tag', () => {
    const { send, peer, stack, problems } = handMade();
    send({ headers: ['Content-Length: 99'], branch: 'z9hG4bKbad' });
    send({ headers: ['Content-Length: 99'], branch: 'z9hG4bKbad' });
    const [first, second] = peer.inbox;
    expect(first).toBe(second);
    expect(first).toContain('SIP/2.0 400');
    expect(header(first ?? '', 'Warning')[0]).toContain('conflicting Content-Length');
    expect(stack.counters.serverTransactions).toBe(0);
    expect(problems).toHaveLength(2);
  });

  it('never answers an ACK or a response', () => {
    const { send, peer, network } = handMade();
    send({ method: 'ACK' });
    send({ method: 'ACK', headers: ['Max-Forwards: many'] });
    peer.send(
      5060,
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKx',
      'From: <sip:a@b>;tag=1',
      'To: <sip:a@b>',
      'Call-ID: x',
      'CSeq: 1 OPTIONS',
    );
    network.clock.advance(100);
    expect(peer.inbox).toEqual([]);
  });

  it('answers 513 where the headers are too long', () => {
    const { send, peer } = handMade({}, { limits: { headerBytes: 1_000 } });
    send({ headers: [`X-Long: ${'x'.repeat(2_000)}`] });
    expect(peer.statuses).toEqual([513]);
  });
});

it('a CANCEL of an RFC 2543 peer finds its call, also where the Via is told the source', () => {
  const { send, peer } = handMade({ invite: (call) => call.provisional(180) });
  send({ branch: 'old;rport' });
  send({ method: 'CANCEL', branch: 'old;rport' });
  expect(peer.statuses.slice(0, 3)).toEqual([180, 200, 487]);
});

describe('limits', () => {
  it('answers 503 when there are too many calls', () => {
    const { send, peer, stack } = handMade({}, { limits: { calls: 2 } });
    for (const callId of ['a', 'b', 'c']) send({ callId });
    expect(peer.statuses).toEqual([200, 200, 503]);
    expect(stack.counters.calls).toBe(2);
  });

  it('answers 503 without state when there are too many transactions', () => {
    const { send, peer, stack } = handMade({}, { limits: { transactions: 3 } });
    for (let index = 0; index < 5; index++) send({ method: 'OPTIONS', callId: `c${index}` });
    expect(peer.statuses).toEqual([200, 200, 200, 503, 503]);
    expect(stack.counters.serverTransactions).toBe(3);
  });

  it('holds no CANCEL above that, but for those of its own INVITEs', () => {
    const { send, peer, stack } = handMade({ invite: (call) => call.provisional(180) }, { limits: { transactions: 2 } });
    send({ branch: 'z9hG4bKcall' });
    send({ method: 'OPTIONS', callId: 'other' });
    for (let index = 0; index < 3; index++) send({ method: 'CANCEL', callId: `c${index}`, branch: `z9hG4bKc${index}` });
    expect([peer.statuses, stack.counters.serverTransactions]).toEqual([[180, 200, 481, 481, 481], 2]);
    send({ method: 'CANCEL', branch: 'z9hG4bKcall' });
    expect(peer.statuses.slice(5, 7)).toEqual([200, 487]);
  });

  it('rejects a call that nobody answers for too long', () => {
    const { send, peer, calls, advance } = handMade({ invite: (call) => call.provisional(180) }, { limits: { unansweredMs: 60_000 } });
    const endings: string[] = [];
    send();
    calls[0]?.on('ended', ({ by, cause, status }) => endings.push(`${by} ${cause} ${status}`));
    advance(61_000);
    expect(peer.statuses.slice(0, 2)).toEqual([180, 480]);
    expect(endings).toEqual(['local timeout 480']);
  });

  it('gives up when the INVITE expires (RFC 3261 13.3.1)', () => {
    const { send, peer, advance } = handMade({ invite: (call) => call.provisional(180) });
    send({ headers: ['Expires: 10'] });
    advance(10_000);
    expect(peer.statuses.slice(0, 2)).toEqual([180, 487]);
  });
});

describe('matching', () => {
  it('absorbs a repeated INVITE before and after the answer', () => {
    const { send, calls, peer } = handMade({ invite: (call) => call.provisional(180) });
    send({ branch: 'z9hG4bKsame' });
    send({ branch: 'z9hG4bKsame' });
    expect(peer.statuses).toEqual([180, 180]);
    calls[0]?.answer();
    send({ branch: 'z9hG4bKsame' });
    expect(calls).toHaveLength(1);
    expect(peer.statuses).toEqual([180, 180, 200]);
  });

  it('answers 482 to a copy that came by another way (RFC 3261 8.2.2.2)', () => {
    const { send, calls, peer } = handMade();
    send({ branch: 'z9hG4bKone' });
    send({ branch: 'z9hG4bKtwo' });
    expect(peer.statuses).toEqual([200, 482]);
    expect(calls).toHaveLength(1);
  });

  it('tells two peers with the same branch apart', () => {
    const { send, calls, network } = handMade();
    send({ branch: 'z9hG4bKsame', callId: 'one' });
    const other = network.peer(5071);
    const lines = [
      'INVITE sip:bob@127.0.0.1:5060 SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1:5071;branch=z9hG4bKsame',
      'From: <sip:c@d>;tag=c',
      'To: <sip:bob@127.0.0.1>',
    ];
    other.send(5060, ...lines, 'Call-ID: two', 'CSeq: 1 INVITE', 'Contact: <sip:c@127.0.0.1:5071>');
    network.clock.advance(50);
    expect(calls).toHaveLength(2);
    expect(other.statuses).toEqual([200]);
  });

  it('serves RFC 2543 peers: no branch, no tag, ACK found all the same', () => {
    const { network, peer, calls, advance } = handMade({ invite: (call) => call.reject(486) });
    const lines = (method: string, to: string) => [
      `${method} sip:bob@127.0.0.1 SIP/2.0`,
      'Via: SIP/2.0/UDP 127.0.0.1:5070',
      'From: <sip:alice@127.0.0.1>',
      `To: ${to}`,
      'Call-ID: old',
      `CSeq: 1 ${method}`,
    ];
    peer.send(5060, ...lines('INVITE', '<sip:bob@127.0.0.1>'));
    peer.send(5060, ...lines('INVITE', '<sip:bob@127.0.0.1>'));
    network.clock.advance(50);
    expect(calls).toHaveLength(1);
    peer.send(5060, ...lines('ACK', header(peer.last(), 'To')[0] as string));
    advance(10_000);
    expect(peer.statuses).toEqual([486, 486]);
  });
});

describe('OPTIONS', () => {
  it('is answered 200 with what we can do', () => {
    const { send, peer } = handMade();
    send({ method: 'OPTIONS', headers: ['Max-Forwards: 0'] });
    expect(peer.statuses).toEqual([200]);
    expect(header(peer.last(), 'Accept')).toEqual(['application/sdp']);
  });

  it('goes to the request handler first', () => {
    const { send, peer } = handMade({
      request(request) {
        if (request.request.method !== 'OPTIONS') return false;
        request.respond(200, { headers: [['Server', 'Twilio Gateway']] });
        return true;
      },
    });
    send({ method: 'OPTIONS' });
    send({ method: 'MESSAGE' });
    expect(peer.statuses).toEqual([200, 405]);
    expect(peer.inbox[0]).toContain('Server: Twilio Gateway');
  });
});

describe('CANCEL', () => {
  it('ends the INVITE with 487 and is itself answered 200', () => {
    const { send, peer, calls } = handMade({ invite: (call) => call.provisional(180) });
    send({ branch: 'z9hG4bKi' });
    send({ method: 'CANCEL', branch: 'z9hG4bKi' });
    expect(peer.statuses).toEqual([180, 200, 487]);
    expect(new Set(peer.inbox.map((response) => header(response, 'To')[0])).size).toBe(1);
    expect(calls[0]?.state).toBe('ended');
  });

  it('does nothing after the answer (RFC 3261 9.2)', () => {
    const { send, peer, calls } = handMade();
    send({ branch: 'z9hG4bKi' });
    send({ method: 'CANCEL', branch: 'z9hG4bKi' });
    expect(peer.statuses).toEqual([200, 200]);
    expect(calls[0]?.state).toBe('answered');
  });

  it('of an INVITE that was refused has the tag of its refusal', () => {
    const { send, peer } = handMade();
    send({ branch: 'z9hG4bKi', uri: 'sips:bob@127.0.0.1' });
    send({ method: 'CANCEL', branch: 'z9hG4bKi', uri: 'sips:bob@127.0.0.1' });
    expect(peer.statuses).toEqual([416, 200]);
    expect(new Set(peer.inbox.map((response) => header(response, 'To')[0])).size).toBe(1);
  });
});

describe('an application that throws', () => {
  it('costs a 500 and a problem, not the process', () => {
    const { send, peer, problems, stack } = handMade({
      invite: () => {
        throw new Error('no such line');
      },
      request: () => {
        throw new Error('no such method');
      },
    });
    send();
    send({ method: 'MESSAGE' });
    expect(peer.statuses).toEqual([500, 500]);
    expect(problems.map((problem) => problem.split('\n')[0])).toEqual(['Error: no such line', 'Error: no such method']);
    expect(stack.counters.calls).toBe(0);
  });
});

describe('an early dialog', () => {
  it('is ended by BYE: 200 for it, 487 for the INVITE', () => {
    const { send, peer, calls } = handMade({ invite: (call) => call.provisional(180) });
    send();
    const to = header(peer.last('SIP/2.0 180'), 'To')[0] as string;
    send({ method: 'BYE', to, cseq: 2 });
    expect(peer.statuses).toEqual([180, 487, 200]);
    expect(calls[0]?.state).toBe('ended');
  });

  it('does not answer for another peer with the same Call-ID', () => {
    const { send, peer } = handMade();
    send();
    send({ method: 'BYE', to: toOf(peer), from: '<sip:alice@127.0.0.1>;tag=mallory', cseq: 2 });
    expect(peer.statuses.at(-1)).toBe(481);
  });
});
