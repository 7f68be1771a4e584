import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import type { TicketService } from '../tickets/tickets.ts';

/**
 * All tickets of one organization become another's: closed and deleted ones too, which cannot be updated and
 * change without an audit (inferred). Inside a transaction of the caller's.
 */
export function moveTickets(
  context: SupportContext,
  tickets: TicketService,
  account: string,
  { from, to }: { readonly from: number; readonly to: number },
  { userId }: Actor,
): void {
  const { tickets: rows } = context.collections;
  const generated_timestamp = secondsOf(context.now(account));
  for (const ticket of rows.find(account, { where: { organization_id: from } })) {
    if (ticket.status === 'closed' || ticket.deleted_at !== null)
      rows.put(account, { ...ticket, organization_id: to, generated_timestamp });
    else tickets.update(account, ticket.id, { organization_id: to }, { userId, via: 'system' });
  }
}
