import type { Collection } from '../../../core/collection.ts';
import type { Query } from '../../../core/query.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import { isoSeconds } from '../../account/index.ts';
import { type SupportContext, SYSTEM_USER_ID } from '../context.ts';
import type { Priority, Ticket, TicketEventData } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import { commentsOf } from '../tickets/comments.ts';

export type Verb = 'tickets.assignment' | 'tickets.comment' | 'tickets.priority_increase';

/** Something that happened to an agent's ticket. */
export interface Activity {
  readonly id: number;
  readonly verb: Verb;
  /** The agent whom it concerns. */
  readonly user_id: number;
  /** -1 for the system. */
  readonly actor_id: number;
  readonly ticket_id: number;
  /** Where what was said stands, for a comment: its text is not copied, so that what is redacted or deleted is so here too. */
  readonly said: { readonly audit_id: number; readonly comment_id: number } | null;
  readonly created_at: string;
}

/** How long activities are listed (documented), in milliseconds. */
const LIFETIME = 30 * 24 * 3_600_000;
const PRIORITIES: readonly (Priority | null)[] = [null, 'low', 'normal', 'high', 'urgent'];

/**
 * The activity stream (vendor article "Activity Stream"): assignments, comments and raised priorities that concern an agent
 * and are somebody else's doing. Written with the change itself, in its transaction.
 */
export class ActivityService {
  readonly #context: SupportContext;
  readonly #activities: Collection<Activity>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#activities = context.core.store.collection<Activity>({
      name: 'activities',
      key: ({ id }) => id,
      indexes: { user_id: ({ user_id }) => user_id, created_at: ({ created_at }) => created_at },
    });
    context.core.journal.within((entry) => this.#heard(entry));
  }

  /** Of the last 30 days; `since` is an ISO time. The query's conditions are on the key only. */
  list(account: string, userId: number, since = '', query: Query = {}): Activity[] {
    return this.#activities.find(account, { ...query, where: { ...this.#where(account, userId, since), ...query.where } });
  }

  count(account: string, userId: number, since = ''): number {
    return this.#activities.count(account, { where: this.#where(account, userId, since) });
  }

  /** @throws ApiError 404, also for another agent's */
  expect(account: string, userId: number, id: number): Activity {
    const activity = this.#activities.get(account, id);
    if (activity?.user_id !== userId || activity.created_at < this.#oldest(account)) throw recordNotFound();
    return activity;
  }

  /** The ticket's subject, and what was said, as they are now. */
  about(account: string, { ticket_id, said }: Activity): { subject: string | null; comment?: { value: string; public: boolean } } {
    const { tickets, audits } = this.#context.collections;
    const ticket = tickets.get(account, ticket_id);
    if (ticket?.deleted_at !== null) return { subject: null };
    const audit = said ? audits.get(account, said.audit_id) : undefined;
    const comment = audit && commentsOf(audit).find(({ id }) => id === said?.comment_id);
    return { subject: ticket.subject, ...(comment ? { comment: { value: comment.body, public: comment.public } } : {}) };
  }

  #heard({ kind, account, data }: JournalEntry): void {
    if (account === null || (kind !== 'ticket.created' && kind !== 'ticket.updated' && kind !== 'comment.added')) return;
    const event = data as TicketEventData;
    const { ticket } = event;
    // What the system makes is a seed's, or Talk's; what it changes is an automation's, for one.
    if (event.actorId === null && kind === 'ticket.created') return;
    const actorId = event.actorId ?? event.comment?.author_id ?? SYSTEM_USER_ID;
    if (ticket.assignee_id === null || actorId === ticket.assignee_id) return;
    if (kind === 'comment.added') {
      // The comment that a ticket begins with is its assignment's.
      if (event.comment && ticket.comment_count > 1) this.#note(account, ticket, actorId, 'tickets.comment', event.comment);
      return;
    }
    const changed = (field: string): { previous: unknown; current: unknown } | undefined =>
      event.changes?.find((change) => change.field === field);
    if (kind === 'ticket.created' || changed('assignee_id')) this.#note(account, ticket, actorId, 'tickets.assignment');
    const priority = changed('priority');
    const rank = (value: unknown): number => PRIORITIES.indexOf(value as Priority | null);
    if (priority && rank(priority.current) > rank(priority.previous)) this.#note(account, ticket, actorId, 'tickets.priority_increase');
  }

  #note(account: string, ticket: Ticket, actorId: number, verb: Verb, comment?: TicketEventData['comment']): void {
    const old = this.#activities.find(account, { where: { created_at: { lt: this.#oldest(account) } }, limit: 100 });
    for (const { id } of old) this.#activities.delete(account, id);
    this.#activities.insert(account, {
      id: this.#context.ids(account)(),
      verb,
      user_id: ticket.assignee_id ?? 0,
      actor_id: actorId,
      ticket_id: ticket.id,
      said: comment ? { audit_id: comment.audit_id, comment_id: comment.id } : null,
      created_at: this.#context.now(account),
    });
  }

  #where(account: string, userId: number, since: string): NonNullable<Query['where']> {
    const oldest = this.#oldest(account);
    return { user_id: userId, created_at: { gte: since > oldest ? since : oldest } };
  }

  #oldest(account: string): string {
    return isoSeconds(this.#context.core.businessClock(account).now() - LIFETIME);
  }
}
