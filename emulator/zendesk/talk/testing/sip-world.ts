import { Random } from '../../../core/random.ts';
import { realClock } from '../../../core/clock.ts';
import { createMedia, type Media, type RtpEndpoint, type Voice } from '../../../telephony/media/index.ts';
import {
  type CallEnded,
  createSipJournal,
  createSipStack,
  formatAddress,
  type IncomingCall,
  type OutgoingCall,
  type SipResponse,
  type SipStack,
  type SipTraffic,
} from '../../../telephony/sip/index.ts';
import { createTrunks, type Trunks } from '../../../telephony/trunk/index.ts';
import type { Ticket, TicketDraft } from '../../support/index.ts';
import type { SipInFacts, SipInLineDraft, TalkSeed } from '../index.ts';
import { ACME, ADA, DID, TalkWorld } from './talk-world.ts';

export const SIP_HOST = 'acme.zendesk.sip.twilio.com';
export const BY_TALK = { userId: null, via: 'talk' } as const;

/** A seed with the SIP-IN line `support`, short greetings, and no voicemail. */
export function supportLine(line: Partial<SipInLineDraft> = {}, rest: Partial<TalkSeed> = {}): TalkSeed {
  return {
    greetings: { voicemailMs: 0, voicemailOffMs: 0 },
    ...rest,
    sipIn: [{ user: 'support', nickname: 'Support SIP', group: 'Support', voicemail: false, ...line }],
  };
}

/** What the bridge sends to the SIP-IN line. */
export interface TransferOptions {
  uri?: string;
  /** Value of From without tag. */
  from?: string;
  headers?: readonly (readonly [name: string, value: string])[];
  /** Instead of the endpoint's offer; empty for a late offer. */
  body?: string;
  /** The bridge's other address, from where it is sent. */
  by?: BridgeEnd;
}

export interface Transfer {
  readonly call: OutgoingCall;
  readonly endpoint: RtpEndpoint;
  /** Rejects with the final status when the call is refused. */
  readonly answered: Promise<SipResponse>;
  readonly ended: Promise<CallEnded>;
  /** Statuses of the provisional responses. */
  readonly provisional: number[];
}

/** Where a bridge has SIP and audio. */
export interface BridgeEnd {
  readonly sip: SipStack;
  readonly media: Media;
}

/** Talk in its rooms with SIP on loopback, and a bridge's stack and media on the other side. */
export class SipWorld extends TalkWorld {
  readonly sip: SipStack;
  readonly trunks: Trunks;
  readonly bridge: BridgeEnd & { readonly ear: Voice };
  readonly #elsewhere: BridgeEnd[] = [];

  static async open(seed: TalkSeed): Promise<SipWorld> {
    const taps: Taps = {};
    const sip = await stack(1, taps);
    const world = new SipWorld(seed, sip, await stack(2));
    const journal = createSipJournal(world.core);
    taps.onMessage = (traffic) => journal.tap(traffic);
    return world;
  }

  private constructor(seed: TalkSeed, sip: SipStack, bridge: SipStack) {
    super(seed);
    const { core, pstn, voices } = this;
    this.sip = sip;
    this.trunks = createTrunks({ core, sip: this.sip, media: this.media, pstn });
    this.sip.handle({
      invite: (call) => {
        if (!this.talk.handleInvite(call)) call.reject(404);
      },
      request: (request) => this.talk.handleRequest(request),
    });
    this.bridge = {
      sip: bridge,
      media: media('127.0.0.1'),
      ear: voices.create(ACME, 'bridge'),
    };
  }

  get sipInUri(): string {
    return `sip:support@${SIP_HOST}`;
  }

  /** The next call that the trunk sends to the bridge. */
  atBridge(): Promise<IncomingCall> {
    this.trunks.add(ACME, { number: DID, originationUris: [{ sipUrl: `sip:${formatAddress(this.bridge.sip.addresses.udp)}` }] });
    return new Promise((resolve) => {
      this.bridge.sip.handle({ invite: resolve });
    });
  }

  /** Another address of the bridge, or another bridge. */
  async bridgeAt(host: string): Promise<BridgeEnd> {
    const end = { sip: await stack(3 + this.#elsewhere.length, {}, host), media: media(host) };
    this.#elsewhere.push(end);
    return end;
  }

  async transfer(o: TransferOptions = {}): Promise<Transfer> {
    const { ear } = this.bridge;
    const { sip, media } = o.by ?? this.bridge;
    const endpoint = await media.open();
    endpoint.source = ear.port.source;
    endpoint.sinks.add(ear.port.sink);
    const call = sip.call({
      uri: o.uri ?? this.sipInUri,
      target: this.sip.addresses.udp,
      headers: [['From', o.from ?? `<sip:${ADA}@bridge.example>`], ...(o.headers ?? [])],
      body: o.body ?? endpoint.offer(),
    });
    const provisional: number[] = [];
    call.on('provisional', (response) => provisional.push(response.status));
    const ended = new Promise<CallEnded>((resolve) => {
      call.on('ended', resolve);
    });
    const answered = new Promise<SipResponse>((resolve, reject) => {
      call.on('answered', (response) => {
        if (o.body === undefined) endpoint.accept(response.body);
        resolve(response);
      });
      call.on('ended', ({ status }) => reject(new Error(`refused with ${status}`)));
    });
    answered.catch(() => undefined);
    return { call, endpoint, answered, ended, provisional };
  }

  /** `facts.sipIn` of the first journey that a call from the bridge joined. */
  async sipInFacts(): Promise<SipInFacts> {
    const joined = await this.entry('journey.joined');
    return this.core.journeys.get(joined.journey ?? '')?.facts['sipIn'] as SipInFacts;
  }

  /** A ticket as Talk itself would have made it for Ada, unless the draft says otherwise. */
  voiceTicket(draft: TicketDraft = {}): Ticket {
    const call = { subject: 'Call', description: 'Call', via_id: 34, requester: { name: 'Ada', phone: ADA } };
    return this.support.tickets.create(ACME, { ...call, ...draft }, BY_TALK).ticket;
  }

  override async close(): Promise<void> {
    this.talk.endAll(ACME);
    const ends = [this.bridge, ...this.#elsewhere];
    for (const { sip } of ends) await sip.close();
    await this.sip.close();
    for (const { media } of ends) await media.close();
    await super.close();
  }
}

interface Taps {
  onMessage?: (traffic: SipTraffic) => void;
}

function media(host: string): Media {
  return createMedia({ clock: realClock, random: new Random(3), host });
}

function stack(seed: number, taps: Taps = {}, host = '127.0.0.1'): Promise<SipStack> {
  return createSipStack({
    clock: realClock,
    random: new Random(seed),
    udp: { host, port: 0 },
    onMessage: (traffic) => taps.onMessage?.(traffic),
  });
}
