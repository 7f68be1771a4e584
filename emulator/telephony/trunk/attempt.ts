import type { Timer } from '../../core/clock.ts';
import { type RtpEndpoint, twilioShape } from '../media/index.ts';
import { hostsOf } from '../peer-hosts.ts';
import { causeOfReason, type Leg, openLeg, type PstnArrival, type PstnCause, reasonHeader } from '../pstn/index.ts';
import type { CallEnded, HeaderList, OutgoingCall, SipResponse } from '../sip/index.ts';
import { addressesOf } from '../udp-lookup.ts';
import type { OriginationUri, Trunk } from './entities.ts';
import { type AttemptFailure, causeOfFailure } from './failover.ts';
import { answerRequest } from './in-dialog.ts';
import { buildInvite, type Invite, TRUNK_ACK_USER_AGENT, TRUNK_USER_AGENT } from './invite.ts';
import type { TrunkWorld } from './rooms.ts';

/** What the call through the trunk hears of its attempt at one origination URI. */
export interface AttemptListener {
  /** The INVITE is about to leave. */
  sent(invite: Invite): void;
  ringing(): void;
  /** A provisional response other than 180. */
  progress(): void;
  /** The bridge's audio is heard before it answers. */
  earlyMedia(): void;
  answered(endpoint: RtpEndpoint): void;
  /** The bridge hung up. */
  hungUp(cause: PstnCause): void;
  /** No answer came of it; or, after the answer, the bridge is not there any more. */
  failed(failure: AttemptFailure): void;
}

export interface AttemptOptions {
  readonly rooms: TrunkWorld;
  readonly trunk: Trunk;
  readonly arrival: PstnArrival;
  readonly origination: OriginationUri;
  readonly callSid: string;
  readonly listener: AttemptListener;
}

/**
 * One INVITE to one origination URI, with its media. After `hungUp`, `failed` or `release` nothing is left of it but what SIP
 * still has to say to the bridge.
 */
export class Attempt {
  readonly #o: AttemptOptions;
  readonly #leg: Leg;
  #endpoint: RtpEndpoint | undefined;
  #call: OutgoingCall | undefined;
  #firstResponse: Timer | undefined;
  #described = false;
  #over = false;

  constructor(options: AttemptOptions) {
    this.#o = options;
    const { rooms, arrival, origination } = options;
    this.#leg = openLeg(rooms.core, arrival.journey, { kind: 'trunk', party: origination.sipUrl });
  }

