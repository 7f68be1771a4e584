import type { JournalEntry } from '../../../core/journal.ts';
import { identified } from '../access/identified.ts';
import type { Ticket, TicketEventData, User } from '../entities.ts';
import type { Support } from '../index.ts';
import { noteMail } from '../mail.ts';

/**
 * Those who subscribe to an organization are told when a ticket of it is submitted (vendor article "Organization subscriptions"),
 * and of each public comment on one (inferred): not of what they did themselves, nor of what they do not get to see. What is imported
 * is news to nobody. With the change itself, in its transaction.
 */
export function tellSubscribers({ context, requests, roles }: Pick<Support, 'context' | 'requests' | 'roles'>): void {
  const { core, collections } = context;
  core.journal.within(({ kind, account, data }: JournalEntry) => {
    if (account === null || (kind !== 'ticket.created' && kind !== 'ticket.updated')) return;
    const { ticket, comment, actorId } = data as TicketEventData;
    const isNew = kind === 'ticket.created';
    if (ticket.organization_id === null || !(isNew || comment?.public)) return;
    const what = isNew ? 'new ticket' : 'new comment on the ticket';
    const where = { organization_id: ticket.organization_id };
    for (const { user_id: userId } of collections.organizationSubscriptions.find(account, { where })) {
      const user = collections.users.get(account, userId);
      if (!user?.active || user.suspended || userId === actorId || userId === comment?.author_id) continue;
      if (!isShown(account, user, ticket)) continue;
      noteMail(context, account, { userId, about: `${what} ${ticket.id}`, data: { ticket_id: ticket.id, subject: ticket.subject } });
    }
  });

  /** Agents see all tickets or those of their organization, else they are told of none; end users those of organizations that share them. */
  function isShown(account: string, user: User, ticket: Ticket): boolean {
    if (user.role === 'end-user')
      return ticket.is_public && requests.viewer(account, user.id).organizations.some(({ id }) => id === ticket.organization_id);
    const limit = identified(account, user, roles)?.ticketRestriction ?? null;
    return limit === null || (limit === 'organization' && user.organization_id === ticket.organization_id);
  }
}
