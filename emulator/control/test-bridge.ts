import { EventEmitter } from 'node:events';
import { realClock } from '../core/clock.ts';
import { Random } from '../core/random.ts';
import { AudioPipe, createMedia, type RtpEndpoint, toneSource } from '../telephony/media/index.ts';
import { createSipStack, formatAddress, type IncomingCall, type OutgoingCall } from '../telephony/sip/index.ts';

/** What it speaks: no voice's tone, and nothing that Talk plays. */
export const BRIDGE_HZ = 230;

/** The least that is a bridge: answers calls, speaks a tone, collects digits, transfers by bridging two calls. */
export interface TestBridge extends AsyncDisposable {
  /** Where the trunk finds it. */
  readonly uri: string;
  readonly digits: string[];
  readonly calls: IncomingCall[];
  readonly ended: EventEmitter<{ ended: [] }>;
  /** Calls the SIP-IN line for the caller that is on the phone, and joins the two. */
  transfer(alias: string, from: string, ticket: number): Promise<OutgoingCall>;
}

export async function testBridge({ host = '127.0.0.1' } = {}): Promise<TestBridge> {
  const random = new Random(7);
  const shared = { clock: realClock, random };
  const sip = await createSipStack({ ...shared, udp: { host, port: 0 } });
  const media = createMedia({ ...shared, host, party: 'bridge' });
  const digits: string[] = [];
  const calls: IncomingCall[] = [];
  const ended = new EventEmitter<{ ended: [] }>();
  let caller: RtpEndpoint | undefined;
  sip.handle({
    async invite(call) {
      calls.push(call);
      call.provisional(180);
      const endpoint = await media.open();
      caller = endpoint;
      endpoint.source = toneSource(BRIDGE_HZ);
      endpoint.on('digit', (digit) => digits.push(digit));
      call.on('ended', () => {
        endpoint.close();
        ended.emit('ended');
      });
      call.answer({ body: endpoint.answer(call.request.body) });
    },
  });
  return {
    uri: `sip:${formatAddress(sip.addresses.udp)}`,
    digits,
    calls,
    ended,
    async transfer(alias, from, ticket) {
      const endpoint = await media.open();
      const call = sip.call({
        uri: alias,
        headers: [
          ['From', `<sip:${from}@bridge.example>`],
          ['X-Zendesk-Ticket-Id', String(ticket)],
        ],
        body: endpoint.offer(),
      });
      call.on('answered', (response) => {
        endpoint.accept(response.body);
        if (caller) join(caller, endpoint);
      });
      call.on('ended', () => endpoint.close());
      return call;
    },
    async [Symbol.asyncDispose]() {
      await sip.close();
      await media.close();
    },
  };
}

/** Each hears what arrives at the other. */
function join(a: RtpEndpoint, b: RtpEndpoint): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const pipe = new AudioPipe();
    from.sinks.add(pipe);
    to.source = pipe;
  }
}
