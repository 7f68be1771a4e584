import type { JournalEntry } from '../../../core/journal.ts';
import type { TicketEventData } from '../../support/index.ts';
import type { EventDraft } from './event-draft.ts';
import { eventTypesOf } from './event-types.ts';

export interface PlacedEvent {
  readonly draft: EventDraft;
  /** Null for events that carry no sequence (users, organizations). */
  readonly sequence: { readonly id: string; readonly position: number } | null;
}

/** What is told of a comment each time that it is mentioned. */
const OF_COMMENT = ['comment_added', 'attachment_linked_to_comment'].map(eventTypesOf('ticket'));

interface Running {
  readonly id: string;
  position: number;
  readonly comments: Set<number>;
}

/**
 * Numbers the events of one action. Its journal entries follow each other and share a sequence id; a comment that two
 * of them mention (`ticket.updated` and `comment.added`) is told of once.
 */
export class Sequences {
  readonly #running = new Map<string, Running>();

  place(entry: JournalEntry, drafts: readonly EventDraft[]): PlacedEvent[] {
    const data = entry.data as Partial<TicketEventData>;
    if (data.sequence === undefined || data.ticket === undefined) return drafts.map((draft) => ({ draft, sequence: null }));
    const running = this.#of(entry.account ?? '', data.sequence);
    const repeated = data.comment !== undefined && running.comments.has(data.comment.id);
    if (data.comment) running.comments.add(data.comment.id);
    const untold = repeated ? drafts.filter(({ type }) => !OF_COMMENT.includes(type)) : drafts;
    return untold.map((draft) => ({ draft, sequence: { id: running.id, position: ++running.position } }));
  }

  #of(account: string, id: string): Running {
    const known = this.#running.get(account);
    if (known?.id === id) return known;
    const running: Running = { id, position: 0, comments: new Set() };
    this.#running.set(account, running);
    return running;
  }
}
