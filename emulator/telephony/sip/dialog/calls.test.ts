import { describe, expect, it } from 'vitest';
import type { CallEnded, IncomingCall, OutgoingCallOptions } from '../call-types.ts';
import { MemoryNetwork } from '../testing/memory-network.ts';

const SDP = 'v=0\r\n';

/** A caller on 5070 and a callee on 5060. */
function pair(answering: (call: IncomingCall) => void = (call) => call.answer({ body: SDP })) {
  const network = new MemoryNetwork();
  const alice = network.stack(5070);
  const bob = network.stack(5060);
  const incoming: IncomingCall[] = [];
  const endings: string[] = [];
  const note = (who: string) => (ended: CallEnded) =>
    endings.push(`${who} ${ended.by} ${ended.cause}${ended.status === undefined ? '' : ` ${ended.status}`}`);
  bob.handle({
    invite(call) {
      incoming.push(call);
      call.on('ended', note('bob'));
      answering(call);
    },
  });
  const dial = (options: Partial<OutgoingCallOptions> = {}) => {
    const call = alice.call({ uri: 'sip:bob@127.0.0.1:5060', headers: [], body: SDP, ...options });
    call.on('ended', note('alice'));
    return call;
  };
  const advance = (milliseconds = 100) => network.clock.advance(milliseconds);
  return { network, alice, bob, incoming, endings, dial, advance };
}

describe('a call', () => {
  it('goes up and down', () => {
    const { network, dial, advance, incoming, endings, alice, bob } = pair((call) => {
      call.provisional(180);
      call.answer({ body: SDP });
    });
    const states: string[] = [];
    const call = dial();
    call.on('provisional', (response) => states.push(`${response.status} ${call.state}`));
    call.on('answered', () => states.push(call.state));
    advance();
    expect(states).toEqual(['180 early', 'answered']);
    expect(call.state).toBe('established');
    expect(incoming[0]?.state).toBe('established');
    expect(incoming[0]?.id).toBe(call.id);
    expect(incoming[0]?.localTag).toBe(call.remoteTag);
    call.hangup();
    advance();
    expect(endings).toEqual(['alice local bye', 'bob remote bye']);
    expect(network.ladder).toEqual([
      '5070>5060 INVITE',
      '5060>5070 180 INVITE',
      '5060>5070 200 INVITE',
      '5070>5060 ACK',
      '5070>5060 BYE',
      '5060>5070 200 BYE',
    ]);
    expect([alice.counters.calls, bob.counters.calls]).toEqual([0, 0]);
    advance(64 * 500);
    for (const stack of [alice, bob]) expect(stack.counters).toMatchObject({ serverTransactions: 0, clientTransactions: 0, problems: 0 });
  });

  it('is hung up by the callee', () => {
    const { dial, advance, incoming, endings } = pair();
    dial();
    advance();
    incoming[0]?.hangup({ reason: 'Q.850;cause=16' });
    incoming[0]?.hangup();
    advance();
    expect(endings).toEqual(['bob local bye', 'alice remote bye']);
  });

  it('gets 100 when nobody answers at once', () => {
    const { network, dial, advance } = pair(() => undefined);
    dial();
    advance(1_000);
    expect(network.ladder).toEqual(['5070>5060 INVITE', '5060>5070 100 INVITE']);
  });

  it('is rejected', () => {
    const { network, dial, advance, endings } = pair((call) => call.reject(403, { headers: [['X-Twilio-Error', '32201 x']] }));
    let header: string | undefined;
    dial().on('ended', (ended) => (header = ended.response?.headers.get('X-Twilio-Error')));
    advance();
    expect(endings).toEqual(['bob local rejected 403', 'alice remote rejected 403']);
    expect(header).toBe('32201 x');
    expect(network.ladder).toEqual(['5070>5060 INVITE', '5060>5070 403 INVITE', '5070>5060 ACK']);
  });

  it('is 480 when the callee hangs up before answering', () => {
    const { dial, advance, incoming, endings } = pair(() => undefined);
    dial();
    advance();
    incoming[0]?.hangup();
    advance();
    expect(endings).toEqual(['bob local rejected 480', 'alice remote rejected 480']);
  });

  it('is cancelled while it rings', () => {
    const { network, dial, advance, incoming, endings, bob } = pair((call) => call.provisional(180));
    const call = dial();
    advance();
    let cancelled = 0;
    incoming[0]?.on('cancelled', () => cancelled++);
    call.hangup({ reason: 'SIP;cause=487' });
    expect(call.state).toBe('ended');
    advance();
    expect(cancelled).toBe(1);
    expect(endings).toEqual(['alice local cancel', 'bob remote cancel 487']);
    expect(network.ladder.slice(2)).toEqual(['5070>5060 CANCEL', '5060>5070 200 CANCEL', '5060>5070 487 INVITE', '5070>5060 ACK']);
    expect(bob.counters.calls).toBe(0);
    incoming[0]?.answer();
    incoming[0]?.reject(486);
    advance();
    expect(network.ladder).toHaveLength(6);
  });

  it('holds the CANCEL back until a provisional response came (RFC 3261 9.1)', () => {
    const { network, dial, advance, endings } = pair((call) => call.provisional(180));
    network.lose = (line) => line === '5060>5070 180 INVITE' && network.clock.now() < 400;
    const call = dial();
    advance(50);
    call.hangup();
    expect(endings).toEqual(['alice local cancel']);
    advance(400);
    expect(network.ladder).not.toContain('5070>5060 CANCEL');
    advance(200);
    expect(network.ladder.slice(-4)).toEqual(['5070>5060 CANCEL', '5060>5070 200 CANCEL', '5060>5070 487 INVITE', '5070>5060 ACK']);
  });

  it('acknowledges and ends a call whose answer crosses the CANCEL', () => {
    const { network, dial, advance, incoming, endings } = pair((call) => call.provisional(180));
    const call = dial();
    advance();
    incoming[0]?.answer({ body: SDP });
    call.hangup();
    advance(200);
    expect(endings).toEqual(['alice local cancel', 'bob remote bye']);
    expect(network.ladder).toContain('5070>5060 ACK');
    expect(network.ladder.filter((line) => line === '5070>5060 BYE')).toHaveLength(1);
  });

  it('times out when nobody is there', () => {
    const { dial, advance, endings, alice } = pair();
    dial({ target: { host: '127.0.0.1', port: 9 } });
    advance(32_000);
    expect(endings).toEqual(['alice remote timeout 408']);
    expect(alice.counters).toMatchObject({ calls: 0, clientTransactions: 0 });
  });

  it('is cancelled when it rings too long', () => {
    const { network, dial, advance, endings } = pair((call) => call.provisional(180));
    dial({ ringTimeoutMs: 5_000 });
    advance(5_200);
    expect(endings).toEqual(['alice local timeout 408', 'bob remote cancel 487']);
    expect(network.ladder).toContain('5070>5060 CANCEL');
  });

  it('fails without throwing when UDP cannot reach the URI', () => {
    const { dial, endings, advance } = pair();
    dial({ uri: 'tel:+14155550100' });
    expect(endings).toEqual([]);
    advance(0);
    expect(endings).toEqual(['alice remote transport 503']);
  });
});

