/** DTMF digits by event code (RFC 4733 §3.2); 16, the hook flash, is no digit. */
const DIGITS = '0123456789*#ABCD';
export const EVENT_BYTES = 4;
/** Longest duration that the field can tell: 8.19 s. */
export const LONGEST_SEGMENT = 0xffff;
/** Power of what we send, in -dBm0. */
const VOLUME = 10;

/** One event block of RFC 4733 §2.3. */
export interface TelephoneEvent {
  readonly event: number;
  readonly end: boolean;
  readonly volume: number;
  /** In timestamp units, from the packet's timestamp on. */
  readonly duration: number;
}

export function digitOf(event: number): string | undefined {
  return DIGITS[event];
}

/** @throws RangeError for anything but one DTMF digit. */
export function eventOf(digit: string): number {
  const event = digit.length === 1 ? DIGITS.indexOf(digit.toUpperCase()) : -1;
  if (event < 0) throw new RangeError(`"${digit}" is no DTMF digit: expected one of ${DIGITS}`);
  return event;
}

export function buildEvent(event: number, end: boolean, duration: number): Uint8Array {
  return Uint8Array.of(event, (end ? 0x80 : 0) | VOLUME, duration >> 8, duration & 0xff);
}

/** The blocks of a payload; several are consecutive events (§2.5.1.5). Empty when there is not one whole block. */
export function parseEvents(payload: Uint8Array): TelephoneEvent[] {
  const events: TelephoneEvent[] = [];
  for (let at = 0; at + EVENT_BYTES <= payload.length; at += EVENT_BYTES) {
    const [event, flags, high, low] = payload.subarray(at, at + EVENT_BYTES) as unknown as [number, number, number, number];
    events.push({ event, end: (flags & 0x80) !== 0, volume: flags & 0x3f, duration: (high << 8) | low });
  }
  return events;
}
