/** What the correlator must know of a call session. */
export interface Correlatable {
  readonly caller: string | undefined;
  readonly startedAt: number;
  endedAt: number | undefined;
  ticketId: number | undefined;
}

/** A voice ticket whose call is wanted. */
export interface VoiceTicket {
  readonly id: number;
  readonly phone: string;
  readonly seenAt: number;
}

export type SameCaller = (a: string, b: string) => boolean;

/** How long a ticket waits for its call, and an ended call for its ticket, in milliseconds. */
const WINDOW_MS = 60_000;

/**
 * Joins calls and tickets by the caller's number. A link is made only when exactly one call and one ticket fit: two
 * live calls of one number stay unlinked, and a ticket that comes after its call ended is not given to the next call.
 */
export class Correlator<Session extends Correlatable> {
  readonly #same: SameCaller;
  readonly #sessions = new Set<Session>();
  readonly #seen = new Set<number>();
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
    const tickets = this.#waiting.filter((ticket) => this.#same(ticket.phone, caller));
    const [ticket] = tickets;
    if (tickets.length !== 1 || !ticket || this.#fitting(caller).length !== 1) return undefined;
    this.#waiting = this.#waiting.filter((other) => other !== ticket);
    session.ticketId = ticket.id;
    return ticket;
  }

  /** A ticket has come in; returns the live call that it was linked to. The same ticket again does nothing. */
  ticketArrived(ticket: VoiceTicket): Session | undefined {
    this.#forget(ticket.seenAt);
    if (this.#seen.has(ticket.id)) return undefined;
    this.#seen.add(ticket.id);
    const sessions = this.#fitting(ticket.phone);
    const [session] = sessions;
    if (!session) this.#waiting.push(ticket);
    if (sessions.length !== 1 || !session || session.ticketId !== undefined) return undefined;
    session.ticketId = ticket.id;
    return session.endedAt === undefined ? session : undefined;
  }

  /** Calls of this caller: live ones, and ended ones that never had their ticket. */
  #fitting(phone: string): Session[] {
    return [...this.#sessions].filter((session) => {
      const open = session.endedAt === undefined || session.ticketId === undefined;
      return open && session.caller !== undefined && this.#same(session.caller, phone);
    });
  }

  #forget(now: number): void {
    this.#waiting = this.#waiting.filter((ticket) => now - ticket.seenAt < WINDOW_MS);
    for (const session of this.#sessions)
      if (session.endedAt !== undefined && now - session.endedAt > WINDOW_MS) this.#sessions.delete(session);
  }
}

/** Two E.164 numbers are the same caller only when they are equal. */
export const exactly: SameCaller = (a, b) => a === b;

/** The seeded defect: +442079460018 and +12079460018 pass for one. */
export const byLastTenDigits: SameCaller = (a, b) => a.slice(-10) === b.slice(-10);
