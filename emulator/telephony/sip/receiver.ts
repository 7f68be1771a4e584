import type { SipMessage, SipRequest, SipResponse } from './message/message.ts';
import { SipParseError } from './message/parse-error.ts';
import { parseMessage } from './message/parse-message.ts';
import { type MessageProblem, validateMessage } from './message/validate-message.ts';
import { parseVia, topVia } from './message/via.ts';
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
  readonly key: string;
  readonly route: Route;
  readonly source: Address;
}

/** What the receiver hands up. */
export interface Upper {
  request(incoming: NewRequest): void;
  cancel(incoming: NewRequest, inviteKey: string): void;
  ack(ack: SipRequest): void;
  /** Which side began the dialog that the message belongs to. */
  initiatorOf(message: SipMessage): 'local' | 'remote';
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
    let message: SipMessage;
    try {
      message = parseMessage(bytes, { headerBytes: this.#parts.limits.headerBytes });
    } catch (error) {
      if (!(error instanceof SipParseError)) throw error;
      return this.#unreadable(error, bytes, source);
    }
    if (message.kind === 'response') this.#response(message, bytes, source);
    else this.#request(message, bytes, source, validateMessage(message));
  }

  #unreadable(error: SipParseError, bytes: Uint8Array, source: Address): void {
    if (error.partial?.kind === 'request')
      return this.#request(error.partial, bytes, source, [{ problem: error.message, status: error.status }]);
    this.#parts.wire.counters.received++;
    this.#parts.wire.problem(error.message, bytes, source);
  }

  #response(response: SipResponse, bytes: Uint8Array, source: Address): void {
    const { wire, transactions } = this.#parts;
    const problems = validateMessage(response);
    const shown = transactions.client(response);
    const passage = { remote: source, initiator: shown?.route.initiator ?? 'local', retransmission: shown?.isFinal ?? false };
    wire.arrived(response, bytes, passage, () => {
      const client = transactions.client(response);
      if (problems.length > 0) wire.problem(`dropped a response: ${describe(problems)}`, bytes, source);
      else if (client) client.receive(response);
      else wire.problem(`dropped a response to no request of ours: ${response.status} ${response.reason}`, bytes, source);
    });
  }

  #request(request: SipRequest, bytes: Uint8Array, source: Address, problems: MessageProblem[]): void {
    const { wire, transactions, upper } = this.#parts;
    const top = topVia(request.headers);
    const via = top === undefined ? undefined : parseVia(top);
    if (!via) {
      const target = readableTarget(request, source);
      wire.arrived(request, bytes, { remote: source, initiator: 'remote' }, () => this.#refuse(request, bytes, source, target, problems));
      return;
    }
    const key = serverKey(request, via);
    const shown = transactions.server(key);
    const initiator = shown?.route.initiator ?? upper.initiatorOf(request);
    const route: Route = { remote: responseTarget(via, source), initiator };
    const retransmission = shown !== undefined && request.method !== 'ACK';
    wire.arrived(request, bytes, { remote: source, initiator, retransmission }, () => {
      const known = transactions.server(key);
      if (problems.length > 0) return this.#refuse(request, bytes, source, route.remote, problems);
      if (request.method === 'ACK') return this.#ack(request, key);
      if (known) return known.receiveAgain();
      stampVia(request, via, source);
      const incoming: NewRequest = { request, key, route, source };
      if (request.method === 'CANCEL') return this.#cancel(incoming, serverKey(request, via, 'INVITE'));
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

  #ack(ack: SipRequest, key: string): void {
    const server = this.#parts.transactions.inviteServer(key);
    if (server?.receiveAck()) return;
    this.#parts.upper.ack(ack);
  }

  /** The malformed gets an answer where its Via says whereto; an ACK never does. */
  #refuse(request: SipRequest, bytes: Uint8Array, source: Address, target: Address | undefined, problems: MessageProblem[]): void {
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
