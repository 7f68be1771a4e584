import { EventEmitter } from 'node:events';
import type { Timer } from '../../../core/clock.ts';
import type {
  CallEnded,
  CallRequestOptions,
  CallState,
  HangupOptions,
  IncomingCall,
  IncomingCallEvents,
  IncomingRequest,
  ResponseOptions,
} from '../call-types.ts';
import { parseCSeq } from '../message/cseq.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { parseUri } from '../message/uri.ts';
import type { InviteServer } from '../transaction/invite-server.ts';
import { step } from '../transaction/machine.ts';
import type { ServerTransaction } from '../transaction/transaction-layer.ts';
import type { Address } from '../transport/address.ts';
import { callMachine } from './call-machine.ts';
import { Dialog } from './dialog.ts';
import { hangupHeaders } from './hangup-headers.ts';
import type { CallHost, LiveCall } from './host.ts';
import { makeResponse } from './response.ts';
import { Session } from './session.ts';

/** A call that a peer placed to us (RFC 3261 13.3, 9.2, 15). */
export class ReceivedCall extends EventEmitter<IncomingCallEvents> implements IncomingCall, LiveCall {
  readonly direction = 'incoming';
  readonly id: string;
  readonly request: SipRequest;
  readonly remote: Address;
  readonly localTag: string;
  readonly remoteTag: string | undefined;
  readonly #host: CallHost;
  readonly #transaction: InviteServer;
  readonly #session: Session;
  #state: CallState = 'setup';
  #patience: Timer | undefined;
  #byeAfterAck: HangupOptions | undefined;

  constructor(host: CallHost, request: SipRequest, transaction: InviteServer, options: { remote: Address; unansweredMs: number }) {
    super();
    this.#host = host;
    this.request = request;
    this.#transaction = transaction;
    // Made before it is given away: a function that is written right into a property is held for old by V8, and a call with it.
    const cancelled = (cancel: SipRequest): void => this.#cancelled(cancel);
    transaction.onCancel = cancelled;
    this.remote = options.remote;
    this.localTag = host.newTag();
    transaction.toTag = this.localTag;
    const dialog = Dialog.incoming(request, this.localTag, options.remote);
    this.id = dialog.callId;
    this.remoteTag = dialog.remoteTag;
    const uri = parseUri(request.uri);
    const contact = host.contact(uri === undefined || uri.scheme === 'tel' ? undefined : uri.user);
    this.#session = new Session(host, this, dialog, contact, {
      request: (inner) => this.#tell(inner),
      ended: (ended) => this.#finish(ended),
    });
    this.#patience = host.clock.setTimeout(() => this.#giveUp(), patienceOf(request, options.unansweredMs));
  }

  get isUnanswered(): boolean {
    return this.#transaction.isOpen;
  }

  get state(): CallState {
    return this.#state;
  }

  provisional(status: number, options: ResponseOptions = {}): void {
    if (!this.#transaction.isOpen || this.#state === 'ended') return;
    if (status < 100 || status > 199) throw new RangeError(`provisional(${status}) in call ${this.id}: expected 100 to 199`);
    if (options.body !== undefined) this.#session.description = options;
    this.#transaction.respond(this.#response(status, options));
    if (status > 100) this.#state = step(callMachine, this.#state, 'provisional').to;
  }

  answer(options: Omit<ResponseOptions, 'reason'> = {}): void {
    if (!this.#transaction.isOpen || this.#state === 'ended') return;
    this.#patience?.clear();
    if (options.body !== undefined) this.#session.description = options;
    const sent = this.#transaction.respond(this.#response(200, options));
    this.#state = step(callMachine, this.#state, 'success').to;
    const number = parseCSeq(this.request.headers.get('CSeq'))?.number ?? 0;
    this.#session.awaitAck(number, sent, this.#transaction.route, () => this.#unacknowledged());
  }

  reject(status: number, options: ResponseOptions = {}): void {
    if (!this.#transaction.isOpen || this.#state === 'ended') return;
    if (status < 300 || status > 699) throw new RangeError(`reject(${status}) in call ${this.id}: expected 300 to 699`);
    this.#refuse(status, options);
    this.#finish({ by: 'local', cause: 'rejected', status });
  }

  hangup(options: HangupOptions = {}): void {
    if (this.#state === 'ended') return;
    if (this.#transaction.isOpen) return this.reject(480, { headers: hangupHeaders(options) });
    if (this.#state === 'answered') this.#byeAfterAck = options;
    else this.#session.bye(options);
    this.#finish({ by: 'local', cause: 'bye' });
  }

  send(method: string, options: CallRequestOptions = {}): Promise<SipResponse> {
    if (this.#transaction.isOpen) return Promise.reject(new Error(`cannot send ${method} in call ${this.id}: it is not answered yet`));
    return this.#session.send(method, options);
  }

  isPeer(tag: string | undefined): boolean {
    return tag === this.remoteTag;
  }

  receive(request: SipRequest, transaction: ServerTransaction): void {
    if (request.method === 'BYE' && this.#transaction.isOpen) this.#refuse(487, {});
    this.#session.receive(request, transaction);
  }

  receiveAck(ack: SipRequest): void {
    if (!this.#session.receiveAck(ack)) return;
    if (this.#byeAfterAck) return this.#session.bye(this.#byeAfterAck);
    if (this.#state === 'ended') return;
    this.#state = step(callMachine, this.#state, 'ack').to;
    this.emit('acked', ack);
  }

  #cancelled(cancel: SipRequest): void {
    this.#refuse(487, {});
    this.emit('cancelled', cancel);
    this.#finish({ by: 'remote', cause: 'cancel', status: 487, request: cancel });
  }

  abort(): void {
    this.#patience?.clear();
    this.#session.stop();
  }

  #tell(request: IncomingRequest): void {
    if (this.#state !== 'ended') this.emit('request', request);
  }

  #response(status: number, options: ResponseOptions): SipResponse {
    return makeResponse(this.request, status, options, this.#session.identity(status > 100 && status < 300));
  }

  #refuse(status: number, options: ResponseOptions): void {
    this.#transaction.respond(this.#response(status, options));
    this.#host.release(this);
  }

  /** Nobody acknowledged our 2xx for 64 T1: the dialog is over (13.3.1.4). */
  #unacknowledged(): void {
    this.#session.bye(this.#byeAfterAck);
    this.#finish({ by: 'local', cause: 'no-ack' });
  }

  #giveUp(): void {
    if (!this.#transaction.isOpen) return;
    const status = this.request.headers.has('Expires') ? 487 : 480;
    this.#refuse(status, {});
    this.#finish({ by: 'local', cause: 'timeout', status });
  }

  #finish(ended: CallEnded): void {
    if (this.#state === 'ended') return;
    this.#state = step(callMachine, this.#state, 'end').to;
    this.#patience?.clear();
    if (!this.#byeAfterAck && ended.cause !== 'bye') this.#session.stop();
    this.emit('ended', ended);
  }
}

/** The INVITE's Expires (13.3.1), where it asks for less than our own limit. */
function patienceOf(request: SipRequest, limit: number): number {
  const expires = request.headers.get('Expires');
  return expires !== undefined && /^\d{1,6}$/.test(expires) ? Math.min(Number(expires) * 1_000, limit) : limit;
}
