import type { SupportContext } from '../context.ts';
import type { Actor, Ticket } from '../entities.ts';
import type { TicketPatch } from '../drafts.ts';
import type { TicketService } from '../tickets/tickets.ts';

/** Tickets lose what they are tied to when an agent, a group or an organization lets go of them. */
export class WorkingTickets {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;

  constructor(context: SupportContext, tickets: TicketService) {
    this.#context = context;
    this.#tickets = tickets;
  }

  /** Changes each ticket that is not closed: those cannot be changed any more. */
  change(
    account: string,
    where: Partial<Record<'assignee_id' | 'requester_id' | 'group_id' | 'organization_id', number>>,
    patch: TicketPatch,
    actor: Actor,
  ): Ticket[] {
    const found = this.#context.collections.tickets.find(account, { where: { deleted: 0, ...where } });
    return found.filter(({ status }) => status !== 'closed').map(({ id }) => this.#tickets.update(account, id, patch, actor).ticket);
  }
}
