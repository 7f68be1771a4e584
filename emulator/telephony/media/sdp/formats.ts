/** The codecs spoken here; both are G.711 at 8 kHz. */
export type CodecName = 'PCMU' | 'PCMA';

/** Static payload types (RFC 3551 §6). */
export const STATIC_PAYLOAD_TYPES: Readonly<Record<CodecName, number>> = { PCMU: 0, PCMA: 8 };

/** The payload type that Twilio and most others give to telephone-event. */
export const USUAL_EVENT_PAYLOAD_TYPE = 101;

/** Media direction (RFC 8866 §6.7), as said by the one who wrote the description. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
