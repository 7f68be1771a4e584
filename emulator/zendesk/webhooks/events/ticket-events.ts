import type { JournalEntry } from '../../../core/journal.ts';
import type { Comment, TicketChange, TicketEventData } from '../../support/index.ts';
import type { EventDraft, JsonObject } from './event-draft.ts';
import { EVENT_PREFIX } from './event-types.ts';
import { ticketChange } from './ticket-changes.ts';
import { ticketDetail } from './ticket-detail.ts';

/** Who wrote a comment, as far as the event tells. */
export type Author = (account: string, userId: number) => { readonly name: string; readonly role: string } | undefined;

/** Journal kinds that say no more than that something happened to the ticket. */
const PLAIN: Readonly<Record<string, string>> = {
  'ticket.created': 'created',
  'ticket.deleted': 'soft_deleted',
  'ticket.restored': 'undeleted',
  'ticket.permanently_deleted': 'permanently_deleted',
  'ticket.marked_as_spam': 'marked_as_spam',
  'ticket.merged': 'merged',
};

/**
 * The events that follow from one `ticket.*` or `comment.added` entry, in the order of their sequence. A creation tells
 * of itself, then of its comment, then of its tags and custom fields; of nothing that a new ticket merely starts with
 * (positions 1 and 2 recorded, the rest inferred).
 */
export function ticketEvents(entry: JournalEntry, author: Author): EventDraft[] {
  const data = entry.data as TicketEventData;
  const { ticket } = data;
  const draft = (name: string, event: () => JsonObject): EventDraft => ({
    type: `${EVENT_PREFIX}ticket.${name}`,
    subject: `zen:ticket:${ticket.id}`,
    detail: () => ticketDetail(ticket, data.actorId),
    event,
    ticket: ticket.id,
  });
  const plain = PLAIN[entry.kind];
  const changes = (data.changes ?? (entry.kind === 'ticket.created' ? initial(data) : [])).flatMap((change) => {
    const told = ticketChange(change);
    return told ? [draft(told.event, () => told.body)] : [];
  });
  const { comment } = data;
  return [
    ...(plain ? [draft(plain, () => ({}))] : []),
    ...(comment ? [draft('comment_added', () => ({ comment: commentBody(comment, author, entry.account ?? '') }))] : []),
    ...changes,
  ];
}

function initial({ ticket }: TicketEventData): TicketChange[] {
  const tags = ticket.tags.length === 0 ? [] : [{ field: 'tags', previous: [], current: ticket.tags }];
  return [...tags, ...ticket.custom_fields.map(({ id, value }) => ({ field: `custom_fields.${id}`, previous: null, current: value }))];
}

function commentBody(comment: Comment, author: Author, account: string): JsonObject {
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
