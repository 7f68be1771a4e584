import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '../../core/clock.ts';
import { Random } from '../../core/random.ts';
import type { CallEnded } from './call-types.ts';
import { createSipStack } from './stack.ts';
import type { SipTraffic } from './transport/traffic.ts';
import type { SipStack, SipStackOptions } from './types.ts';

const open: SipStack[] = [];

async function stackOn(options: Partial<SipStackOptions> = {}): Promise<SipStack> {
  const stack = await createSipStack({
    clock: realClock,
    random: new Random(open.length + 1),
    udp: { host: '127.0.0.1', port: 0 },
    ...options,
  });
  open.push(stack);
  return stack;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((stack) => stack.close()));
});

const uriOf = (stack: SipStack) => `sip:${stack.addresses.udp.host}:${stack.addresses.udp.port}`;

describe('the stack over UDP', () => {
  it('carries a call up and down between two sockets', async () => {
    const [alice, bob] = [await stackOn(), await stackOn()];
    const ended = new Promise<CallEnded>((resolve) => {
      bob.handle({
        invite(call) {
          call.provisional(180);
          call.answer({ body: 'v=0\r\n' });
          call.on('ended', resolve);
        },
      });
    });
    const call = alice.call({ uri: uriOf(bob), headers: [], body: 'v=0\r\n' });
    const [answer] = await once(call, 'answered');
    expect(answer).toMatchObject({ status: 200 });
    call.hangup();
    expect(await ended).toMatchObject({ by: 'remote', cause: 'bye' });
  });

  it('serves a peer of the same stack', async () => {
    const stack = await stackOn();
    stack.handle({ invite: (call) => call.answer() });
    const call = stack.call({ uri: uriOf(stack), headers: [] });
    await once(call, 'answered');
    expect(stack.counters.calls).toBe(2);
  });

  it('answers OPTIONS and gives up on nobody with 408 or 503', async () => {
    const [alice, bob] = [await stackOn({ timers: { t1: 5 } }), await stackOn()];
    expect((await alice.request({ method: 'OPTIONS', uri: uriOf(bob) })).status).toBe(200);
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address();
    expect((await alice.request({ method: 'OPTIONS', uri: `sip:127.0.0.1:${port}` })).status).toBe(408);
    silent.close();
    expect((await alice.request({ method: 'OPTIONS', uri: 'sip:no-such-host.invalid' })).status).toBe(503);
    expect((await alice.request({ method: 'OPTIONS', uri: 'tel:+1' })).status).toBe(503);
    await expect(alice.request({ method: 'INVITE', uri: uriOf(bob) })).rejects.toThrow('use call()');
  });

  it('shows every message to the tap', async () => {
    const seen: string[] = [];
    const tap = (traffic: SipTraffic) => {
      const what = traffic.message.kind === 'request' ? traffic.message.method : traffic.message.status;
      seen.push(`${traffic.direction} ${what} ${traffic.initiator}`);
    };
    const [alice, bob] = [await stackOn(), await stackOn({ onMessage: tap })];
    bob.handle({ invite: (call) => call.answer() });
    const call = alice.call({ uri: uriOf(bob), headers: [] });
    await once(call, 'answered');
    await alice.close();
    expect(seen).toEqual(['in INVITE remote', 'out 200 remote', 'in ACK remote', 'in BYE remote', 'out 200 remote']);
  });

  it('sends raw bytes as they are', async () => {
    const stack = await stackOn();
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const bytes = Buffer.from('INVITE \0 nonsense\r\nFrom : x\r\n');
    stack.sendRaw(bytes, { host: '127.0.0.1', port: socket.address().port });
    const [received] = (await once(socket, 'message')) as [Buffer];
    expect(received.equals(bytes)).toBe(true);
    socket.close();
  });

  it('says what to do when the port is taken', async () => {
    const first = await stackOn();
    await expect(stackOn({ udp: first.addresses.udp })).rejects.toThrow(
      /cannot listen for SIP on udp 127\.0\.0\.1:\d+: .*EADDRINUSE.*choose another/,
    );
  });

  it('advertises what it is told to', async () => {
    const seen: SipTraffic[] = [];
    const [alice, bob] = [
      await stackOn({ advertise: { host: '127.0.0.1', port: 6 }, onMessage: (traffic) => seen.push(traffic) }),
      await stackOn(),
    ];
    await alice.request({ method: 'OPTIONS', uri: uriOf(bob) });
    expect(seen[0]?.message.headers.get('Via')).toContain('127.0.0.1:6;');
    expect(alice.advertised).toEqual({ host: '127.0.0.1', port: 6 });
    expect(bob.advertised).toEqual(bob.addresses.udp);
  });

  it('hangs everything up when it closes, and refuses new work', async () => {
    const [alice, bob] = [await stackOn(), await stackOn()];
    const endings: CallEnded[] = [];
    bob.handle({ invite: (call) => call.on('ended', (ended) => endings.push(ended)).answer() });
    const call = alice.call({ uri: uriOf(bob), headers: [] });
    await once(call, 'answered');
    await alice.close();
    expect(endings).toMatchObject([{ by: 'remote', cause: 'bye' }]);
    expect(call.state).toBe('ended');
    expect(() => alice.call({ uri: uriOf(bob), headers: [] })).toThrow('is closed');
    await alice.close();
  });

  it('suffers what the network is told to do', async () => {
    let sent = 0;
    const [alice, bob] = [
      await stackOn({ timers: { t1: 20 }, impair: (traffic) => (traffic.direction === 'out' && sent++ === 0 ? 'drop' : 'pass') }),
      await stackOn({ impair: ({ direction }) => (direction === 'out' ? 'duplicate' : { delayMs: 1 }) }),
    ];
    bob.handle({ invite: (call) => call.answer() });
    const call = alice.call({ uri: uriOf(bob), headers: [] });
    await once(call, 'answered');
    expect(alice.counters.sentAgain).toBeGreaterThan(0);
  });
});
