import type { JournalEntry } from '../../../core/journal.ts';
import type { Attachment, Comment, TicketChange, TicketEventData } from '../../support/index.ts';
import type { EventDraft, JsonObject } from './event-draft.ts';
import { eventTypesOf } from './event-types.ts';
import type { FieldOf } from './field-of.ts';
import { ticketChange } from './ticket-changes.ts';
import { ticketDetail } from './ticket-detail.ts';

/** What events tell of that lies outside the ticket. */
export interface Surroundings {
  /** Who wrote a comment. */
  readonly author: (account: string, userId: number) => { readonly name: string; readonly role: string } | undefined;
  /** The prefix of the URLs of files. */
  readonly base: (account: string) => string;
  readonly field: FieldOf;
}

const typeOf = eventTypesOf('ticket');

/** Journal kinds that say no more than that something happened to the ticket. */
const PLAIN: Readonly<Record<string, string>> = {
  'ticket.created': 'created',
  'ticket.deleted': 'soft_deleted',
  'ticket.restored': 'undeleted',
  'ticket.permanently_deleted': 'permanently_deleted',
  'ticket.marked_as_spam': 'marked_as_spam',
};

/**
 * The events that follow from one `ticket.*` or `comment.added` entry, in the order of their sequence. A creation tells
 * of itself, then of its comment, then of its tags and custom fields; of nothing that a new ticket merely starts with
 * (positions 1 and 2 recorded, the rest inferred).
 */
export function ticketEvents(entry: JournalEntry, around: Surroundings): EventDraft[] {
  const data = entry.data as TicketEventData;
  const { ticket } = data;
  const account = entry.account ?? '';
  const subject = `zen:ticket:${ticket.id}`;
  const detail = (): JsonObject => ticketDetail(ticket, data.actorId);
  const drafts: EventDraft[] = [];
  const tell = (name: string, event: () => JsonObject): void => {
    drafts.push({ type: typeOf(name), subject, detail, event, ticket: ticket.id });
  };
  const plain = PLAIN[entry.kind];
  if (plain) tell(plain, () => ({}));
  for (const { name, event } of touching(entry.kind, data)) tell(name, () => event);
  const { comment } = data;
  if (comment) tell('comment_added', () => ({ comment: commentBody(comment, around, account) }));
  for (const each of comment?.attachments ?? [])
    tell('attachment_linked_to_comment', () => ({
      comment: { id: String(comment?.id), attachment: attachmentBody(each, comment?.public ?? true, around.base(account)) },
    }));
  for (const change of data.changes ?? (entry.kind === 'ticket.created' ? initial(data) : [])) {
    const told = ticketChange(change, ticket, (id) => around.field(account, 'ticket', id));
    if (told) tell(told.event, told.body);
  }
  return drafts;
}

/**
 * Merges, and what was done to a comment that was there. Of a comment made private no details are told (read in a
 * client); of a redaction only which comment and file (inferred from what clients read); the target of a merge is inferred.
 */
function touching(kind: string, { touched, mergedInto }: TicketEventData): { name: string; event: JsonObject }[] {
  if (kind === 'ticket.merged')
    return [{ name: 'merged', event: mergedInto === undefined ? {} : { target_ticket_id: String(mergedInto) } }];
  if (!touched) return [];
  const id = String(touched.commentId);
  const { attachmentId } = touched;
  if (kind === 'ticket.comment_made_private') return [{ name: 'comment_made_private', event: {} }];
  if (attachmentId === undefined) return [{ name: 'comment_redacted', event: { comment: { id } } }];
  return [{ name: 'attachment_redacted_from_comment', event: { comment: { id, attachment: { id: String(attachmentId) } } } }];
}

/** Documented sample. */
function attachmentBody({ id, content_type, file_name, token }: Attachment, isPublic: boolean, base: string): JsonObject {
  const content_url = `${base}/attachments/token/${token}/?name=${encodeURIComponent(file_name)}`;
  return { id: String(id), content_type, content_url, filename: file_name, is_public: isPublic };
}

function initial({ ticket }: TicketEventData): TicketChange[] {
  const tags = ticket.tags.length === 0 ? [] : [{ field: 'tags', previous: [], current: ticket.tags }];
  return [...tags, ...ticket.custom_fields.map(({ id, value }) => ({ field: `custom_fields.${id}`, previous: null, current: value }))];
}

function commentBody(comment: Comment, { author }: Surroundings, account: string): JsonObject {
  const writer = author(account, comment.author_id);
  return {
    author: {
      id: String(comment.author_id),
      is_staff: writer !== undefined && writer.role !== 'end-user',
      name: writer?.name ?? null,
    },
    body: comment.body,
    html_body: comment.html_body,
    id: String(comment.id),
    is_public: comment.public,
  };
}
