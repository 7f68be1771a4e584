import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import { createCore, type Core } from '../../../core/core.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import type { Journey } from '../../../core/journeys.ts';
import { createMedia, type Media, type RtpEndpoint, toneSource, Voices } from '../../media/index.ts';
import { createPstn, dialCaller, type DialCallerOptions, type DialledCaller, type PstnNetwork } from '../../pstn/index.ts';
import {
  createSipStack,
  type IncomingCall,
  type SipMessage,
  type SipRequest,
  type SipStack,
  type SipStackOptions,
  type SipTimers,
} from '../../sip/index.ts';
import type { TrunkDraft } from '../entities.ts';
import type { TrunkFacts } from '../trunk-facts.ts';
import { createTrunks, type Trunks } from '../trunks.ts';

export const DID = '+14155550199';
const LOOPBACK = '127.0.0.1';

/** A bridge of a few lines: one SIP listener, what it received, and what it does with a call. */
export interface TestBridge {
  readonly sip: SipStack;
  readonly uri: string;
  readonly received: SipMessage[];
  readonly calls: IncomingCall[];
  /** Endpoint of the call that `talk` answered last. */
  endpoint: RtpEndpoint | undefined;
  /** Answers with audio: a tone that nobody else has. */
  talk(call: IncomingCall): Promise<RtpEndpoint>;
  next(): Promise<IncomingCall>;
  /** The requests with that method, once there is one. */
  got(method: string): Promise<SipRequest[]>;
}

/** A telephone network, a trunk and bridges, on real sockets of the loopback. For tests of this room. */
export interface TestWorld {
  readonly core: Core;
  readonly sip: SipStack;
  readonly media: Media;
  readonly pstn: PstnNetwork;
  readonly trunks: Trunks;
  readonly voices: Voices;
  bridge(take?: (call: IncomingCall, bridge: TestBridge) => void): Promise<TestBridge>;
  trunk(bridges: readonly (TestBridge | string)[], draft?: Partial<TrunkDraft>): void;
  dial(o?: Partial<DialCallerOptions>): DialledCaller;
  facts(journey: Journey): TrunkFacts;
  entry(kind: string, matches?: (entry: JournalEntry) => boolean): Promise<JournalEntry>;
  /** What the network does to the trunk's SIP messages. */
  impair: NonNullable<SipStackOptions['impair']>;
  /** @throws Error naming what calls have left behind. */
  close(): Promise<void>;
}

const text = (body: Uint8Array): string => Buffer.from(body).toString();

export async function testWorld(timers: Partial<SipTimers> = {}, advertise?: SipStackOptions['advertise']): Promise<TestWorld> {
  const core = createCore({ seed: 5 });
  const { clock } = core;
  const sip = await createSipStack({
    clock,
    random: core.random.fork('sip'),
    udp: { host: LOOPBACK, port: 0 },
    timers,
    ...(advertise === undefined ? {} : { advertise }),
    impair: (traffic) => world.impair(traffic),
  });
  const media = createMedia({ clock, random: core.random.fork('media'), host: LOOPBACK });
  const pstn = createPstn({ core });
  const voices = new Voices({ clock });
  const trunks = createTrunks({ core, sip, media, pstn });
  const stacks = [sip];
  const world: TestWorld = {
    core,
    sip,
    media,
    pstn,
    trunks,
    voices,
    async bridge(take = (call, bridge) => void bridge.talk(call)) {
      const received: SipMessage[] = [];
      const calls: IncomingCall[] = [];
      const waiting: ((call: IncomingCall) => void)[] = [];
      const arrivals = new EventEmitter<{ message: [] }>();
      const having = (method: string): SipRequest[] =>
        received.filter((message): message is SipRequest => message.kind === 'request' && message.method === method);
      const stack = await createSipStack({
        clock,
        random: core.random.fork(`bridge ${stacks.length}`),
        udp: { host: LOOPBACK, port: 0 },
        onMessage({ direction, message, retransmission }) {
          if (direction === 'out' || retransmission) return;
          received.push(message);
          queueMicrotask(() => arrivals.emit('message'));
        },
      });
      stacks.push(stack);
      const bridge: TestBridge = {
        sip: stack,
        uri: `sip:${LOOPBACK}:${stack.addresses.udp.port}`,
        received,
        calls,
        endpoint: undefined,
        async talk(call) {
          const endpoint = await media.open('bridge');
          call.on('ended', () => endpoint.close());
          bridge.endpoint = endpoint;
          endpoint.source = toneSource(1370);
          call.answer({ body: endpoint.answer(text(call.request.body)) });
          return endpoint;
        },
        next: () => new Promise((resolve) => waiting.push(resolve)),
        async got(method) {
          while (having(method).length === 0) await next(arrivals, 'message');
          return having(method);
        },
      };
      stack.handle({
        invite(call) {
          calls.push(call);
          take(call, bridge);
          waiting.shift()?.(call);
        },
      });
      return bridge;
    },
    trunk(bridges, draft = {}) {
      const originationUris = bridges.map((bridge, index) => ({
        sipUrl: typeof bridge === 'string' ? bridge : bridge.uri,
        priority: index,
      }));
      trunks.add('acme', { number: DID, originationUris, ...draft });
    },
    dial: (o = {}) => dialCaller({ core, pstn, voices }, { account: 'acme', from: '+14155550100', to: DID, ...o }),
    facts: (journey) => journey.facts['trunk'] as TrunkFacts,
    entry: (kind, matches = () => true) => core.journal.waitFor(kind, (entry) => entry.kind === kind && matches(entry), 4000),
    impair: () => 'pass',
    async close() {
      await vi.waitFor(
        () => {
          const left = [pstn.calls('acme').length, voices.list('acme').length, sip.counters.calls];
          if (left.some((count) => count > 0)) throw new Error(`left behind: calls ${left[0]}, voices ${left[1]}, SIP calls ${left[2]}`);
        },
        { timeout: 3000, interval: 5 },
      );
      await Promise.all(stacks.map((stack) => stack.close()));
      await media.close();
      core.close();
    },
  };
  return world;
}

/** Resolves with the arguments of the next such event. */
export function next<Args extends unknown[]>(
  emitter: { once(event: string, listener: (...args: Args) => void): unknown },
  event: string,
): Promise<Args> {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}
