import type { JournalEntry } from '../../../core/journal.ts';
import type { EventDraft } from './event-draft.ts';
import { eventTypesOf } from './event-types.ts';

/** What is journaled of a message in a ticket's conversation. */
interface MessageData {
  readonly ticket: number;
  readonly actor: { readonly id: string; readonly name: string; readonly type: string };
  readonly conversationId: string;
  readonly message: { readonly id: string; readonly body: string };
}

const typeOf = eventTypesOf('messaging_ticket');

/**
 * `messaging_ticket.message_added` (vendor article "Messaging events"). Of the ticket only the id is told: no group, no tags. The event
 * belongs to no sequence (as captured).
 */
export function messagingEvents(entry: JournalEntry): EventDraft[] {
  const { ticket, actor, conversationId, message } = entry.data as MessageData;
  const draft: EventDraft = {
    type: typeOf('message_added'),
    subject: `zen:ticket:${ticket}`,
    detail: () => ({ id: String(ticket) }),
    event: () => ({
      actor: { id: actor.id, name: actor.name, type: actor.type },
      conversation_id: conversationId,
      message: { body: message.body, id: message.id },
    }),
    ticket,
    marks: 'ulid',
  };
  return [draft];
}
