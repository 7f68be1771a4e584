import type { IncomingRequest, ResponseOptions } from '../call-types.ts';
import type { SipRequest } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/transaction-layer.ts';
import type { Address } from '../transport/address.ts';
import { makeResponse, type ResponseIdentity } from './response.ts';
import type { Sent } from '../transport/wire.ts';

/** A request that somebody may answer; what nobody took is answered by the stack. */
export class PendingRequest implements IncomingRequest {
  readonly request: SipRequest;
  readonly remote: Address;
  onAck: ((ack: SipRequest) => void) | undefined;
  readonly #transaction: ServerTransaction;
  readonly #identity: ResponseIdentity;
  readonly #sent: ((status: number, what: Sent | undefined, options: ResponseOptions) => void) | undefined;
  #deferred = false;

  constructor(
    request: SipRequest,
    transaction: ServerTransaction,
    identity: ResponseIdentity,
    remote: Address,
    sent?: (status: number, what: Sent | undefined, options: ResponseOptions) => void,
  ) {
    this.request = request;
    this.#transaction = transaction;
    this.remote = remote;
    this.#identity = identity;
    this.#sent = sent;
  }

  get taken(): boolean {
    return this.#deferred || !this.#transaction.isOpen;
  }

  defer(): void {
    this.#deferred = true;
  }

  respond(status: number, options: ResponseOptions = {}): void {
    if (!this.#transaction.isOpen) return;
    const sent = this.#transaction.respond(makeResponse(this.request, status, options, this.#identity));
    this.#sent?.(status, sent as Sent | undefined, options);
  }
}
