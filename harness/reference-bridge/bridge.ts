import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  anySeed,
  createMedia,
  createSipStack,
  type IncomingCall,
  type Media,
  NotAcceptable,
  Random,
  realClock,
  type SipStack,
  toneSource,
} from 'ringback/sip';
import { callerOf, dialledNumber, toE164 } from './caller-number.ts';
import type { BridgeConfig } from './config.ts';
import { byLastTenDigits, Correlator, exactly } from './correlator.ts';
import { OrderlyCorrelator } from './orderly-correlator.ts';
import { contactOf } from './enrichment.ts';
import { Session } from './session.ts';
import { startTransfer } from './transfer.ts';
import { closeServer, createWebServer, WEBHOOK_PATH, type ZendeskEvent } from './web-server.ts';
import { ZendeskClient } from './zendesk-client.ts';

/** The key that asks for a human, and the one that makes the bridge hang up. */
const KEY_HUMAN = '0';
const KEY_GOODBYE = '9';

/** How many ended sessions the read-out still shows. */
const KEPT_ENDED = 50;

/** A complete small bridge: answers calls of the trunk, finds their Zendesk ticket, enriches, and transfers to SIP-IN. */
export class Bridge {
  readonly config: BridgeConfig;
  webhookSecret = '';
  readonly #zendesk: ZendeskClient;
  #correlator: Pick<Correlator<Session>, 'callArrived' | 'ticketArrived'>;
  readonly #random = new Random(anySeed());
  readonly #sessions: Session[] = [];
  readonly #log: (line: string) => void;
  readonly #stops: (() => Promise<void>)[] = [];
  #sip!: SipStack;
  #media!: Media;
  #url = '';

  constructor(config: BridgeConfig, log: (line: string) => void) {
    this.config = config;
    this.#log = log;
    this.#zendesk = new ZendeskClient(config);
    this.#correlator = this.#newCorrelator();
  }

