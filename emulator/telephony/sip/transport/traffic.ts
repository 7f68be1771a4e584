import type { SipMessage } from '../message/message.ts';
import type { Address } from './address.ts';

/** One message on the wire. */
export interface SipTraffic {
  readonly direction: 'in' | 'out';
  readonly protocol: 'udp';
  readonly local: Address;
  readonly remote: Address;
  readonly message: SipMessage;
  readonly bytes: Uint8Array;
  /** The bytes as text, where that was made anyway. */
  readonly text: string | undefined;
  readonly retransmission: boolean;
  /** Which side began the dialog (or the lone transaction) that the message belongs to. */
  readonly initiator: 'local' | 'remote';
}

/** What the network does to a message: nothing, lose it, send it twice, hold it back, or put other bytes in its place. */
export type Impairment = 'pass' | 'drop' | 'duplicate' | { delayMs: number } | { bytes: Uint8Array };

/** Something that could not be used, or could not be sent. */
export interface SipProblem {
  /** One line: what is wrong. */
  readonly problem: string;
  readonly bytes: Uint8Array;
  readonly remote: Address;
}
