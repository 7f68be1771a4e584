import type { Timer } from '../../../core/clock.ts';
import { SipHeaders } from '../message/headers.ts';
import { parseCSeq } from '../message/cseq.ts';
import { NO_BODY, SIP_VERSION, type SipRequest, type SipResponse } from '../message/message.ts';
import { topVia } from '../message/via.ts';
import type { ClientListener, Route, TransactionContext } from './context.ts';
import { type InviteClientAction, type InviteClientEvent, inviteClientMachine, type InviteClientState } from './invite-client-machine.ts';
import { step } from './machine.ts';
import type { Address } from '../transport/address.ts';
import type { Sent } from '../transport/wire.ts';

/** Our INVITE (RFC 3261 17.1.1, RFC 6026). */
export class InviteClient {
  readonly route: Route;
  /** Where the latest response came from: not always where the INVITE went. */
  responder: Address | undefined;
  readonly #context: TransactionContext;
  readonly #terminated: () => void;
  #listener: ClientListener;
  #request: SipRequest | undefined;
  #sent: Sent | undefined;
  #ack: Sent | undefined;
  #state: InviteClientState = 'calling';
  #interval: number;
  #timerA: Timer | undefined;
  #timerB: Timer | undefined;
  #abandon: Timer | undefined;

  constructor(context: TransactionContext, request: SipRequest, route: Route, listener: ClientListener, terminated: () => void) {
    this.#context = context;
    this.route = route;
    this.#listener = listener;
    this.#terminated = terminated;
    this.#request = request;
    this.#interval = context.timers.t1;
  }

  get state(): InviteClientState {
    return this.#state;
  }

  /** Whether a final response came, so that another one is a repetition. */
  get isFinal(): boolean {
    return this.#state === 'completed' || this.#state === 'accepted';
  }

  start(): void {
    const { clock, timers, wire } = this.#context;
    this.#arm();
    this.#timerB = clock.setTimeout(() => this.#handle('timerB'), 64 * timers.t1);
    this.#sent = wire.send(this.#request as SipRequest, this.#passage());
  }

  receive(response: SipResponse, source: Address): void {
    this.responder = source;
    this.#handle(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure', response);
  }

  /** Lets somebody smaller answer repeated 2xx responses, so that the call need not be kept for timer M. */
  handOver(listener: ClientListener): void {
    this.#listener = listener;
  }

  /** The CANCEL for this INVITE (RFC 3261 9.1); undefined when a final response came. Gives up after another 64 T1. */
  cancel(extra: Iterable<readonly [string, string]>): SipRequest | undefined {
    if (!this.#request || (this.#state !== 'calling' && this.#state !== 'proceeding')) return undefined;
    this.#abandon ??= this.#context.clock.setTimeout(() => this.#handle('abandoned'), 64 * this.#context.timers.t1);
    return follow(this.#request, 'CANCEL', this.#request.headers.get('To') ?? '', extra);
  }

  expire(): void {
    this.#handle(this.#state === 'accepted' ? 'timerM' : 'timerD');
  }

  /** Stops at once and tells nobody (the stack closes). */
  stop(): void {
    this.#do('stopTimers');
  }

  #handle(event: InviteClientEvent, response?: SipResponse): void {
    const { to, actions } = step(inviteClientMachine, this.#state, event);
    this.#state = to;
    for (const action of actions) this.#do(action, response);
    if (to === 'terminated' && event !== 'transportError') this.#terminated();
  }

  #do(action: InviteClientAction, response?: SipResponse): void {
    switch (action) {
      case 'resend':
        this.#context.wire.resend(this.#sent as Sent, this.#passage());
        return;
      case 'armA':
        this.#interval *= 2;
        this.#arm();
        return;
      case 'stopTimers':
        for (const timer of [this.#timerA, this.#timerB, this.#abandon]) timer?.clear();
        return;
      case 'acknowledge':
        this.#acknowledge(response as SipResponse);
        return;
      case 'lingerD':
        this.#context.linger.d.add(this);
        return;
      case 'lingerM':
        this.#forget();
        this.#context.linger.long.add(this);
        return;
      case 'report':
        this.#listener.response(response as SipResponse);
        return;
      case 'timeout':
        this.#listener.failed('timeout');
        return;
      case 'unreachable':
        this.#terminated();
        this.#listener.failed('transport');
    }
  }

  #arm(): void {
    this.#timerA = this.#context.clock.setTimeout(() => this.#handle('timerA'), this.#interval);
  }

  /** RFC 3261 17.1.1.3: made for the first final response, repeated for the others. */
  #acknowledge(response: SipResponse): void {
    const passage = { ...this.route };
    if (this.#ack) return this.#context.wire.resend(this.#ack, passage);
    const ack = follow(this.#request as SipRequest, 'ACK', response.headers.get('To') ?? '');
    this.#ack = this.#context.wire.send(ack, passage);
    this.#forget();
  }

  #forget(): void {
    this.#request = undefined;
    this.#sent = undefined;
  }

  #passage(): Route & { failed: () => void } {
    return { ...this.route, failed: () => this.#handle('transportError') };
  }
}

/** A request of the INVITE's own transaction: same Request-URI, topmost Via, From, Call-ID, number and Route (9.1, 17.1.1.3). */
function follow(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string, extra: Iterable<readonly [string, string]> = []): SipRequest {
  const { headers: from } = invite;
  const headers = new SipHeaders([['Via', topVia(from) ?? '']]);
  headers.copy('Route', from);
  headers.append('Max-Forwards', from.get('Max-Forwards') ?? '70');
  headers.copy('From', from);
  headers.append('To', to);
  headers.copy('Call-ID', from);
  headers.append('CSeq', `${parseCSeq(from.get('CSeq'))?.number ?? 1} ${method}`);
  for (const [name, value] of extra) headers.append(name, value);
  if (!headers.has('User-Agent')) headers.copy('User-Agent', from);
  headers.append('Content-Length', '0');
  return { kind: 'request', method, uri: invite.uri, version: SIP_VERSION, headers, body: NO_BODY };
}
