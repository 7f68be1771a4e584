import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, User } from '../entities.ts';

/** So many of each agent are kept (inferred: one page). */
const MOST = 100;

interface Recent {
  /** The agent's. */
  readonly id: number;
  /** Ids, the last viewed first. */
  readonly tickets: readonly number[];
}

/**
 * The tickets that agents viewed of late in the agent interface (vendor article "Tickets", "List tickets"): not those that
 * they read or wrote over REST. Here they have a ticket before them when they answer its call or work on it, in Talk or in
 * the agent interface; both open it (inferred).
 */
export class RecentTickets {
  readonly #context: SupportContext;
  readonly #rows: Collection<Recent>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#rows = context.core.store.collection<Recent>({ name: 'recent_tickets', key: ({ id }) => id });
  }

  /** Ids, the last viewed first; some may have been deleted since. */
  of(account: string, userId: number): readonly number[] {
    return this.#rows.get(account, userId)?.tickets ?? [];
  }

  /** Somebody wrote to a ticket; `known` is who that may be. */
  written(account: string, { userId, via }: Actor, ticketId: number, known?: User): void {
    if (userId === null || (via !== 'talk' && via !== 'web')) return;
    const user = known?.id === userId ? known : this.#context.collections.users.get(account, userId);
    if (!user || user.role === 'end-user') return;
    const before = this.of(account, userId);
    if (before[0] === ticketId) return;
    const tickets = [ticketId, ...before.filter((id) => id !== ticketId)].slice(0, MOST);
    this.#rows.put(account, { id: userId, tickets });
  }
}
