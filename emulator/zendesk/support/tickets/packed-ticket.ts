import { type Packing, packing } from '../../../core/packing.ts';
import type { Audit, AuditEvent, Comment, EventValue, FieldEvent, Ticket, Via } from '../entities.ts';
import { textFromBody } from './comment-text.ts';
import { isComment } from './comments.ts';

/**
 * Tickets and audits as they lie in the store: there are many, most of their JSON would be names, and what follows from the rest
 * need not be kept. Whatever does not fit a short form is kept as it is.
 */

const TICKET = packing<Ticket>([
  'id', 'external_id', 'via', 'created_at', 'updated_at', 'generated_timestamp', 'type', 'subject', 'description', 'priority', 'status',
  'recipient', 'requester_id', 'submitter_id', 'assignee_id', 'organization_id', 'group_id', 'follower_ids', 'email_cc_ids', 'problem_id',
  'has_incidents', 'is_public', 'due_at', 'tags', 'custom_fields', 'custom_status_id', 'followup_ids', 'ticket_form_id', 'brand_id',
  'allow_channelback', 'from_messaging_channel', 'support_type', 'encoded_id', 'comment_count', 'deleted_at',
]); // prettier-ignore

const AUDIT = packing<Audit>(['id', 'ticket_id', 'created_at', 'author_id', 'metadata', 'events', 'via']);

/** The forms have the types of what they stand for where `packing` passes them through. */
type As<Type> = Type & { readonly packed: never };

/** SQL for the JSON of one property of a ticket, where `column` holds tickets. */
export const ticketSql = TICKET.sql;

/**
 * The packings of an account's tickets and audits. The text of a ticket lies twice in a document, as its description and in its first
 * comment: when both are written one after the other, the audit leaves it out, and asks `described` for it when it is read.
 * Only a new ticket's audit does so: whoever changes a first comment later writes its audit before the description.
 */
export function ticketPackings(described: (account: string, ticketId: number) => string | undefined): {
  readonly ticket: Packing<Ticket>;
  readonly audit: Packing<Audit>;
} {
  let last: { readonly account: string; readonly ticket: Ticket } | undefined;
  const isDescription = (account: string, audit: Audit, body: string): boolean =>
    last?.account === account &&
    last.ticket.id === audit.ticket_id &&
    last.ticket.created_at === audit.created_at &&
    last.ticket.comment_count === 1 &&
    last.ticket.description === body;
  return {
    ticket: {
      ...TICKET,
      pack(ticket, account) {
        last = { account, ticket };
        return TICKET.pack({ ...ticket, via: packedVia(ticket.via) });
      },
      unpack(stored) {
        const ticket = TICKET.unpack(stored);
        return { ...ticket, via: unpackedVia(ticket.via) };
      },
    },
    audit: {
      ...AUDIT,
      pack(audit, account) {
        const events = audit.events.map((event) => packedEvent(event, audit, (body) => isDescription(account, audit, body)));
        last = undefined;
        return AUDIT.pack({
          ...audit,
          metadata: packedMetadata(audit.metadata),
          events: events as As<AuditEvent>[],
          via: packedVia(audit.via),
        });
      },
      unpack(stored, account) {
        const audit = AUDIT.unpack(stored);
        const known = { ...audit, metadata: unpackedMetadata(audit.metadata), via: unpackedVia(audit.via) };
        const text = (): string => described(account, audit.ticket_id) ?? '';
        return { ...known, events: audit.events.map((event) => unpackedEvent(event, audit, text)) };
      },
    },
  };
}

/** The id alone, where nothing else is known. */
function packedVia(via: Via): Via {
  const { from, to, rel } = via.source;
  const bare = rel === null && Object.keys(from).length === 0 && Object.keys(to).length === 0;
  return (bare ? via.via_id : via) as Via;
}

function unpackedVia(via: Via | number): Via {
  return typeof via === 'number' ? { via_id: via, source: { from: {}, to: {}, rel: null } } : via;
}

type Metadata = Audit['metadata'];

