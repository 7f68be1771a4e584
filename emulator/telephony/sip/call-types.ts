import type { EventEmitter } from 'node:events';
import type { SipRequest, SipResponse } from './message/message.ts';
import type { Address } from './transport/address.ts';

export type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * `setup`: INVITE sent or received. `early`: a provisional response above 100. `answered`: 2xx sent or received, ACK not
 * yet. `established`: ACK sent or received. `ended`: over for this side, however long the wire takes to agree.
 */
export type CallState = 'setup' | 'early' | 'answered' | 'established' | 'ended';

export type EndCause = 'bye' | 'cancel' | 'rejected' | 'timeout' | 'transport' | 'no-ack';

export interface CallEnded {
  by: 'local' | 'remote';
  cause: EndCause;
  /** Final status of the INVITE, where there was one. */
  status?: number;
  /** The BYE or CANCEL that ended it. */
  request?: SipRequest;
  /** The response that ended it. */
  response?: SipResponse;
}

export interface ResponseOptions {
  /** The standard phrase by default. */
  reason?: string;
  headers?: HeaderList;
  body?: string | Uint8Array;
  /** `application/sdp` by default when there is a body. */
  contentType?: string;
}

/** A request that waits for its response. */
export interface IncomingRequest {
  readonly request: SipRequest;
  readonly remote: Address;
  /** Whether a final response was sent or `defer` called. */
  readonly taken: boolean;
  /** Sends a response; after a final one, further calls do nothing. */
  respond(status: number, options?: ResponseOptions): void;
  /** Keeps the stack from answering by itself: `respond` will be called later. */
  defer(): void;
  /** Of a re-INVITE: told of the ACK to its 2xx, which brings the answer when the 2xx made the offer (RFC 3261 14.2). */
  onAck: ((ack: SipRequest) => void) | undefined;
}

export interface OutgoingCallOptions {
  uri: string;
  /** Next hop; by default that of the topmost Route, or of the URI. */
  target?: Address;
  /**
   * Exact text and order on the wire. May hold anything, From, To, Call-ID, CSeq, Contact and Max-Forwards included; the
   * stack appends what is missing and gives From a tag when it has none. An empty Via (`['Via', '']`) says where ours goes
   * (else first); others are kept below it.
   */
  headers: HeaderList;
  body?: string | Uint8Array;
  /** `application/sdp` by default when there is a body. */
  contentType?: string;
  /** Rows of the ACK to the 2xx. */
  ackHeaders?: HeaderList;
  /** Cancels the call when it was not answered in time. */
  ringTimeoutMs?: number;
}

export interface HangupOptions {
  headers?: HeaderList;
  /** Value of a Reason header (RFC 3326). */
  reason?: string;
}

export interface CallRequestOptions {
  headers?: HeaderList;
  body?: string | Uint8Array;
  contentType?: string;
  /** Of a re-INVITE without a body: the answer to the offer in its 2xx, which goes into the ACK. */
  ackBody?(offer: SipResponse): string | Uint8Array;
}

export interface CallEvents {
  /** Exactly once, on every path. */
  ended: [ended: CallEnded];
  /**
   * A request inside the dialog other than BYE, ACK, CANCEL. A listener that takes it calls `respond` or `defer` at once; else
   * the stack answers: INFO 200, re-INVITE 200 with our last session description, NOTIFY 481, others 405 or 501.
   */
  request: [request: IncomingRequest];
}

/** What both directions share. */
export interface Call {
  /** Call-ID. */
  readonly id: string;
  readonly state: CallState;
  /** The INVITE that began it. */
  readonly request: SipRequest;
  /** Where the peer's messages come from (incoming) or where ours go (outgoing). */
  readonly remote: Address;
  readonly localTag: string;
  readonly remoteTag: string | undefined;
  /**
   * Ends the call: CANCEL before the answer, BYE after it, 480 to an unanswered incoming one. `ended` fires before this
   * returns; the wire follows by the RFC's rules (no CANCEL before a provisional response, no BYE before the ACK). Idempotent.
   */
  hangup(options?: HangupOptions): void;
  /**
   * Sends a request inside the dialog; a re-INVITE's 2xx is acknowledged here. No answer resolves to 408, an unreachable peer
   * to 503, both made here.
   * @throws Error when there is no dialog yet, when the call is over, or when a re-INVITE of ours is still pending.
   */
  send(method: string, options?: CallRequestOptions): Promise<SipResponse>;
}

export interface IncomingCallEvents extends CallEvents {
  /** The ACK to our 2xx; holds the session description of a delayed offer. */
  acked: [ack: SipRequest];
  /** CANCEL came before the answer; `ended` follows. */
  cancelled: [cancel: SipRequest];
}

export interface IncomingCall extends Call, EventEmitter<IncomingCallEvents> {
  readonly direction: 'incoming';
  /** A provisional response (100 to 199). */
  provisional(status: number, options?: ResponseOptions): void;
  /** 200, retransmitted until the ACK comes. Does nothing once the call is answered or over. */
  answer(options?: Omit<ResponseOptions, 'reason'>): void;
  /** A final response from 300 on. Does nothing once the call is answered or over. */
  reject(status: number, options?: ResponseOptions): void;
}

export interface OutgoingCallEvents extends CallEvents {
  provisional: [response: SipResponse];
  /** The 2xx. The ACK goes out right after the listeners ran, with `ackBody` if one of them set it. */
  answered: [response: SipResponse];
}

export interface OutgoingCall extends Call, EventEmitter<OutgoingCallEvents> {
  readonly direction: 'outgoing';
  /** Where the latest response to the INVITE came from, which need not be where the INVITE went; undefined before there is one. */
  readonly responder: Address | undefined;
  /** Session description for the ACK (our INVITE had none). */
  ackBody: string | Uint8Array | undefined;
}
