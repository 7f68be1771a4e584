import { SYSTEM_USER_ID, type SupportContext } from '../context.ts';
import type { Actor, Audit, Ticket, User } from '../entities.ts';
import { closedTicket, recordNotFound } from '../errors.ts';
import type { AttachmentService } from '../files/attachments.ts';
import { commentsOf } from './comments.ts';
import { auditVia, secondsOf } from './ticket-build.ts';
import { journalTicket, type TicketEntry } from './ticket-journal.ts';
import { markProblems } from './ticket-links.ts';
import type { TicketService } from './tickets.ts';
import type { UserService } from '../people/users.ts';

/** A deleted ticket and who deleted it. */
export interface BinnedTicket {
  readonly ticket: Ticket;
  readonly actor: User | undefined;
}

/** Deleted tickets: what can still be done with them, and how spam gets there. */
export class TicketBin {
  readonly #context: SupportContext;
  readonly #tickets: TicketService;
  readonly #users: UserService;
  readonly #attachments: AttachmentService;

  constructor(context: SupportContext, tickets: TicketService, users: UserService, attachments: AttachmentService) {
    this.#context = context;
    this.#tickets = tickets;
    this.#users = users;
    this.#attachments = attachments;
  }

  get(account: string, id: number): Ticket | undefined {
    const ticket = this.#context.collections.tickets.get(account, id);
    return ticket && ticket.deleted_at !== null ? ticket : undefined;
  }

  list(account: string): Ticket[] {
    return this.#context.collections.tickets.find(account, { where: { deleted: 1 } });
  }

  /** The author of the deletion, which is the last audit of the ticket. */
  deletedBy(account: string, id: number): User | undefined {
    const [last] = this.#context.collections.audits.find(account, { where: { ticket_id: id }, order: ['-key'], limit: 1 });
    return last && this.#users.get(account, last.author_id);
  }

  /** @throws ApiError 404 for a ticket that is not deleted, or deleted for good */
  restore(account: string, id: number, actor: Actor): Ticket {
    return this.#context.core.store.transaction(() => {
      const before = this.#binned(account, id);
      const now = this.#context.now(account);
      const ticket: Ticket = { ...before, deleted_at: null, updated_at: now, generated_timestamp: secondsOf(now) };
      this.#context.collections.tickets.put(account, ticket);
      markProblems(this.#context, account, ticket);
      const audit = this.#audit(account, ticket, actor);
      this.#context.collections.audits.insert(account, audit);
      this.#journal(account, 'ticket.restored', ticket, audit, actor);
      return ticket;
    });
  }

  /** For good, with everything that was said and every file. @throws ApiError 404 */
  purge(account: string, id: number, actor: Actor): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const ticket = this.#binned(account, id);
      const audit = this.#audit(account, ticket, actor);
      for (const old of collections.audits.find(account, { where: { ticket_id: id } })) {
        this.#attachments.erase(account, commentsOf(old).flatMap(({ attachments }) => attachments ?? [])); // prettier-ignore
        collections.audits.delete(account, old.id);
      }
      collections.tickets.delete(account, id);
      this.#journal(account, 'ticket.permanently_deleted', ticket, audit, actor);
    });
  }

  /**
   * Deletes the ticket and suspends its requester, unless that is an agent (last part inferred). A closed ticket is no spam
   * (vendor article "Marking a ticket as spam and suspending the requester"). @throws ApiError 404, 403, 422
   */
  markAsSpam(account: string, id: number, actor: Actor): void {
    this.#context.core.store.transaction(() => {
      if (this.#tickets.get(account, id)?.status === 'closed') throw closedTicket();
      const audit = this.#tickets.delete(account, id, actor);
      const ticket = this.#binned(account, id);
      const requester = this.#users.get(account, ticket.requester_id);
      if (requester?.active && requester.role === 'end-user' && !requester.suspended)
        this.#users.update(account, requester.id, { suspended: true }, actor);
      // One action with the deletion.
      this.#journal(account, 'ticket.marked_as_spam', ticket, audit, actor);
    });
  }

  #binned(account: string, id: number): Ticket {
    const ticket = this.get(account, id);
    if (!ticket) throw recordNotFound();
    return ticket;
  }

  #audit(account: string, ticket: Ticket, actor: Actor): Audit {
    return {
      id: this.#context.ids(account)(),
      ticket_id: ticket.id,
      created_at: this.#context.now(account),
      author_id: actor.userId ?? SYSTEM_USER_ID,
      metadata: { system: {}, custom: {} },
      events: [],
      via: auditVia(actor, ticket, () => undefined, false),
    };
  }

  #journal(account: string, kind: TicketEntry['kind'], ticket: Ticket, audit: Audit, actor: Actor): void {
    journalTicket(this.#context, { account, kind, ticket, audit, actor });
  }
}