/** `[client, ip_address]` of an API client; nothing where nothing is known. */
function packedMetadata(metadata: Metadata): Metadata {
  const { system, custom } = metadata;
  const names = Object.keys(system);
  const usual = names.length === 0 || (names.length === 2 && names[0] === 'client' && names[1] === 'ip_address');
  return usual && Object.keys(custom).length === 0 ? (Object.values(system) as unknown as Metadata) : metadata;
}

function unpackedMetadata(metadata: Metadata | readonly unknown[]): Metadata {
  if (!Array.isArray(metadata)) return metadata as Metadata;
  const [client, ip_address] = metadata as readonly unknown[];
  return { system: metadata.length === 0 ? {} : { client, ip_address }, custom: {} };
}

/** Properties that a new ticket is told of; one is known by its place, so that new ones go to the end. */
const FIELDS = ['subject', 'requester_id', 'priority', 'type', 'status', 'organization_id', 'brand_id', 'ticket_form_id', 'custom_status_id', 'tags', 'assignee_id', 'group_id', 'external_id', 'recipient', 'due_at', 'problem_id', 'submitter_id']; // prettier-ignore

/** `[id, name, value]` of what a new ticket was given, `[id, name, value, previous]` of what changed; ids count from the audit's. */
type PackedChange = readonly [number, string | number, EventValue, ...EventValue[]];
/** `[id, public, body]`, of the audit's own author; the other texts follow from the body, which may be the ticket's description (null). */
type PackedComment = readonly [number, boolean, string | null];
type IsDescription = (body: string) => boolean;

function packedEvent(event: AuditEvent, audit: Audit, isDescription: IsDescription): AuditEvent | PackedChange | PackedComment {
  if (isComment(event)) return packedComment(event, audit, isDescription);
  if (!('field_name' in event)) return event;
  const { id, type, field_name, value, previous_value } = event;
  if (Object.keys(event).length > (previous_value === undefined ? 4 : 5)) return event;
  const place = FIELDS.indexOf(field_name);
  const name = place < 0 ? field_name : place;
  if (type === 'Change' && previous_value !== undefined) return [id - audit.id, name, value, previous_value];
  return type === 'Create' && previous_value === undefined ? [id - audit.id, name, value] : event;
}

function packedComment(comment: Comment, audit: Audit, isDescription: IsDescription): AuditEvent | PackedComment {
  const { id, type, author_id, body, html_body, plain_body, public: isPublic, audit_id } = comment;
  const follows = html_body === textFromBody(body).html_body && plain_body === body;
  const usual = type === 'Comment' && author_id === audit.author_id && audit_id === audit.id && Object.keys(comment).length === 8;
  if (follows && usual) return [id - audit.id, isPublic, isDescription(body) ? null : body];
  if (!follows) return comment;
  const { html_body: _html, plain_body: _plain, ...short } = comment;
  return short as As<AuditEvent>;
}

function unpackedEvent(event: AuditEvent | PackedChange | PackedComment, audit: Audit, description: () => string): AuditEvent {
  if (isList(event)) {
    const [distance, second, third, ...previous] = event;
    const id = audit.id + distance;
    if (typeof second === 'boolean') {
      const { body, html_body, plain_body } = told((third as string | null) ?? description());
      return { id, type: 'Comment', author_id: audit.author_id, body, html_body, plain_body, public: second, audit_id: audit.id };
    }
    const field_name = typeof second === 'number' ? (FIELDS[second] ?? String(second)) : second;
    const value = third as FieldEvent['value'];
    const [previous_value] = previous;
    if (previous_value === undefined) return { id, type: 'Create', field_name, value };
    return { id, type: 'Change', field_name, value, previous_value };
  }
  if (!isComment(event)) return event;
  const { id, type, author_id, body, html_body, plain_body = body, ...rest } = event as Omit<Comment, 'html_body' | 'plain_body'> & Partial<Comment>; // prettier-ignore
  return { id, type, author_id, body, html_body: html_body ?? told(body).html_body, plain_body, ...rest };
}

/** A comment's texts as its stored body gave them. */
function told(body: string): ReturnType<typeof textFromBody> {
  return { ...textFromBody(body), body, plain_body: body };
}

function isList(event: object): event is PackedChange | PackedComment {
  return Array.isArray(event);
}