  /** Opens the media and sends the INVITE. Never rejects: failures reach the listener. */
  async start(): Promise<void> {
    try {
      const invite = this.#build();
      const { rooms, trunk } = this.#o;
      const options = { party: 'trunk', shape: twilioShape, symmetric: trunk.symmetricRtpEnabled };
      const endpoint = await rooms.media.open(`call-id:${invite.callId}`, options);
      if (this.#over) return endpoint.close();
      this.#endpoint = endpoint;
      this.#o.listener.sent(invite);
      this.#invite(invite, endpoint.offer());
    } catch (error) {
      this.#problem('the trunk cannot place the call', error);
      this.#fail({ reason: 'transport' });
    }
  }

  /** The caller is gone, or the bridge takes too long: CANCEL or BYE, whichever fits. */
  release(by: string, cause: PstnCause): void {
    if (!this.#finish(by, cause)) return;
    const call = this.#call;
    const reason = call?.state === 'answered' || call?.state === 'established' ? { reason: reasonHeader(cause) } : {};
    call?.hangup({ headers: this.#headers(TRUNK_USER_AGENT), ...reason });
  }

  #build(): Invite {
    const { rooms, trunk, arrival, origination, callSid } = this.#o;
    const invite = buildInvite({
      random: rooms.random,
      trunk,
      presentation: arrival.presentation,
      carrier: arrival.carrier,
      callSid,
      sipUrl: origination.sipUrl,
      edge: rooms.sip.advertised,
    });
    rooms.core.journal.bind(`call-id:${invite.callId}`, arrival.journey, arrival.account);
    this.#leg.carriedBy(invite.callId);
    return invite;
  }

  #invite(invite: Invite, offer: string): void {
    const { rooms, trunk } = this.#o;
    const ackHeaders = this.#headers(TRUNK_ACK_USER_AGENT);
    const call = rooms.sip.call({ uri: invite.uri, headers: invite.headers, body: offer, ackHeaders });
    this.#call = call;
    void this.#called(call.remote.host);
    this.#firstResponse = rooms.core.clock.setTimeout(() => this.#tooLate(), trunk.firstResponseMs);
    call.on('provisional', (response) => this.#provisional(response));
    call.on('answered', (response) => this.#answered(response));
    call.on('request', (request) => {
      const unusable = (): void => this.#unusable(200);
      if (this.#endpoint) answerRequest({ request, endpoint: this.#endpoint, transferMode: trunk.transferMode, unusable });
    });
    call.on('ended', (ended) => this.#ended(ended));
  }

  /** Notes where the bridge is called: by that, among others, a call that it sends is known to be its. */
  async #called(host: string): Promise<void> {
    this.#leg.seenAt({ calledAt: host });
    const resolvedTo = await addressesOf(host);
    if (resolvedTo.length > 0) this.#leg.seenAt({ resolvedTo });
  }

  /** Notes where the bridge answers from, and where it says that it is. */
  #heardFrom(response: SipResponse): void {
    if (this.#call?.responder) this.#leg.seenAt(hostsOf(response, this.#call.responder.host));
  }

  /** What every request after the INVITE carries. */
  #headers(userAgent: string): HeaderList {
    return [
      ['User-Agent', userAgent],
      ['X-Twilio-CallSid', this.#o.callSid],
    ];
  }

  #provisional(response: SipResponse): void {
    if (this.#over) return;
    this.#firstResponse?.clear();
    this.#heardFrom(response);
    if (response.status === 100) return this.#o.listener.progress();
    const { listener, arrival } = this.#o;
    if (response.status === 180) {
      this.#leg.ring();
      listener.ringing();
    } else {
      listener.progress();
    }
    if (response.body.length === 0 || !this.#describe(response)) return;
    this.#endpoint?.sinks.add(arrival.audio.sink);
    listener.earlyMedia();
  }

  #answered(response: SipResponse): void {
    if (this.#over) return;
    this.#firstResponse?.clear();
    this.#heardFrom(response);
    const endpoint = this.#endpoint;
    const usable = response.body.length > 0 ? this.#describe(response) : this.#described;
    if (!usable || !endpoint) return this.#unusable(response.status);
    const { audio } = this.#o.arrival;
    endpoint.source = audio.source;
    endpoint.sinks.add(audio.sink);
    this.#leg.answer();
    this.#o.listener.answered(endpoint);
  }

  /** Takes the bridge's session description; false when there is nothing to speak in it. */
  #describe(response: SipResponse): boolean {
    try {
      this.#endpoint?.accept(response.body);
      this.#described = true;
      return true;
    } catch (error) {
      this.#problem("the bridge's session description cannot be used", error);
      return false;
    }
  }

  #ended(ended: CallEnded): void {
    if (this.#over) return;
    if (ended.cause === 'bye') {
      const cause = causeOfReason(ended.request?.headers.get('Reason')) ?? 'normal';
      if (this.#finish('bridge', cause)) this.#o.listener.hungUp(cause);
      return;
    }
    this.#fail(failureOf(ended));
  }

  /** The bridge answered with nothing that can be spoken. */
  #unusable(status: number): void {
    if (this.#over) return;
    this.release('trunk', 'incompatible-destination');
    this.#o.listener.failed({ reason: 'unusable-answer', status });
  }

  #tooLate(): void {
    this.release('trunk', 'timer-expiry');
    this.#o.listener.failed({ reason: 'timeout' });
  }

  #fail(failure: AttemptFailure): void {
    if (this.#finish(failure.reason === 'refused' ? 'bridge' : 'trunk', causeOfFailure(failure))) this.#o.listener.failed(failure);
  }

  #problem(what: string, error: unknown): void {
    const { rooms, arrival } = this.#o;
    const label = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    rooms.core.journal.append({ kind: 'call.problem', from: 'trunk', account: arrival.account, journey: arrival.journey, label });
  }

  /** Lets go of timer, media and leg; false when that was done before. */
  #finish(by: string, cause: string): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#firstResponse?.clear();
    this.#endpoint?.close();
    this.#leg.end(by, cause);
    return true;
  }
}

function failureOf(ended: CallEnded): AttemptFailure {
  if (ended.cause === 'timeout' || ended.cause === 'no-ack') return { reason: 'timeout' };
  if (ended.status === undefined || ended.cause !== 'rejected') return { reason: 'transport' };
  const cause = causeOfReason(ended.response?.headers.get('Reason'));
  return { reason: 'refused', status: ended.status, ...(cause === undefined ? {} : { cause }) };
}
