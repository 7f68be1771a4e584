import type { JournalEntry } from '../../emulator/journal-entry.ts';
import { AccountActor, type WebhookSummary } from '../actors/account.ts';
import { aboutJourney, describeValue, journeyOf, type Patience, type Question } from './question.ts';
import { describeRequest, requests } from './rest-reads.ts';
import { describeStrays } from './standing.ts';

/** The journey has exactly so many tickets, or exactly these; judged when things have settled. */
export function toHaveTickets(received: unknown, expected: number | readonly number[], options: Patience = {}): Question {
  const journey = journeyOf(received, 'toHaveTickets');
  const count = typeof expected === 'number' ? expected : expected.length;
  const named = typeof expected === 'number' ? '' : expected.join(' and ');
  const phrase = named === '' ? `have ${tickets(count)}` : `have ticket ${named} and no other`;
  return aboutJourney(
    journey,
    phrase,
    (view) => {
      const { tickets: ids, binding } = view;
      const holds = typeof expected === 'number' ? ids.length === count : ids.length === count && expected.every((id) => ids.includes(id));
      const duplicated =
        binding.result === 'duplicated' ? [`ticket ${binding.ticketId} was made for the transfer`, ...binding.diagnostics] : [];
      return {
        holds,
        final: ids.length > count,
        seen: [
          `it has ${ids.length === 0 ? 'none' : `${tickets(ids.length)}: ${ids.join(', ')}`}`,
          ...duplicated,
          ...describeStrays(journey.stage, view),
        ],
      };
    },
    { ...options, nature: 'exact' },
  );
}

const tickets = (count: number): string => `${count} ticket${count === 1 ? '' : 's'}`;

/** A voice comment (the record of the call) is on the journey's ticket, or on the one given. */
export function toHaveVoiceComment(received: unknown, ticket?: number, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toHaveVoiceComment');
  return aboutJourney(
    journey,
    `leave a voice comment on ${ticket === undefined ? 'its ticket' : `ticket ${ticket}`}`,
    (view) => {
      const wanted = ticket ?? view.ticket;
      const comments = journey.stage.entries(journey.id).filter(isVoiceComment);
      const on = [...new Set(comments.map(ticketOf))];
      const holds = wanted !== null && on.includes(wanted);
      return { holds, seen: [on.length === 0 ? 'no voice comment was written' : `voice comments are on ticket ${on.join(' and ')}`] };
    },
    options,
  );
}

/** The comment of an entry, wherever its kind keeps it. */
function commentOf({ kind, data }: JournalEntry): Readonly<Record<string, unknown>> | undefined {
  if (kind !== 'comment.added' && kind !== 'ticket.updated' && kind !== 'ticket.created') return undefined;
  return (data['comment'] ?? (kind === 'comment.added' ? data : undefined)) as Readonly<Record<string, unknown>> | undefined;
}

const isVoiceComment = (entry: JournalEntry): boolean => /^(tpe)?voicecomment$/i.test(String(commentOf(entry)?.['type'] ?? ''));

function ticketOf(entry: JournalEntry): number {
  const ticket = entry.data['ticket'] as { id?: number } | number | undefined;
  return Number(typeof ticket === 'object' ? ticket.id : (ticket ?? entry.data['ticketId'] ?? commentOf(entry)?.['ticket_id']));
}

/** The account has exactly so many webhooks; judged when things have settled. */
export function toHaveWebhooks(received: unknown, expected: number, options: Patience = {}): Question {
  if (!(received instanceof AccountActor)) throw new TypeError(`toHaveWebhooks is said of the account; got ${describeValue(received)}`);
  // Read again only when something happened: Zendesk limits how often webhooks are listed.
  let read: { at: number; webhooks: readonly WebhookSummary[] } | undefined;
  return {
    stage: received.stage,
    subject: received.title,
    phrase: `have ${expected} webhook${expected === 1 ? '' : 's'}`,
    nature: 'exact',
    ...(options.withinMs === undefined ? {} : { withinMs: options.withinMs }),
    look: async () => {
      const at = received.stage.log.last;
      if (read?.at !== at) read = { at, webhooks: await received.webhooks() };
      const { webhooks } = read;
      const created = requests(received.stage).filter(
        ({ method, path, status }) => method === 'POST' && /\/webhooks(\.json)?$/.test(path) && status === 201,
      );
      const seen = [`it has ${webhooks.map(({ name, endpoint }) => `"${name}" to ${endpoint}`).join(', ') || 'none'}`];
      return {
        holds: webhooks.length === expected,
        over: false,
        seen: [...seen, ...created.map((request) => `the bridge made one with ${describeRequest(request)}`)],
      };
    },
  };
}