describe('the ACK', () => {
  it('is waited for: the 2xx is repeated from T1 to T2 and the call ends after 64 T1', () => {
    const { network, dial, advance, endings, bob } = pair();
    network.lose = (line) => line.endsWith('ACK');
    dial();
    advance(40_000);
    const times = network.log.filter((line) => line.includes('5060>5070 200 INVITE')).map((line) => Number(line.split(' ')[0]) - 10);
    expect(times).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(endings).toEqual(['bob local no-ack', 'alice remote bye']);
    expect(bob.counters.calls).toBe(0);
  });

  it('is repeated for each 2xx', () => {
    const { network, dial, advance, incoming } = pair();
    let lost = 0;
    network.lose = (line) => line.endsWith('ACK') && lost++ < 2;
    dial();
    advance(5_000);
    expect(network.ladder.filter((line) => line.endsWith('ACK'))).toHaveLength(3);
    expect(incoming[0]?.state).toBe('established');
  });

  it('is awaited before the callee sends BYE (RFC 3261 15)', () => {
    const { network, dial, advance, incoming, endings } = pair((call) => {
      call.answer({ body: SDP });
      call.hangup();
    });
    dial();
    expect(endings).toEqual([]);
    advance();
    expect(endings).toEqual(['bob local bye', 'alice remote bye']);
    expect(network.ladder.slice(-3)).toEqual(['5070>5060 ACK', '5060>5070 BYE', '5070>5060 200 BYE']);
    expect(incoming[0]?.state).toBe('ended');
  });

  it('goes out before the BYE of a caller that hangs up at once', () => {
    const { network, dial, advance, endings } = pair();
    const call = dial();
    call.on('answered', () => call.hangup());
    advance();
    expect(network.ladder.slice(2)).toEqual(['5070>5060 ACK', '5070>5060 BYE', '5060>5070 200 BYE']);
    expect(endings).toEqual(['alice local bye', 'bob remote bye']);
  });

  it('carries the answer to a delayed offer', () => {
    const { dial, advance, incoming } = pair((call) => call.answer({ body: 'v=0\r\ns=offer\r\n' }));
    const late = dial({ body: '' });
    late.on('answered', () => (late.ackBody = 'v=0\r\ns=answer\r\n'));
    let body = '';
    advance(10);
    incoming[0]?.on('acked', (ack) => (body = Buffer.from(ack.body).toString()));
    advance();
    expect(body).toBe('v=0\r\ns=answer\r\n');
  });

  it('goes out even when a listener throws', () => {
    const problems: string[] = [];
    const network = new MemoryNetwork();
    const alice = network.stack(5070, { onProblem: (problem) => problems.push(problem.problem) });
    network.stack(5060).handle({ invite: (call) => call.answer() });
    alice.call({ uri: 'sip:127.0.0.1:5060', headers: [] }).on('answered', () => {
      throw new Error('a bug of ours');
    });
    network.clock.advance(100);
    expect(network.ladder.at(-1)).toBe('5070>5060 ACK');
    expect(problems[0]).toContain('a bug of ours');
  });
});

