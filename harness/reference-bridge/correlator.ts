/** What the correlator must know of a call session. Times are milliseconds since the epoch. */
export interface Correlatable {
  readonly caller: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** The transfer's INVITE is out: Zendesk may now make a ticket for the transfer itself, with the same caller. */
  readonly transferSent: boolean;
  ticketId: number | undefined;
}

/** A voice ticket whose call is wanted. */
export interface VoiceTicket {
  readonly id: number;
  readonly phone: string;
  readonly requesterId: number;
  /** By Zendesk's clock, in whole seconds. */
  readonly createdAt: number;
  /** When its webhook came, by the bridge's clock. */
  readonly seenAt: number;
}

export type SameCaller = (a: string, b: string) => boolean;

/** How long a ticket waits for its call: the telephone network takes seconds to forward one. */
const TICKET_WAITS_MS = 20_000;
/** How long an ended call waits for its ticket. */
const CALL_WAITS_MS = 60_000;
/** How long a ticket is remembered, so that a repeated webhook does nothing. */
const REMEMBERED_MS = 3_600_000;
/** How far Zendesk's clock may be ahead of the bridge's. */
const CLOCK_SKEW_MS = 2_000;

/**
 * Joins calls and tickets by the caller's number. A link is made only when exactly one call and one ticket fit: two
 * live calls of one number stay unlinked, and a ticket that comes after its call ended is not given to the next call.
 *
 * Zendesk opens a ticket before it forwards the call, or when the call is over. So a ticket that was opened well after a
 * live call came in belongs to another one, and so does any that comes once the call was transferred.
 */
export class Correlator<Session extends Correlatable> {
  readonly #same: SameCaller;
  readonly #sessions = new Set<Session>();
  readonly #seen = new Map<number, number>();
  #waiting: VoiceTicket[] = [];

  constructor(same: SameCaller) {
    this.#same = same;
  }

  /** A call has come in; returns the ticket that was waiting for it, if it is the only one. */
  callArrived(session: Session, now: number): VoiceTicket | undefined {
    this.#forget(now);
    this.#sessions.add(session);
    const { caller } = session;
    if (caller === undefined) return undefined;
    const [ticket, ...others] = this.#waiting.filter(({ phone }) => this.#same(phone, caller));
    if (!ticket || others.length > 0 || this.#onlyCallOf(ticket) !== session) return undefined;
    this.#waiting = this.#waiting.filter((other) => other !== ticket);
    session.ticketId = ticket.id;
    return ticket;
  }

  /** A ticket has come in; returns the live call that it was linked to. The same ticket again does nothing. */
  ticketArrived(ticket: VoiceTicket): Session | undefined {
    this.#forget(ticket.seenAt);
    if (this.#seen.has(ticket.id)) return undefined;
    this.#seen.set(ticket.id, ticket.seenAt);
    if (this.#contenders(ticket).length === 0) this.#waiting.push(ticket);
    const session = this.#onlyCallOf(ticket);
    if (!session) return undefined;
    session.ticketId = ticket.id;
    return session.endedAt === undefined ? session : undefined;
  }

  /** The one call that the ticket can belong to; undefined when there are several, or none. */
  #onlyCallOf(ticket: VoiceTicket): Session | undefined {
    const [session, ...others] = this.#contenders(ticket);
    if (!session || others.length > 0 || session.ticketId !== undefined || session.transferSent) return undefined;
    return ticket.createdAt <= (session.endedAt ?? session.startedAt) + CLOCK_SKEW_MS ? session : undefined;
  }

  /** Calls of this caller: live ones, and ended ones that never had a ticket, unless it was opened long after their end. */
  #contenders({ phone, createdAt }: VoiceTicket): Session[] {
    return [...this.#sessions].filter(({ caller, endedAt, ticketId }) => {
      if (caller === undefined || !this.#same(caller, phone)) return false;
      return endedAt === undefined || (ticketId === undefined && createdAt <= endedAt + CLOCK_SKEW_MS);
    });
  }

  #forget(now: number): void {
    this.#waiting = this.#waiting.filter(({ seenAt }) => now - seenAt < TICKET_WAITS_MS);
    for (const session of this.#sessions)
      if (session.endedAt !== undefined && now - session.endedAt > CALL_WAITS_MS) this.#sessions.delete(session);
    for (const [id, seenAt] of this.#seen) {
      if (now - seenAt <= REMEMBERED_MS) break;
      this.#seen.delete(id);
    }
  }
}

/** Two E.164 numbers are the same caller only when they are equal. */
export const exactly: SameCaller = (a, b) => a === b;

/** The seeded defect: +442079460018 and +12079460018 pass for one. */
export const byLastTenDigits: SameCaller = (a, b) => a.slice(-10) === b.slice(-10);
