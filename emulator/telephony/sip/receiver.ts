import type { LiveCall } from './dialog/host.ts';
import type { SipMessage, SipRequest, SipResponse } from './message/message.ts';
import { SipParseError } from './message/parse-error.ts';
import { readDatagram } from './message/parse-message.ts';
import { type MessageProblem, validateMessage } from './message/validate-message.ts';
import { topmostVia, topVia, type Via } from './message/via.ts';
import { makeResponse } from './dialog/response.ts';
import { fingerprint } from './fingerprint.ts';
import type { TransactionLayer } from './transaction/transaction-layer.ts';
import { mergeKey, serverKey } from './transaction/transaction-key.ts';
import type { Route } from './transaction/context.ts';
import type { Address } from './transport/address.ts';
import { responseTarget, stampVia } from './transport/via-routing.ts';
import type { Wire } from './transport/wire.ts';
import type { SipLimits } from './types.ts';

/** A request that nobody has seen yet, with what its transaction will need. */
export interface NewRequest {
  readonly request: SipRequest;
  /** The call that it belongs to, by its tags. */
  readonly call: LiveCall | undefined;
  readonly key: string;
  readonly route: Route;
  readonly source: Address;
}

/** What the receiver hands up. */
export interface Upper {
  request(incoming: NewRequest): void;
  cancel(incoming: NewRequest, inviteKey: string): void;
  /** The call in whose dialog a message of the peer is. */
  callOf(message: SipMessage): LiveCall | undefined;
}

/** A datagram that could be read. */
interface Arrival<Message> {
  readonly message: Message;
  readonly bytes: Uint8Array;
  readonly text: string | undefined;
  readonly source: Address;
  /** The topmost. */
  readonly via: Via | undefined;
  readonly problems: readonly MessageProblem[];
}

interface ReceiverParts {
  wire: Wire;
  transactions: TransactionLayer;
  limits: SipLimits;
  userAgent: string | undefined;
  upper: Upper;
}

/** From datagram to transaction: reads, judges, matches, absorbs repetitions; answers the malformed without keeping state. */
export class Receiver {
  readonly #parts: ReceiverParts;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
  }

  receive(bytes: Uint8Array, source: Address): void {
    if (isKeepAlive(bytes)) return;
    let read: ReturnType<typeof readDatagram>;
    try {
      read = readDatagram(bytes, this.#parts.limits);
    } catch (error) {
      if (!(error instanceof SipParseError)) throw error;
      return this.#unreadable(error, bytes, source);
    }
    const { message, text } = read;
    const via = topmostVia(message.headers);
    const problems = validateMessage(message, via);
    if (message.kind === 'response') this.#response({ message, bytes, text, source, via, problems });
    else this.#request({ message, bytes, text, source, via, problems });
  }

  #unreadable(error: SipParseError, bytes: Uint8Array, source: Address): void {
    const message = error.partial;
    if (message?.kind === 'request') {
      const problems = [{ problem: error.message, status: error.status }];
      return this.#request({ message, bytes, text: undefined, source, via: topmostVia(message.headers), problems });
    }
    this.#parts.wire.counters.received++;
    this.#parts.wire.problem(error.message, bytes, source);
  }

  #response({ message: response, bytes, text, source, via, problems }: Arrival<SipResponse>): void {
    const { wire, transactions } = this.#parts;
    const shown = transactions.client(response, via);
    const initiator = shown?.route.initiator ?? 'local';
    wire.arrived(response, bytes, { remote: source, initiator, text, retransmission: shown?.isFinal ?? false }, (later) => {
      const client = later ? transactions.client(response, via) : shown;
      if (problems.length > 0) wire.problem(`dropped a response: ${describe(problems)}`, bytes, source);
      else if (client) client.receive(response, source);
      else wire.problem(`dropped a response to no request of ours: ${response.status} ${response.reason}`, bytes, source);
    });
  }

  #request({ message: request, bytes, text, source, via, problems }: Arrival<SipRequest>): void {
    const { wire, transactions, upper } = this.#parts;
    if (!via) {
      const target = readableTarget(request, source);
      const refuse = (): void => this.#refuse(request, bytes, source, target, problems);
      return wire.arrived(request, bytes, { remote: source, initiator: 'remote', text }, refuse);
    }
    const key = serverKey(request, via);
    const shown = transactions.server(key);
    const shownCall = shown ? undefined : upper.callOf(request);
    const initiator = shown?.route.initiator ?? (shownCall?.direction === 'outgoing' ? 'local' : 'remote');
    const route: Route = { remote: responseTarget(via, source), initiator };
    const retransmission = shown !== undefined && request.method !== 'ACK';
    wire.arrived(request, bytes, { remote: source, initiator, text, retransmission }, (later) => {
      const known = later ? transactions.server(key) : shown;
      if (problems.length > 0) return this.#refuse(request, bytes, source, route.remote, problems);
      if (known && request.method !== 'ACK') return known.receiveAgain();
      if (known?.invite && known.receiveAck()) return;
      const call = later || shown ? upper.callOf(request) : shownCall;
      if (request.method === 'ACK') return call?.receiveAck(request);
      // Before its Via is stamped, as its INVITE's key was made: peers of RFC 2543 are told apart by the whole of it.
      const inviteKey = request.method === 'CANCEL' ? serverKey(request, via, 'INVITE') : undefined;
      stampVia(request, via, source);
      const incoming: NewRequest = { request, call, key, route, source };
      if (inviteKey !== undefined) return this.#cancel(incoming, inviteKey);
      if (this.#isFull()) return this.#stateless(request, route.remote, 503);
      upper.request(incoming);
    });
  }

  /** One that matches nothing gets its 481 without state where there is no room for more. */
  #cancel(incoming: NewRequest, inviteKey: string): void {
    const { transactions, upper } = this.#parts;
    if (this.#isFull() && !transactions.inviteServer(inviteKey)) this.#stateless(incoming.request, incoming.route.remote, 481);
    else upper.cancel(incoming, inviteKey);
  }

  #isFull(): boolean {
    return this.#parts.transactions.serverCount >= this.#parts.limits.transactions;
  }

  /** The malformed gets an answer where its Via says whereto; an ACK never does. */
  #refuse(request: SipRequest, bytes: Uint8Array, source: Address, target: Address | undefined, problems: readonly MessageProblem[]): void {
    this.#parts.wire.problem(`refused ${request.method}: ${describe(problems)}`, bytes, source);
    if (target && request.method !== 'ACK') this.#stateless(request, target, problems[0]?.status ?? 400, problems[0]?.problem);
  }

  #stateless(request: SipRequest, remote: Address, status: number, problem?: string): void {
    const identity = { toTag: fingerprint(mergeKey(request) + topVia(request.headers)), server: this.#parts.userAgent };
    const headers: [string, string][] = status === 503 ? [['Retry-After', '5']] : [];
    if (problem !== undefined) headers.push(['Warning', `399 ringback "${problem.replace(/["\\\r\n]/g, "'").slice(0, 200)}"`]);
    const response = makeResponse(request, status, { headers }, identity);
    this.#parts.wire.send(response, { remote, initiator: 'remote' });
  }
}

/** Line ends or zeros only: something that keeps a NAT open. */
function isKeepAlive(bytes: Uint8Array): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 13 || byte === 10 || byte === 0);
}

/** Where an answer goes whose Via cannot be read as a whole: back, if there is a Via at all. */
function readableTarget(request: SipRequest, source: Address): Address | undefined {
  return request.headers.has('Via') ? source : undefined;
}

function describe(problems: readonly MessageProblem[]): string {
  return problems.map(({ problem }) => problem).join('; ');
}
