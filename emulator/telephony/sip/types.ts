import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import type { IncomingCall, IncomingRequest, OutgoingCall, OutgoingCallOptions } from './call-types.ts';
import type { SipResponse } from './message/message.ts';
import type { SipTimers } from './transaction/timers.ts';
import type { Address } from './transport/address.ts';
import type { Impairment, SipProblem, SipTraffic } from './transport/traffic.ts';

/** Bounds on what a peer can make the stack hold. */
export interface SipLimits {
  /** Longest header section that is read, in bytes; longer requests are answered 513. */
  headerBytes: number;
  /** Live calls of both directions; INVITEs above it are answered 503. */
  calls: number;
  /** Server transactions, most of them lingering for 64 T1; requests above it are answered 503 without state. */
  transactions: number;
  /** How long an incoming call may stay unanswered, in milliseconds, before it is rejected with 480. */
  unansweredMs: number;
}

export interface SipStackOptions {
  /** The wire clock. */
  clock: Clock;
  /** Source of tags, branches and Call-IDs. */
  random: Random;
  /** Where to listen; port 0 takes a free one. */
  udp: { host: string; port: number };
  /** What Via and Contact say instead of the bound address, for peers in containers or on other hosts. */
  advertise?: { host: string; port?: number };
  /** Sent as User-Agent in requests and Server in responses, unless the message brings its own. */
  userAgent?: string;
  /** Every message in and out, retransmissions included, before it takes effect. */
  onMessage?(traffic: SipTraffic): void;
  /** Whatever arrived and could not be used, and failures to send. */
  onProblem?(problem: SipProblem): void;
  /** Decides what the network does to a message. */
  impair?(traffic: SipTraffic): Impairment;
  timers?: Partial<SipTimers>;
  limits?: Partial<SipLimits>;
}

export interface SipHandlers {
  /** A new call. Without this handler INVITEs are answered 405. */
  invite?(call: IncomingCall): void;
  /** A request outside any dialog; true when it was taken. Otherwise OPTIONS gets 200, others 405 or 501. */
  request?(request: IncomingRequest): boolean;
}

export interface SipCounters {
  received: number;
  sent: number;
  /** Of those received or sent: retransmissions. */
  receivedAgain: number;
  sentAgain: number;
  problems: number;
  callsIn: number;
  callsOut: number;
  /** Now alive. */
  calls: number;
  serverTransactions: number;
  clientTransactions: number;
}

export interface OutgoingRequestOptions {
  method: string;
  uri: string;
  /** Next hop; by default that of the topmost Route, or of the URI. */
  target?: Address;
  /** Exact text and order on the wire; the stack fills in what is missing. */
  headers?: readonly (readonly [name: string, value: string])[];
  body?: string | Uint8Array;
  contentType?: string;
}

export interface SipStack {
  /** Where we listen. */
  readonly addresses: { readonly udp: Address };
  /** Where peers reach us: what Via and Contact say. */
  readonly advertised: Address;
  readonly counters: Readonly<SipCounters>;
  /** Adds or replaces handlers. */
  handle(handlers: SipHandlers): void;
  /** Places a call; failures arrive as its `ended` event, never as an exception. */
  call(options: OutgoingCallOptions): OutgoingCall;
  /** Sends a request outside any dialog. No answer resolves to 408, an unreachable peer to 503, both made here (8.1.3.1). */
  request(options: OutgoingRequestOptions): Promise<SipResponse>;
  /** Puts bytes on the wire as they are. */
  sendRaw(bytes: Uint8Array, remote: Address): void;
  /** Ends all calls (best effort) and closes the socket. */
  close(): Promise<void>;
}
