import { type Ticket, viaType } from '../../support/index.ts';
import { idText, type JsonObject, upper } from './event-draft.ts';

/**
 * `detail` of every ticket event: the ticket after the change, in the vocabulary of events (string ids, upper-case
 * enumerations, `custom_status`, `form_id`). No phone number, no requester, no custom fields: receivers must read those.
 */
export function ticketDetail(ticket: Ticket, actorId: number | null): JsonObject {
  return {
    actor_id: idText(actorId),
    assignee_id: idText(ticket.assignee_id),
    brand_id: idText(ticket.brand_id),
    created_at: ticket.created_at,
    custom_status: idText(ticket.custom_status_id),
    description: ticket.description,
    external_id: ticket.external_id,
    form_id: idText(ticket.ticket_form_id),
    group_id: idText(ticket.group_id),
    id: String(ticket.id),
    is_public: ticket.is_public,
    organization_id: idText(ticket.organization_id),
    priority: upper(ticket.priority),
    requester_id: idText(ticket.requester_id),
    status: ticket.deleted_at === null ? upper(ticket.status) : 'DELETED',
    subject: ticket.subject,
    submitter_id: idText(ticket.submitter_id),
    // A captured ticket without tags has null, not an empty list.
    tags: ticket.tags.length === 0 ? null : [...ticket.tags],
    type: upper(ticket.type),
    updated_at: ticket.updated_at,
    via: { channel: viaType(ticket.via.via_id) },
  };
}
