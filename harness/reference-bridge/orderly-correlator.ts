import type { Correlatable, VoiceTicket } from './correlator.ts';

/** The seeded defect: the first ticket is taken to be the first call's, as if webhooks came in the order of the calls. */
export class OrderlyCorrelator<Session extends Correlatable> {
  readonly #calls: Session[] = [];
  readonly #tickets: VoiceTicket[] = [];
  readonly #seen = new Set<number>();

  callArrived(session: Session): VoiceTicket | undefined {
    const ticket = this.#tickets.shift();
    if (ticket) session.ticketId = ticket.id;
    else this.#calls.push(session);
    return ticket;
  }

  ticketArrived(ticket: VoiceTicket): Session | undefined {
    if (this.#seen.has(ticket.id)) return undefined;
    this.#seen.add(ticket.id);
    const session = this.#calls.shift();
    if (session) session.ticketId = ticket.id;
    else this.#tickets.push(ticket);
    return session?.endedAt === undefined ? session : undefined;
  }
}
