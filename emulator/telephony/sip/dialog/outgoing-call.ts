import { EventEmitter } from 'node:events';
import type { Timer } from '../../../core/clock.ts';
import type {
  CallEnded,
  CallRequestOptions,
  CallState,
  HangupOptions,
  HeaderList,
  OutgoingCall,
  OutgoingCallEvents,
  OutgoingCallOptions,
} from '../call-types.ts';
import { parseCSeq } from '../message/cseq.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { tagOf } from '../message/name-addr.ts';
import type { InviteClient } from '../transaction/invite-client.ts';
import { step } from '../transaction/machine.ts';
import type { ServerTransaction } from '../transaction/transaction-layer.ts';
import type { Address } from '../transport/address.ts';
import { Acknowledger } from './acknowledge.ts';
import { callMachine } from './call-machine.ts';
import { Dialog } from './dialog.ts';
import { hangupHeaders } from './hangup-headers.ts';
import type { CallHost, LiveCall } from './host.ts';
import { nextHop } from './next-hop.ts';
import { outgoingRequest } from './outgoing-request.ts';
import { makeResponse } from './response.ts';
import { Session } from './session.ts';

/** A call that we place (RFC 3261 13.2, 9.1, 15). */
export class PlacedCall extends EventEmitter<OutgoingCallEvents> implements OutgoingCall, LiveCall {
  readonly direction = 'outgoing';
  readonly id: string;
  readonly request: SipRequest;
  readonly remote: Address;
  readonly localTag: string;
  ackBody: string | Uint8Array | undefined;
  readonly #host: CallHost;
  readonly #branch: string;
  readonly #reachable: boolean;
  readonly #description: Pick<CallRequestOptions, 'body' | 'contentType'>;
  #transaction: InviteClient | undefined;
  #session: Session | undefined;
  #state: CallState = 'setup';
  #remoteTag: string | undefined;
  #provisional = false;
  #ringing: Timer | undefined;
  readonly #ackHeaders: HeaderList | undefined;
  /** Set once the call is over before its answer: rows of the CANCEL, which goes out as soon as it may, and of a BYE after it. */
  #parting: HeaderList | undefined;
  #cancelSent = false;

  constructor(host: CallHost, options: OutgoingCallOptions) {
    super();
    this.#host = host;
    const { request, branch } = outgoingRequest(host, { ...options, method: 'INVITE' });
    this.request = request;
    this.#branch = branch;
    this.id = request.headers.get('Call-ID') ?? '';
    this.localTag = tagOf(request.headers.get('From')) ?? '';
    const target = options.target ?? nextHop(request.headers.values('Route')[0] ?? request.uri);
    this.#reachable = target !== undefined;
    this.remote = target ?? { host: '', port: 0 };
    const { body, contentType } = options;
    this.#description = { ...(body === undefined ? {} : { body }), ...(contentType === undefined ? {} : { contentType }) };
    this.#ackHeaders = options.ackHeaders;
    if (options.ringTimeoutMs !== undefined) this.#ringing = host.clock.setTimeout(() => this.#unanswered(), options.ringTimeoutMs);
  }

  get state(): CallState {
    return this.#state;
  }

  get remoteTag(): string | undefined {
    return this.#remoteTag;
  }

  get responder(): Address | undefined {
    return this.#transaction?.responder;
  }