  /** Opens the listeners and saves the connection. @throws Error when a port is taken or Zendesk refuses. */
  async start(): Promise<{ sip: string; http: string }> {
    const { host } = this.config.sip;
    this.#media = createMedia({ clock: realClock, random: this.#random.fork('media'), host });
    this.#stops.push(() => this.#media.close());
    this.#sip = await createSipStack({
      clock: realClock,
      random: this.#random.fork('sip'),
      udp: this.config.sip,
      userAgent: 'Ringback reference bridge',
    });
    this.#stops.push(() => this.#sip.close());
    this.#sip.handle({ invite: (call) => void this.#takeCall(call) });
    const server = createServer(createWebServer(this));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.config.http.port, this.config.http.host, resolve);
    });
    this.#stops.push(() => closeServer(server));
    this.#url = `http://${this.config.http.host}:${(server.address() as AddressInfo).port}`;
    await this.saveConnection();
    const { udp } = this.#sip.addresses;
    return { sip: `${udp.host}:${udp.port}`, http: this.#url };
  }

  async stop(): Promise<void> {
    for (const session of this.#sessions) session.call.hangup();
    for (const stop of this.#stops.splice(0).toReversed()) await stop();
  }

  /** Provisions the webhook; safe to repeat. */
  async saveConnection(): Promise<void> {
    const endpoint = (this.config.publicUrl ?? this.#url) + WEBHOOK_PATH;
    const alwaysCreate = this.config.defect === 'webhook-not-idempotent';
    this.webhookSecret = await this.#zendesk.saveWebhook(this.config.webhookName, endpoint, { alwaysCreate });
  }

  sessions(): Record<string, unknown>[] {
    return this.#sessions.map((session) => session.view());
  }

  /** Forgets every call that is over, and every ticket: what a test harness wants between two tests. */
  forget(): void {
    const live = this.#sessions.filter((session) => session.state !== 'ended');
    this.#sessions.splice(0, this.#sessions.length, ...live);
    this.#correlator = this.#newCorrelator();
  }

  /** Acts on `ticket.created` of an inbound call; everything else is none of this bridge's business. */
  async webhookReceived(event: ZendeskEvent): Promise<void> {
    const id = Number(event.detail.id);
    if (event.type !== 'zen:event-type:ticket.created' || event.detail.via?.channel !== 'phone_call_inbound' || !(id > 0)) return;
    try {
      const ticket = await this.#zendesk.ticket(id);
      const phone = toE164(ticket.via.source.from?.phone ?? '', this.config.homeCountry);
      if (phone === undefined) return;
      const requesterId = ticket.requester_id;
      const createdAt = Date.parse(ticket.created_at);
      const session = this.#correlator.ticketArrived({ id, phone, requesterId, createdAt, seenAt: realClock.now() });
      if (session) await this.#linked(session, requesterId);
    } catch (error) {
      this.#log(`ticket ${id}: ${describe(error)}`);
    }
  }

  async #takeCall(call: IncomingCall): Promise<void> {
    try {
      await this.#callArrived(call);
    } catch (error) {
      this.#log(`call ${call.id}: ${describe(error)}`);
      call.hangup();
    }
  }

  async #callArrived(call: IncomingCall): Promise<void> {
    const { homeCountry, toneHz, answerAfterMs } = this.config;
    call.provisional(180);
    const media = await this.#media.open('caller');
    if (call.state === 'ended') {
      media.close();
      return;
    }
    let answer: string;
    try {
      answer = media.answer(call.request.body);
    } catch (error) {
      media.close();
      call.reject(error instanceof NotAcceptable ? 488 : 500);
      return;
    }
    const session = new Session({
      id: this.#random.uuid(),
      call,
      media,
      caller: callerOf(call.request, homeCountry),
      dialled: dialledNumber(call.request, homeCountry),
      startedAt: realClock.now(),
    });
    this.#keep(session);
    media.source = toneSource(toneHz);
    media.on('digit', (digit) => this.#digit(session, digit));
    const pickUp = (): void => {
      session.state = 'talking';
      call.answer({ body: answer });
    };
    const ringing = answerAfterMs > 0 ? realClock.setTimeout(pickUp, answerAfterMs) : undefined;
    call.on('ended', () => {
      ringing?.clear();
      session.end(realClock.now());
    });
    if (!ringing) pickUp();
    const ticket = this.#correlator.callArrived(session, realClock.now());
    if (ticket) await this.#linked(session, ticket.requesterId);
  }

  /** The session has its ticket: fetch who calls. Never throws. */
  async #linked(session: Session, requesterId: number): Promise<void> {
    const byPhone = this.config.defect === 'search-users-by-phone' && session.caller !== undefined;
    try {
      const [found] = byPhone ? await this.#zendesk.searchUsersByPhone(session.caller as string) : [];
      session.contact = await contactOf(this.#zendesk, found ?? (await this.#zendesk.user(requesterId)));
    } catch (error) {
      // The ticket is known all the same, and the transfer can name it.
      this.#log(`requester ${requesterId}: ${describe(error)}`);
    }
    session.emit('ticket');
  }

  #digit(session: Session, digit: string): void {
    if (session.state !== 'talking') return;
    if (digit === KEY_GOODBYE) session.call.hangup();
    if (digit === KEY_HUMAN) void this.#transfer(session);
  }

  async #transfer(session: Session): Promise<void> {
    session.state = 'transferring';
    if (session.contact === undefined && session.caller !== undefined) await this.#ticketOrTimeout(session);
    if (session.call.state === 'ended') return;
    const outcome = (failure: string | undefined): void => {
      if (session.state === 'ended') return;
      session.transferFailure = failure;
      session.state = failure === undefined ? 'transferred' : 'talking';
      if (failure !== undefined) this.#log(`transfer of session ${session.id} failed: ${failure}`);
    };
    try {
      await startTransfer({ config: this.config, sip: this.#sip, media: this.#media }, session, outcome);
    } catch (error) {
      outcome(describe(error));
    }
  }

  /** A ticket that is about to come is worth a short wait; a transfer without it makes a second ticket. */
  #ticketOrTimeout(session: Session): Promise<void> {
    return new Promise((resolve) => {
      const timer = realClock.setTimeout(done, this.config.ticketWaitMs);
      function done(): void {
        timer.clear();
        session.off('ticket', done).off('ended', done);
        resolve();
      }
      session.once('ticket', done).once('ended', done);
    });
  }

  #newCorrelator(): Pick<Correlator<Session>, 'callArrived' | 'ticketArrived'> {
    if (this.config.defect === 'webhooks-in-order') return new OrderlyCorrelator();
    return new Correlator(this.config.defect === 'last-10-digits' ? byLastTenDigits : exactly);
  }

  #keep(session: Session): void {
    this.#sessions.push(session);
    session.once('ended', () => {
      const ended = this.#sessions.filter(({ state }) => state === 'ended');
      for (const old of ended.slice(0, -KEPT_ENDED)) this.#sessions.splice(this.#sessions.indexOf(old), 1);
    });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
