import { Turns } from '../../../core/turns.ts';
import type { Media, RtpEndpoint } from '../../../telephony/media/index.ts';
import { NoPortLeft, NotAcceptable, twilioShape } from '../../../telephony/media/index.ts';
import { carrierProfile, presentationOf } from '../../../telephony/pstn/index.ts';
import { warning } from '../../../telephony/renegotiate.ts';
import { type IncomingCall, type IncomingRequest, parseUri, type SipProblemData, type SipUri } from '../../../telephony/sip/index.ts';
import { linkTicket } from '../../support/index.ts';
import { arrive } from '../calls/arrive.ts';
import { pressed } from '../calls/flow.ts';
import type { LiveCall } from '../calls/live-call.ts';
import type { TalkRooms } from '../calls/rooms.ts';
import type { JourneyJoiner } from '../journeys/join.ts';
import { refused, type Rejection, rejectionOf, scriptedRejection } from './admission.ts';
import { bindTicket, DIAGNOSTIC_TEXT } from './bind.ts';
import { trackBinding } from './binding-facts.ts';
import { takeRequest } from './in-dialog.ts';
import { endLeg, type Invitation } from './invitation.ts';
import { sessionAnswer, takeLateAnswer } from './media-session.ts';
import { readInvitation } from './read-invitation.ts';
import { type Resolution, resolveLine, sipDomain } from './resolve.ts';
import { ALLOW, refusalOf } from './responses.ts';
import { SipInSide } from './side.ts';

/** What a Request-URI that finds no line is told. */
const UNFOUND: Readonly<Record<Exclude<Resolution['found'], 'line' | 'nothing'>, (uri: SipUri) => string>> = {
  unknown_host: ({ host }) => `no SIP-IN line has the host ${host}`,
  unknown_user: ({ host, user = '' }) => `no SIP-IN line of ${host} has the user "${user}"`,
  unknown_alias: ({ user = '' }) => `"${user}" is the alias of no SIP-IN line; the line's own URI always works`,
};

/** Connects SIP to Talk: finds the line, lets the call in or turns it down, and carries what happens to it both ways. */
export class SipIn {
  readonly #rooms: TalkRooms;
  readonly #joiner: JourneyJoiner;
  readonly #media: Pick<Media, 'open'>;
  readonly #isOwnHost: (host: string) => boolean;
  /**
   * What a new call and a BYE bring about takes longest of all. It is done in the order of their coming, while the stack reads on
   * and answers 100 and BYE's 200: no peer repeats itself because others are busy here.
   */
  readonly #turns: Turns;

  constructor(o: { rooms: TalkRooms; joiner: JourneyJoiner; media: Pick<Media, 'open'>; isOwnHost: (host: string) => boolean }) {
    this.#isOwnHost = o.isOwnHost;
    this.#rooms = o.rooms;
    this.#joiner = o.joiner;
    this.#media = o.media;
    this.#turns = new Turns((error) => this.#journalProblem(error));
  }

