import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import { eventSurface } from '../surface.ts';
import { envelope } from './envelope.ts';
import { messagingEvents } from './messaging-events.ts';

const MESSAGE = {
  ticket: 141,
  actor: { id: 'zd:answerBot', name: 'Answer Bot', type: 'system' },
  conversationId: '67ab5f53a96f98663935c3f2',
  message: { id: '67ab5f55155becd183e284cb', body: 'How can I help?' },
};

it('a message is told of with the id of its ticket, and nothing else of that', () => {
  const common = { seq: 3, at: 0, account: 'acme', journey: null, thread: null, from: 'zendesk', to: 'zendesk', label: '' };
  const entry: JournalEntry = { ...common, kind: 'messaging_ticket.message_added', data: MESSAGE };
  const [draft] = messagingEvents(entry);
  const context = { accountId: 21825834, id: '01JQMQH83YNAKWSWJ8B1QH2NSC', time: '2025-02-11T14:32:05.254571515Z', sequence: null };
  expect(draft && envelope(draft, context)).toBe(`{
   "account_id": 21825834,
   "detail": {
      "id": "141"
   },
   "event": {
      "actor": {
         "id": "zd:answerBot",
         "name": "Answer Bot",
         "type": "system"
      },
      "conversation_id": "67ab5f53a96f98663935c3f2",
      "message": {
         "body": "How can I help?",
         "id": "67ab5f55155becd183e284cb"
      }
   },
   "id": "01JQMQH83YNAKWSWJ8B1QH2NSC",
   "subject": "zen:ticket:141",
   "time": "2025-02-11T14:32:05.254571515Z",
   "type": "zen:event-type:messaging_ticket.message_added",
   "zendesk_event_version": "2022-11-06"
}
`);
});

it('is the messaging event that the surface lists', () => {
  expect(eventSurface.filter(({ event }) => event.startsWith('messaging_ticket.'))).toMatchObject([
    { event: 'messaging_ticket.message_added', status: 'full' },
  ]);
});
