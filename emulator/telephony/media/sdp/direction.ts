import type { Direction } from './formats.ts';
import { attribute, type SdpMedia, type SessionDescription } from './session-description.ts';

const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

export function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

export function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

export function direction(send: boolean, receive: boolean): Direction {
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}

/** The same direction seen from the other end. */
export function mirrored(theirs: Direction): Direction {
  return direction(receives(theirs), sends(theirs));
}

/** What both allow, both seen from the same end. */
export function commonDirection(a: Direction, b: Direction): Direction {
  return direction(sends(a) && sends(b), receives(a) && receives(b));
}

/**
 * The direction that its writer states: the section's own, else the session's, else sendrecv (RFC 8866 §6.7). An
 * address of zeros is hold by RFC 2543 (RFC 3264 §8.4): the writer receives nothing.
 */
export function statedDirection(session: SessionDescription, media: SdpMedia): Direction {
  const of = (attributes: SdpMedia['attributes']) => DIRECTIONS.find((name) => attribute(attributes, name) !== undefined);
  const stated = of(media.attributes) ?? of(session.attributes) ?? 'sendrecv';
  const address = (media.connection ?? session.connection)?.address;
  return address === '0.0.0.0' || address === '::' ? direction(sends(stated), false) : stated;
}
