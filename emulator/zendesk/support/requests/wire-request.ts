import type { Audit, Comment, Field, FieldValue, Ticket, User } from '../entities.ts';
import { type Json, wireAttachment, wireComment, wireVia } from '../wire.ts';
import { canSolve } from './request-view.ts';

export interface RequestScope {
  readonly base: string;
  /** Custom fields that end users see. */
  readonly fields: readonly Field[];
  /** Who asks. */
  readonly userId: number | null;
  /** What a ticket says to end users first: its first public comment, `''` while there is none. */
  readonly opening: (ticket: Ticket) => string;
}

/** What stands for a missing subject: the beginning of the description (documented; length inferred). */
const SUBJECT_LENGTH = 100;

/** A ticket as end users see it; keys in the order of a recorded request, newer ones behind. */
export function wireRequest(ticket: Ticket, { base, fields, userId, opening }: RequestScope): Json {
  const description = opening(ticket);
  const values = new Map<number, FieldValue>(ticket.custom_fields.map((field) => [field.id, field.value]));
  const customFields = fields.filter(({ active }) => active).map(({ id }) => ({ id, value: values.get(id) ?? null }));
  const { from, rel } = ticket.via.source;
  return {
    url: `${base}/api/v2/requests/${ticket.id}.json`,
    id: ticket.id,
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    subject: ticket.subject ?? description.slice(0, SUBJECT_LENGTH),
    description,
    organization_id: ticket.organization_id,
    via: wireVia(ticket.via),
    custom_fields: customFields,
    requester_id: ticket.requester_id,
    collaborator_ids: ticket.email_cc_ids,
    email_cc_ids: ticket.email_cc_ids,
    is_public: ticket.is_public,
    due_at: ticket.due_at,
    can_be_solved_by_me: canSolve(ticket, userId),
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    recipient: ticket.recipient,
    followup_source_id: rel === 'follow_up' ? (from.ticket_id ?? null) : null,
    assignee_id: ticket.assignee_id,
    group_id: ticket.group_id,
    custom_status_id: ticket.custom_status_id,
    ticket_form_id: ticket.ticket_form_id,
    solved: ticket.status === 'solved' || ticket.status === 'closed',
    fields: customFields,
  };
}

/** A person as a request names them to whoever asks: no address, no number (form of the older reference). */
export function wirePerson({ id, name, photo, role, organization_id }: User, base: string): Json {
  return { id, name, photo: photo ? wireAttachment(photo, base) : null, agent: role !== 'end-user', organization_id };
}

/** A comment without what only agents see: the client and the address that it came from. */
export function wireRequestComment(comment: Comment, audit: Audit, base: string): Json {
  const { metadata: _metadata, ...rest } = wireComment(comment, audit, base);
  return rest;
}
