import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import type { TicketService } from '../tickets/tickets.ts';

/**
 * All tickets of one user or organization become another's: closed and deleted ones too, which cannot be updated and
 * change without an audit (inferred). Inside a transaction of the caller's.
 */
export function moveTickets(
  context: SupportContext,
  tickets: TicketService,
  account: string,
  move: { readonly property: 'requester_id' | 'organization_id'; readonly from: number; readonly to: number },
  { userId }: Actor,
): void {
  const { property, from, to } = move;
  const { tickets: rows } = context.collections;
  const generated_timestamp = secondsOf(context.now(account));
  for (const ticket of rows.find(account, { where: { [property]: from } })) {
    if (ticket.status === 'closed' || ticket.deleted_at !== null) rows.put(account, { ...ticket, [property]: to, generated_timestamp });
    else tickets.update(account, ticket.id, { [property]: to }, { userId, via: 'system' });
  }
}