describe('loss', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('does not fail calls (seed %i, every third datagram lost)', (seed) => {
    const { network, dial, advance, endings, alice, bob } = pair((call) => {
      call.provisional(180);
      call.answer({ body: SDP });
    });
    let state = seed;
    network.lose = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % 3 === 0;
    const calls = Array.from({ length: 20 }, () => dial());
    advance(20_000);
    for (const call of calls) call.hangup();
    advance(70_000);
    expect(endings.filter((line) => line === 'alice local bye')).toHaveLength(20);
    expect(endings).toHaveLength(40);
    expect([alice.counters.calls, bob.counters.calls, bob.counters.serverTransactions]).toEqual([0, 0, 0]);
  });
});

describe('an impaired network', () => {
  it('may deliver everything twice', () => {
    const network = new MemoryNetwork();
    const alice = network.stack(5070, { impair: () => 'duplicate' });
    const bob = network.stack(5060, { impair: () => 'duplicate' });
    const calls: IncomingCall[] = [];
    bob.handle({
      invite(call) {
        calls.push(call);
        call.answer({ body: SDP });
      },
    });
    const call = alice.call({ uri: 'sip:bob@127.0.0.1:5060', headers: [], body: SDP });
    network.clock.advance(100);
    call.hangup();
    network.clock.advance(40_000);
    expect(calls.map(({ state }) => state)).toEqual(['ended']);
    expect(network.ladder.filter((line) => line.includes('482'))).toEqual([]);
    expect([alice.counters.calls, bob.counters.calls]).toEqual([0, 0]);
  });

  it('may hold messages back until their transactions are gone', () => {
    const problems: string[] = [];
    const network = new MemoryNetwork();
    const alice = network.stack(5070, {
      impair: ({ direction }) => (direction === 'in' ? { delayMs: 40_000 } : 'pass'),
      onProblem: ({ problem }) => problems.push(problem),
    });
    network.stack(5060).handle({ invite: (call) => call.reject(486) });
    alice.call({ uri: 'sip:bob@127.0.0.1:5060', headers: [] });
    network.clock.advance(200_000);
    expect(problems.filter((problem) => problem.includes('cannot happen'))).toEqual([]);
    expect(problems.some((problem) => problem.startsWith('dropped a response to no request of ours: 486'))).toBe(true);
  });

  it('may change bytes on the way out', () => {
    const network = new MemoryNetwork();
    const alice = network.stack(5070, { impair: ({ direction }) => (direction === 'out' ? { bytes: Buffer.from('garbage') } : 'pass') });
    network.stack(5060);
    void alice.request({ method: 'OPTIONS', uri: 'sip:127.0.0.1:5060' });
    network.clock.advance(10);
    expect(network.ladder).toEqual(['5070>5060 7 bytes']);
  });
});
