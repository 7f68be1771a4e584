import { channel } from 'node:diagnostics_channel';

/** Channel of `node:diagnostics_channel` on which every datagram that a stack sends is published, as a SentDatagram. */
export const SENT_CHANNEL = 'ringback:sip:sent';

export interface SentDatagram {
  readonly bytes: Uint8Array;
  /** Put on the wire as given, by `sendRaw` or by an impairment: it need not be a SIP message. */
  readonly deliberate: boolean;
}

const sent = channel(SENT_CHANNEL);

/** Costs nothing while nobody listens. */
export function publishSent(bytes: Uint8Array, deliberate: boolean): void {
  if (sent.hasSubscribers) sent.publish({ bytes, deliberate } satisfies SentDatagram);
}
