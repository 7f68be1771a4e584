import { onBehalfOf } from '../access/actor-limits.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Ticket } from '../entities.ts';
import { recordInvalid, recordNotFound } from '../errors.ts';
import { AttachmentService } from '../files/attachments.ts';
import { journalTicket } from './ticket-journal.ts';
import type { TicketService } from './tickets.ts';

/** What `POST /tickets/{id}/merge` asks (vendor article "Merge tickets into target ticket"). */
export interface Merge {
  readonly target: number;
  readonly ids: readonly number[];
  readonly target_comment?: string;
  readonly source_comment?: string;
  readonly target_comment_is_public?: boolean;
  readonly source_comment_is_public?: boolean;
}

/** The tickets of a merge. @throws ApiError 404, or 422 for a closed ticket or a ticket into itself (wording inferred) */
export function mergeable(tickets: TicketService, account: string, merge: Merge): { target: Ticket; sources: Ticket[] } {
  const [target, ...sources] = [merge.target, ...new Set(merge.ids)].map((id) => {
    const ticket = tickets.get(account, id);
    if (!ticket) throw recordNotFound();
    return ticket;
  }) as [Ticket, ...Ticket[]];
  const refused = merge.ids.includes(merge.target) ? target : [target, ...sources].find((ticket) => ticket.status === 'closed');
  if (refused) throw recordInvalid({ base: [{ description: `Merge: ticket #${refused.id} cannot be merged`, error: 'InvalidValue' }] });
  return { target, sources };
}

/**
 * Closes the sources with the tag `closed_by_merge` and a comment on either side, private unless asked otherwise; their
 * requesters are copied on the target (inferred), their files are the target's too (documented). One transaction.
 */
export function mergeTickets(context: SupportContext, tickets: TicketService, account: string, merge: Merge, merger: Actor): void {
  const actor = onBehalfOf(merger);
  context.core.store.transaction(() => {
    const { target, sources } = mergeable(tickets, account, merge);
    const named = sources.map(({ id }) => `#${id}`).join(', ');
    const strangers = sources.map((source) => source.requester_id).filter((id) => id !== target.requester_id);
    const said = merge.target_comment ?? `Requests ${named} were closed and merged into this request.`;
    const email_ccs = [...new Set(strangers)].map((user_id) => ({ user_id, action: 'put' as const }));
    const files = sources.flatMap(({ id }) => tickets.comments(account, id)).flatMap(({ attachments = [] }) => attachments);
    const uploads = files.length > 0 ? new AttachmentService(context).copy(account, files).token : undefined;
    const comment = { body: said, public: merge.target_comment_is_public ?? false, ...(uploads ? { uploads } : {}) };
    tickets.update(account, target.id, { comment, ...(email_ccs.length > 0 ? { email_ccs } : {}) }, actor);
    for (const source of sources) {
      const body = merge.source_comment ?? `This request was closed and merged into request #${target.id} "${target.subject ?? ''}".`;
      const patch = { comment: { body, public: merge.source_comment_is_public ?? false }, status: 'closed' as const };
      const { ticket, audit } = tickets.update(account, source.id, { ...patch, additional_tags: ['closed_by_merge'] }, actor);
      journalTicket(context, { account, kind: 'ticket.merged', ticket, audit: { ...audit, events: [] }, actor, mergedInto: target.id });
    }
  });
}
