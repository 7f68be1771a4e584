import type { Clock } from '../../../core/clock.ts';
import type { SipResponse } from '../message/message.ts';
import type { Passage, Wire } from '../transport/wire.ts';
import type { Linger } from './linger.ts';
import type { SipTimers } from './timers.ts';

/** A transaction that outlives its final response; told when its time is over. */
export interface Lingering {
  expire(): void;
}

/** What every transaction is given. */
export interface TransactionContext {
  readonly clock: Clock;
  readonly timers: SipTimers;
  readonly wire: Wire;
  /** Queues of transactions that wait for 64 T1 (J, L, M), T4 (I, K), or timer D. */
  readonly linger: { readonly long: Linger<Lingering>; readonly t4: Linger<Lingering>; readonly d: Linger<Lingering> };
}

/** Whoever sent a request. */
export interface ClientListener {
  response(response: SipResponse): void;
  /** No final response in time, or no way to the peer. */
  failed(cause: 'timeout' | 'transport'): void;
}

/** Where a transaction's messages go and whose dialog they belong to. */
export type Route = Pick<Passage, 'remote' | 'initiator'>;
