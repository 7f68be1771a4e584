import type { Address } from './address.ts';

/** Carries datagrams. What arrives goes to the receiver given to it when it was made. */
export interface Transport {
  readonly local: Address;
  /** Never throws; `failed` is called, later, when the datagram could not be sent. */
  send(bytes: Uint8Array, remote: Address, failed: (error: Error) => void): void;
  close(): Promise<void>;
}

export type Receiver = (bytes: Uint8Array, remote: Address) => void;
