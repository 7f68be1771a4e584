import type { Clock } from '../../../core/clock.ts';
import type { SipTimers } from '../transaction/timers.ts';
import type { ServerTransaction, TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Wire } from '../transport/wire.ts';
import type { SipRequest } from '../message/message.ts';

/** What calls need of the stack that they live in. */
export interface CallHost {
  readonly clock: Clock;
  readonly timers: SipTimers;
  readonly wire: Wire;
  readonly transactions: TransactionLayer;
  /** Value of Server and User-Agent. */
  readonly userAgent: string | undefined;
  newTag(): string;
  newBranch(): string;
  newCallId(): string;
  /** Our Via value with that branch. */
  via(branch: string): string;
  /** Our Contact value. */
  contact(user?: string): string;
  /** The call will need no more messages. */
  release(call: LiveCall): void;
}

/** What the stack needs of a call, whatever its direction. */
export interface LiveCall {
  readonly id: string;
  readonly localTag: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Whether the peer's INVITE that began it still waits for our answer. */
  readonly isUnanswered?: boolean;
  /** Whether a request of the peer with this From tag belongs to this dialog. */
  isPeer(tag: string | undefined): boolean;
  /** A request inside the dialog, other than ACK and CANCEL. */
  receive(request: SipRequest, transaction: ServerTransaction): void;
  receiveAck(ack: SipRequest): void;
  /** Stops every timer: the stack closes. */
  abort(): void;
  hangup(): void;
}
