import type { JournalEntry } from '../../../core/journal.ts';
import { identified } from '../access/identified.ts';
import type { Ticket, TicketEventData, User } from '../entities.ts';
import type { Support } from '../index.ts';
import { noteMail } from '../mail.ts';
import { mayView } from '../requests/request-view.ts';

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
    for (const { user_id: userId } of collections.organizationSubscriptions.find(account, {
      where: { organization_id: ticket.organization_id },
    })) {
      // prettier-ignore
      const user = collections.users.get(account, userId);
      if (userId === actorId || userId === comment?.author_id || !user?.active || user.suspended || !isShown(account, user, ticket))
        continue;
      noteMail(context, account, { userId, about: `${what} ${ticket.id}`, data: { ticket_id: ticket.id, subject: ticket.subject } });
    }
  });

  /** Agents see all tickets or those of their organization, else they are told of none; end users see those of organizations that share them. */
  function isShown(account: string, user: User, ticket: Ticket): boolean {
    if (user.role === 'end-user') return mayView(requests.viewer(account, user.id), ticket);
    const limit = identified(account, user, roles)?.ticketRestriction ?? null;
    return limit === null || (limit === 'organization' && user.organization_id === ticket.organization_id);
  }
}
