import type { Clock } from '../../core/clock.ts';
import type { Random } from '../../core/random.ts';
import { answerOutside } from './dialog/default-answers.ts';
import type { CallHost, LiveCall } from './dialog/host.ts';
import { ReceivedCall } from './dialog/incoming-call.ts';
import { PendingRequest } from './dialog/pending-request.ts';
import { type Refusal, refusalOf, refusalOfWay } from './dialog/request-checks.ts';
import { makeResponse } from './dialog/response.ts';
import type { SipMessage, SipRequest } from './message/message.ts';
import { tagOf } from './message/name-addr.ts';
import { onePiece } from './message/one-piece.ts';
import type { NewRequest, Upper } from './receiver.ts';
import type { InviteServer } from './transaction/invite-server.ts';
import type { SipTimers } from './transaction/timers.ts';
import { mergeKey } from './transaction/transaction-key.ts';
import type { ServerTransaction, TransactionLayer } from './transaction/transaction-layer.ts';
import { type Address, formatAddress } from './transport/address.ts';
import type { Wire } from './transport/wire.ts';
import type { SipHandlers, SipLimits } from './types.ts';

export interface UserAgentParts {
  clock: Clock;
  random: Random;
  timers: SipTimers;
  limits: SipLimits;
  wire: Wire;
  transactions: TransactionLayer;
  userAgent: string | undefined;
  /** What Via and Contact say. */
  advertised: Address;
}

/** The core of the stack (RFC 3261 8 and 12): finds the call a request is for, makes new ones, answers the rest. */
export class UserAgent implements CallHost, Upper {
  readonly clock: Clock;
  readonly timers: SipTimers;
  readonly wire: Wire;
  readonly transactions: TransactionLayer;
  readonly userAgent: string | undefined;
  readonly handlers: SipHandlers = {};
  readonly counters = { callsIn: 0, callsOut: 0 };
  /** By Call-ID and local tag. */
  readonly #calls = new Map<string, LiveCall>();
  readonly #parts: UserAgentParts;

  constructor(parts: UserAgentParts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.timers = parts.timers;
    this.wire = parts.wire;
    this.transactions = parts.transactions;
    this.userAgent = parts.userAgent;
  }

  get calls(): ReadonlyMap<string, LiveCall> {
    return this.#calls;
  }

  newTag(): string {
    return this.#parts.random.hex(16);
  }

  newBranch(): string {
    return `z9hG4bK${this.#parts.random.hex(20)}`;
  }

  newCallId(): string {
    return `${this.#parts.random.hex(32)}@${this.#parts.advertised.host}`;
  }

  via(branch: string): string {
    return `SIP/2.0/UDP ${formatAddress(this.#parts.advertised)};branch=${branch};rport`;
  }

  contact(user?: string): string {
    return `<sip:${user === undefined ? '' : `${user}@`}${formatAddress(this.#parts.advertised)}>`;
  }

  keep(call: LiveCall): void {
    this.#calls.set(callKey(call.id, call.localTag), call);
  }

  release(call: LiveCall): void {
    this.#calls.delete(callKey(call.id, call.localTag));
  }

  callOf({ headers }: SipMessage): LiveCall | undefined {
    const tag = tagOf(headers.get('To'));
    const call = tag === undefined ? undefined : this.#calls.get(callKey(headers.get('Call-ID') ?? '', tag));
    return call?.isPeer(tagOf(headers.get('From'))) ? call : undefined;
  }

  request(incoming: NewRequest): void {
    const { request, call, key, route } = incoming;
    const inside = tagOf(request.headers.get('To')) !== undefined;
    const merge = inside ? undefined : mergeKey(request);
    const merged = merge !== undefined && this.transactions.isMerged(merge);
    const transaction = this.transactions.createServer(key, request.method, route, merge);
    try {
      if (merged) this.#answer(request, transaction, { status: 482 });
      else if (call) call.receive(request, transaction);
      else if (inside) this.#answer(request, transaction, { status: 481 });
      else this.#outside(incoming, transaction);
    } catch (error) {
      if (transaction.isOpen) this.#answer(request, transaction, { status: 500 });
      throw error;
    }
  }

  cancel(incoming: NewRequest, inviteKey: string): void {
    const { request, key, route } = incoming;
    const transaction = this.transactions.createServer(key, request.method, route);
    const invite = this.transactions.inviteServer(inviteKey);
    this.#answer(request, transaction, { status: invite ? 200 : 481 }, invite?.toTag);
    if (invite?.isOpen) invite.onCancel?.(request);
  }

  #outside(incoming: NewRequest, transaction: ServerTransaction): void {
    const { request } = incoming;
    const refusal = refusalOfWay(request, this.#parts.advertised) ?? refusalOf(request);
    if (refusal) this.#answer(request, transaction, refusal);
    else if (transaction.invite && this.handlers.invite) this.#invite(incoming, transaction);
    else if (request.method === 'BYE') this.#answer(request, transaction, { status: 481 });
    else {
      const pending = new PendingRequest(request, transaction, { toTag: this.newTag(), server: this.userAgent }, incoming.source);
      if (!this.handlers.request?.(pending)) answerOutside(pending);
    }
  }

  #invite({ request, source }: NewRequest, transaction: InviteServer): void {
    const { limits } = this.#parts;
    if (this.#calls.size >= limits.calls) return this.#answer(request, transaction, { status: 503, headers: [['Retry-After', '5']] });
    const call = new ReceivedCall(this, request, transaction, { remote: source, unansweredMs: limits.unansweredMs });
    this.counters.callsIn++;
    this.keep(call);
    try {
      this.handlers.invite?.(call);
    } catch (error) {
      if (transaction.isOpen) call.reject(500);
      else call.hangup();
      throw error;
    }
    if (transaction.isSilent) call.provisional(100);
  }

  #answer(request: SipRequest, transaction: ServerTransaction, { status, ...options }: Refusal, toTag = this.newTag()): void {
    if (transaction.invite) transaction.toTag = toTag;
    transaction.respond(makeResponse(request, status, options, { toTag, server: this.userAgent }));
  }
}

function callKey(callId: string, localTag: string): string {
  return onePiece(`${callId}|${localTag}`);
}