  /** Sends the INVITE. */
  start(): void {
    if (!this.#reachable) return void this.#host.clock.setTimeout(() => this.#fail('transport'), 0);
    const route = { remote: this.remote, initiator: 'local' } as const;
    this.#transaction = this.#host.transactions.invite(this.request, this.#branch, route, {
      response: (response) => this.#receiveResponse(response),
      failed: (cause) => this.#fail(cause),
    });
  }

  hangup(options: HangupOptions = {}): void {
    if (this.#state === 'ended') return;
    if (this.#session) {
      if (this.#state === 'established') this.#session.bye(options);
      else this.#parting = hangupHeaders(options);
      return this.#finish({ by: 'local', cause: 'bye' });
    }
    this.#cancel(options);
    this.#finish({ by: 'local', cause: 'cancel' });
  }

  send(method: string, options: CallRequestOptions = {}): Promise<SipResponse> {
    if (!this.#session) return Promise.reject(new Error(`cannot send ${method} in call ${this.id}: it is not answered yet`));
    return this.#session.send(method, options);
  }

  isPeer(tag: string | undefined): boolean {
    return this.#session === undefined || tag === this.#remoteTag;
  }

  receive(request: SipRequest, transaction: ServerTransaction): void {
    if (this.#session) return this.#session.receive(request, transaction);
    const identity = { toTag: this.localTag, server: this.#host.userAgent };
    if (request.method !== 'BYE') return void transaction.respond(makeResponse(request, 481, {}, identity));
    transaction.respond(makeResponse(request, 200, {}, identity));
    this.#cancel({});
    this.#finish({ by: 'remote', cause: 'bye', request });
  }

  receiveAck(ack: SipRequest): void {
    this.#session?.receiveAck(ack);
  }

  abort(): void {
    this.#ringing?.clear();
    this.#session?.stop();
  }

  #receiveResponse(response: SipResponse): void {
    const { status } = response;
    if (status < 200) this.#receiveProvisional(response);
    else if (status < 300) this.#receiveSuccess(response);
    else {
      this.#host.release(this);
      this.#finish({ by: 'remote', cause: 'rejected', status, response });
    }
  }

  #receiveProvisional(response: SipResponse): void {
    this.#provisional = true;
    if (this.#state === 'ended') return this.#sendCancel();
    if (response.status > 100) {
      this.#remoteTag = tagOf(response.headers.get('To')) ?? this.#remoteTag;
      this.#state = step(callMachine, this.#state, 'provisional').to;
    }
    this.emit('provisional', response);
  }

  /** The first 2xx makes the dialog; its listeners run before the ACK goes out, whatever they do. */
  #receiveSuccess(response: SipResponse): void {
    const dialog = Dialog.outgoing(this.request, response, this.remote);
    this.#remoteTag = dialog.remoteTag;
    const contact = this.request.headers.values('Contact')[0] ?? this.#host.contact();
    const session = new Session(this.#host, this, dialog, contact, {
      request: (request) => void (this.#state !== 'ended' && this.emit('request', request)),
      ended: (ended) => this.#finish(ended),
    });
    session.description = this.#description;
    this.#session = session;
    const late = this.#state === 'ended';
    try {
      if (!late) {
        this.#ringing?.clear();
        this.#state = step(callMachine, this.#state, 'success').to;
        this.emit('answered', response);
      }
    } finally {
      this.#acknowledge(session, dialog, late);
    }
  }

  #acknowledge(session: Session, dialog: Dialog, late: boolean): void {
    const number = parseCSeq(this.request.headers.get('CSeq'))?.number ?? 1;
    if (this.ackBody !== undefined) session.description = { body: this.ackBody };
    this.#transaction?.handOver(
      new Acknowledger(this.#host, dialog, { number, initiator: 'local', headers: this.#ackHeaders, body: this.ackBody }),
    );
    if (late || this.#state === 'ended') session.bye({ headers: this.#parting ?? [] });
    else this.#state = step(callMachine, this.#state, 'ack').to;
  }

  #cancel(options: HangupOptions): void {
    this.#parting = hangupHeaders(options);
    if (this.#provisional) this.#sendCancel();
  }

  /** Once: no CANCEL before a provisional response (9.1). */
  #sendCancel(): void {
    if (this.#cancelSent || !this.#parting) return;
    const cancel = this.#transaction?.cancel(this.#parting);
    if (!cancel) return;
    this.#cancelSent = true;
    const ignore = (): void => undefined;
    const route = { remote: this.remote, initiator: 'local' } as const;
    this.#host.transactions.request(cancel, this.#branch, route, { response: ignore, failed: ignore });
  }

  #unanswered(): void {
    if (this.#state === 'ended' || this.#session) return;
    this.#cancel({});
    this.#finish({ by: 'local', cause: 'timeout', status: 408 });
  }

  #fail(cause: 'timeout' | 'transport'): void {
    this.#host.release(this);
    this.#finish({ by: 'remote', cause, status: cause === 'timeout' ? 408 : 503 });
  }

  #finish(ended: CallEnded): void {
    if (this.#state === 'ended') return;
    this.#state = step(callMachine, this.#state, 'end').to;
    this.#ringing?.clear();
    this.emit('ended', ended);
  }
}