  /** True when the INVITE is for SIP-IN, and is being answered. */
  handleInvite(call: IncomingCall): boolean {
    const uri = parseUri(call.request.uri);
    if (!uri || uri.scheme === 'tel') return false;
    const resolution = resolveLine(this.#rooms.lines, uri, this.#isOwnHost);
    if (resolution.found === 'nothing') return false;
    if (resolution.found !== 'line') {
      const rejection = { status: 404, because: UNFOUND[resolution.found](uri), headers: [] };
      this.#journalRejection(call, rejection, resolution.found === 'unknown_user' ? resolution.account : null);
      call.reject(404);
      return true;
    }
    const { core, settings } = this.#rooms;
    const invitation = readInvitation({ core, joiner: this.#joiner }, { ...resolution, call, uri });
    call.on('ended', (ended) => {
      if (ended.by === 'local') invitation.end(ended);
      else this.#turns.add(() => invitation.end(ended));
    });
    const rejection = rejectionOf(invitation, settings.get(resolution.account)) ?? scriptedRejection(core, invitation);
    if (rejection) {
      this.#reject(invitation, rejection);
      return true;
    }
    this.#turns.add(() => {
      // One that was cancelled meanwhile takes no port, and is not refused once more when none is left.
      if (call.state !== 'ended') void this.#letIn(invitation);
    });
    return true;
  }

  /** True when the request outside any call was for SIP-IN. OPTIONS is left to the stack (200). */
  handleRequest(incoming: IncomingRequest): boolean {
    const uri = parseUri(incoming.request.uri);
    if (incoming.request.method !== 'REGISTER' || !uri || uri.scheme === 'tel') return false;
    const [first] = this.#rooms.lines.ofHost(sipDomain(uri));
    if (!first) return false;
    incoming.respond(refusalOf('register', first.line).status, { headers: [ALLOW] });
    return true;
  }

  async #letIn(invitation: Invitation): Promise<void> {
    const { call } = invitation;
    let endpoint: RtpEndpoint | undefined;
    try {
      endpoint = await this.#media.open(invitation.thread, { party: 'talk', shape: twilioShape });
      if (call.state === 'ended') endpoint.close();
      else if (this.#rooms.core.journeys.get(invitation.joined.journey.id)) this.#take(invitation, endpoint);
      else {
        // The account was reset, or removed, meanwhile.
        endpoint.close();
        call.reject(503);
      }
    } catch (error) {
      endpoint?.close();
      if (error instanceof NotAcceptable) {
        const refusal = refused('no_codec', invitation.line, `: ${error.message}`);
        this.#reject(invitation, { ...refusal, headers: [...refusal.headers, warning(error)] });
        return;
      }
      // The next call may find a port again (RFC 3261 21.5.4).
      const status = error instanceof NoPortLeft ? 503 : 500;
      this.#reject(invitation, { status, because: error instanceof Error ? error.message : String(error), headers: [] });
      call.hangup();
    }
  }

  #take(invitation: Invitation, endpoint: RtpEndpoint): void {
    const { account, line, call, caller, header, joined, facts, leg } = invitation;
    const { tickets, core } = this.#rooms;
    const session = sessionAnswer(endpoint, call.request);
    // Twilio rings as soon as the source is authenticated.
    call.provisional(180);
    leg.ring();
    if (session.late) takeLateAnswer(call, endpoint);
    const answer = (): void => {
      facts.status = 200;
      leg.answer();
      call.answer({ body: session.sdp, headers: [ALLOW] });
    };
    const side = new SipInSide({ call, endpoint, answerMode: line.answerMode, answer });
    let live: LiveCall | undefined = undefined;
    // Before the leg ends: by then the ticket and the voice comment are written.
    invitation.end = (ended) => {
      try {
        if (live) this.#rooms.steps.end(live, { by: ended.by === 'local' ? 'talk' : 'caller', cause: 'normal' });
      } finally {
        side.close();
        endLeg(invitation, ended);
      }
    };
    const onDigit = (digit: string): void => {
      if (live) pressed(this.#rooms, live, digit);
    };
    endpoint.on('digit', onDigit);
    call.on('request', (request) => takeRequest(request, { call, line, endpoint, onDigit }));
    const binding = bindTicket(tickets, { account, header, caller, linkedToLiveCall: (id) => this.#isLinked(account, id) });
    // One that was made elsewhere, by the bridge itself perhaps, belongs to the journey from now on.
    const bound = binding.ticket && tickets.get(account, binding.ticket.id);
    if (bound) linkTicket(core.journeys, joined.journey.id, bound);
    facts.diagnostics = binding.diagnostics;
    this.#journalDiagnostics(invitation);
    this.#joiner.matched(joined.journey);
    live = arrive(this.#rooms, {
      account,
      journey: joined.journey.id,
      line,
      caller,
      presentation: presentationOf({ number: caller.number }),
      carrier: carrierProfile('clean'),
      side,
      ticket: binding.ticket,
      onChange: trackBinding(this.#rooms, invitation, binding),
    });
  }

  /** Whether another call from a bridge is bound to the ticket now. */
  #isLinked(account: string, ticketId: number): boolean {
    for (const call of this.#rooms.live.get(account) ?? []) {
      if (call.line.type === 'sip' && call.ticket?.id === ticketId) return true;
    }
    return false;
  }

  #reject(invitation: Invitation, rejection: Rejection): void {
    const { call, facts, account } = invitation;
    Object.assign(facts, { status: rejection.status, state: 'rejected' });
    this.#journalRejection(call, rejection, account);
    const { status, headers, reason } = rejection;
    call.reject(status, { headers, ...(reason === undefined ? {} : { reason }) });
  }

  #journalRejection(call: IncomingCall, { status, because }: Rejection, account: string | null): void {
    this.#rooms.core.journal.append({
      kind: 'call.rejected',
      from: 'talk',
      to: 'bridge',
      account,
      thread: `call-id:${call.id}`,
      label: `SIP-IN turns the call down with ${status}: ${because}`,
      data: { status, because, uri: call.request.uri, remote: `${call.remote.host}:${call.remote.port}` },
    });
  }

  #journalProblem(error: unknown): void {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const data: SipProblemData = { problem, remote: '', raw: '' };
    this.#rooms.core.journal.append({ kind: 'sip.problem', from: 'ringback', label: problem.split('\n')[0] ?? problem, data });
  }

  #journalDiagnostics({ account, joined, thread, facts }: Invitation): void {
    for (const diagnostic of facts.diagnostics) {
      const label = DIAGNOSTIC_TEXT[diagnostic];
      const about = { account, journey: joined.journey.id, thread };
      this.#rooms.core.journal.append({ kind: 'call.diagnostic', from: 'talk', ...about, label, data: { diagnostic } });
    }
  }
}
