import { type Packing, packing } from '../../../core/packing.ts';
import type { Audit, AuditEvent, Comment, FieldEvent, Ticket } from '../entities.ts';
import { textFromBody } from './comment-text.ts';
import { isComment } from './comments.ts';

/** Tickets and audits as they lie in the store: there are many, and most of their JSON would be names. */

export const TICKET_PACKING: Packing<Ticket> = packing<Ticket>([
  'id', 'external_id', 'via', 'created_at', 'updated_at', 'generated_timestamp', 'type', 'subject', 'description', 'priority', 'status',
  'recipient', 'requester_id', 'submitter_id', 'assignee_id', 'organization_id', 'group_id', 'follower_ids', 'email_cc_ids', 'problem_id',
  'has_incidents', 'is_public', 'due_at', 'tags', 'custom_fields', 'custom_status_id', 'followup_ids', 'ticket_form_id', 'brand_id',
  'allow_channelback', 'from_messaging_channel', 'support_type', 'encoded_id', 'comment_count', 'deleted_at',
]); // prettier-ignore

const AUDIT = packing<Audit>(['id', 'ticket_id', 'created_at', 'author_id', 'metadata', 'events', 'via']);

/** `[id, name, value]` of what a new ticket was given, `[id, name, value, previous]` of what changed; ids count from the audit's. */
type PackedChange = readonly [number, string, FieldEvent['value'], ...FieldEvent['value'][]];
/** Without the texts that follow from the body. */
type PackedComment = Omit<Comment, 'html_body' | 'plain_body'> & Partial<Comment>;

export const AUDIT_PACKING: Packing<Audit> = {
  pack: (audit) =>
    AUDIT.pack({ ...audit, events: audit.events.map((event) => packedEvent(event, audit.id)) as unknown as Audit['events'] }),
  sql: AUDIT.sql,
  unpack(stored) {
    const audit = AUDIT.unpack(stored);
    const events = audit.events as unknown as readonly (PackedChange | PackedComment | AuditEvent)[];
    return { ...audit, events: events.map((event) => unpackedEvent(event, audit.id)) };
  },
};

function packedEvent(event: AuditEvent, auditId: number): PackedChange | PackedComment | AuditEvent {
  if (isComment(event)) return packedComment(event);
  if (event.type !== 'Create' && event.type !== 'Change') return event;
  if (!('field_name' in event)) return event;
  const { id, type, field_name, value, previous_value, ...rest } = event;
  if (Object.keys(rest).length > 0) return event;
  if (type === 'Change' && previous_value !== undefined) return [id - auditId, field_name, value, previous_value];
  return type === 'Create' && previous_value === undefined ? [id - auditId, field_name, value] : event;
}

function packedComment(comment: Comment): PackedComment {
  const { html_body, plain_body, ...rest } = comment;
  return {
    ...rest,
    ...(html_body === textFromBody(comment.body).html_body ? {} : { html_body }),
    ...(plain_body === comment.body ? {} : { plain_body }),
  };
}

function unpackedEvent(event: PackedChange | PackedComment | AuditEvent, auditId: number): AuditEvent {
  if (isPacked(event)) {
    const [id, field_name, value, ...previous] = event;
    const [previous_value] = previous;
    if (previous_value === undefined) return { id: auditId + id, type: 'Create', field_name, value };
    return { id: auditId + id, type: 'Change', field_name, value, previous_value };
  }
  if (!isComment(event as AuditEvent)) return event as AuditEvent;
  const { id, type, author_id, body, html_body, plain_body = body, ...rest } = event as PackedComment;
  return { id, type, author_id, body, html_body: html_body ?? textFromBody(body).html_body, plain_body, ...rest };
}

function isPacked(event: PackedChange | object): event is PackedChange {
  return Array.isArray(event);
}
