import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { recordNotFound } from '../errors.ts';

/** What is voted on: an article or a comment on one. */
export interface VoteItem {
  readonly type: 'Article' | 'Comment';
  readonly id: number;
}

/** A reader's opinion (vendor reference "Votes"). */
export interface Vote {
  readonly id: number;
  readonly user_id: number;
  readonly value: 1 | -1;
  readonly item: VoteItem;
  readonly created_at: string;
  readonly updated_at: string;
}

/** How many voted, and their votes added up. */
export interface Tally {
  readonly vote_sum: number;
  readonly vote_count: number;
}

const keyOf = ({ type, id }: VoteItem): string => `${type}:${id}`;

/** Votes on articles and their comments: one of each user on each of them. */
export class Votes {
  /** Told of what an item's votes come to now. */
  onTally?: (account: string, item: VoteItem, tally: Tally) => void;
  readonly #context: SupportContext;
  readonly #rows: Collection<Vote>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#rows = context.core.store.collection<Vote>({
      name: 'guide_votes',
      key: ({ id }) => id,
      indexes: { item: ({ item }) => keyOf(item), user_id: ({ user_id }) => user_id },
    });
  }

  of(account: string, item: VoteItem): Vote[] {
    return this.#rows.find(account, { where: { item: keyOf(item) } });
  }

  by(account: string, userId: number): Vote[] {
    return this.#rows.find(account, { where: { user_id: userId } });
  }

  tally(account: string, item: VoteItem): Tally {
    const votes = this.of(account, item);
    return { vote_sum: votes.reduce((sum, { value }) => sum + value, 0), vote_count: votes.length };
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Vote {
    const vote = this.#rows.get(account, id);
    if (!vote) throw recordNotFound();
    return vote;
  }

  /** Changes the user's vote if there is one (documented). */
  cast(account: string, item: VoteItem, userId: number, value: Vote['value']): Vote {
    return this.#context.core.store.transaction(() => {
      const now = this.#context.now(account);
      const before = this.#rows.first(account, { where: { item: keyOf(item), user_id: userId } });
      const id = before?.id ?? this.#context.ids(account)();
      const vote: Vote = { id, user_id: userId, value, item, created_at: before?.created_at ?? now, updated_at: now };
      this.#rows.put(account, vote);
      this.#tell(account, item);
      return vote;
    });
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.#context.core.store.transaction(() => {
      const { item } = this.expect(account, id);
      this.#rows.delete(account, id);
      this.#tell(account, item);
    });
  }

  /** Those on something that is gone. Inside a transaction. */
  forget(account: string, item: VoteItem): void {
    for (const { id } of this.of(account, item)) this.#rows.delete(account, id);
  }

  #tell(account: string, item: VoteItem): void {
    this.onTally?.(account, item, this.tally(account, item));
  }
}
