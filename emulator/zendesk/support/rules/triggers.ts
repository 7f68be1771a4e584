import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { SYSTEM_USER_ID } from '../context.ts';
import type { Actor } from '../entities.ts';
import { blank, invalidValue, recordNotFound } from '../errors.ts';
import type { RuleCollections } from './collections.ts';
import type { TriggerDraft } from './drafts.ts';
import type { Trigger, TriggerRevision } from './entities.ts';
import { type BulkChange, RuleBook } from './rule-book.ts';
import type { TriggerCategoryService } from './trigger-categories.ts';

/** Active at a time (vendor article "Essential facts about ticket triggers"). */
const MOST_ACTIVE = 7_000;

export interface TriggerBulkChange extends BulkChange {
  readonly category_id?: string;
}

/** Triggers with the revisions that each change leaves. */
export class TriggerService {
  readonly #context: SupportContext;
  readonly #collections: RuleCollections;
  readonly #categories: TriggerCategoryService;
  readonly #running: Memo<readonly Trigger[]>;
  readonly book: RuleBook<Trigger>;

  constructor(context: SupportContext, collections: RuleCollections, categories: TriggerCategoryService) {
    this.#context = context;
    this.#collections = collections;
    this.#categories = categories;
    this.#running = new Memo<readonly Trigger[]>(collections.triggers, collections.triggerCategories);
    this.book = new RuleBook(context, collections.triggers, 'trigger', MOST_ACTIVE);
  }

  /** In the order in which they run: by category, in it by position. */
  list(account: string): readonly Trigger[] {
    const place = new Map(this.#categories.list(account).map((category, index) => [String(category.id), index]));
    const order = (trigger: Trigger): number => place.get(trigger.category_id) ?? place.size;
    return this.book.list(account).toSorted((a, b) => order(a) - order(b));
  }

  /** The active ones in their order; one look-up in memory when there are none. */
  running(account: string): readonly Trigger[] {
    return this.#running.get(account, () => this.list(account).filter((trigger) => trigger.active));
  }

  /** @throws ApiError 422 */
  create(account: string, draft: TriggerDraft, actor: Actor): Trigger {
    const { conditions, actions } = draft;
    if (!conditions) throw blank('conditions', 'Conditions');
    if (!actions) throw blank('actions', 'Actions');
    return this.#context.core.store.transaction(() => {
      const now = this.#context.now(account);
      const category_id = this.#categoryId(account, draft) ?? String(this.#categories.first(account).id);
      const siblings = this.book.list(account).filter((trigger) => trigger.category_id === category_id);
      const trigger: Trigger = {
        id: this.#context.ids(account)(),
        title: draft.title ?? '',
        active: draft.active ?? true,
        description: draft.description ?? null,
        position: draft.position ?? Math.max(0, ...siblings.map((each) => each.position)) + 1,
        conditions,
        actions,
        category_id,
        created_at: now,
        updated_at: now,
      };
      return this.#keep(account, trigger, 'created', actor);
    });
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: TriggerDraft, actor: Actor): Trigger {
    return this.#context.core.store.transaction(() => {
      const before = this.book.expect(account, id);
      const { category: _category, ...plain } = patch;
      const category_id = this.#categoryId(account, patch) ?? before.category_id;
      const after = { ...before, ...plain, category_id, updated_at: this.#context.now(account) };
      return this.#keep(account, after, 'updated', actor);
    });
  }

  /** @throws ApiError 404, 422; all or none */
  updateMany(account: string, changes: readonly TriggerBulkChange[], actor: Actor): Trigger[] {
    return this.#context.core.store.transaction(() => changes.map(({ id, ...change }) => this.update(account, id, change, actor)));
  }

  /** Gives the triggers named the positions 1, 2, 3 …; the others follow in their order. @throws ApiError 404 */
  reorder(account: string, ids: readonly number[]): readonly Trigger[] {
    const rest = this.list(account).filter((trigger) => !ids.includes(trigger.id));
    const order = [...ids.map((id) => this.book.expect(account, id)), ...rest].map(({ id, position }, index) => ({ id, was: position, position: index + 1 })); // prettier-ignore
    this.book.updateMany(account, order.filter(({ was, position }) => was !== position)); // prettier-ignore
    return this.list(account);
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.deleteMany(account, [id]);
  }

  /** All of them or none, their revisions with them. @throws ApiError 404 */
  deleteMany(account: string, ids: readonly number[]): void {
    const { triggerRevisions } = this.#collections;
    this.#context.core.store.transaction(() => {
      this.book.deleteMany(account, ids);
      for (const trigger_id of ids)
        for (const { key } of triggerRevisions.find(account, { where: { trigger_id } })) triggerRevisions.delete(account, key);
    });
  }

  /** Newest first, those between two of them (each excluded) or all. @throws ApiError 404 */
  revisions(account: string, id: number, between: { older?: number; newer?: number } = {}): TriggerRevision[] {
    this.book.expect(account, id);
    const { older = 0, newer = Number.MAX_SAFE_INTEGER } = between;
    const where = { trigger_id: id, key: { gt: older, lt: newer } };
    return this.#collections.triggerRevisions.find(account, { where, order: ['-key'] });
  }

  /** @throws ApiError 404 */
  revision(account: string, id: number, revisionId: number): TriggerRevision {
    const found = this.revisions(account, id).find((revision) => revision.id === revisionId);
    if (!found) throw recordNotFound();
    return found;
  }

  /** The one that it changed; undefined for a trigger's first. */
  revisionBefore(account: string, { trigger_id, key }: TriggerRevision): TriggerRevision | undefined {
    const where = { trigger_id, key: { lt: key } };
    return this.#collections.triggerRevisions.find(account, { where, order: ['-key'], limit: 1 })[0];
  }

  #keep(account: string, trigger: Trigger, done: 'created' | 'updated', actor: Actor): Trigger {
    this.book.put(account, trigger, done);
    const { id, title, description, active, conditions, actions } = trigger;
    const earlier = this.#collections.triggerRevisions.count(account, { where: { trigger_id: id } });
    this.#collections.triggerRevisions.insert(account, {
      key: this.#context.core.store.next(account, 'trigger_revision'),
      trigger_id: id,
      id: earlier + 1,
      author_id: actor.userId ?? SYSTEM_USER_ID,
      created_at: this.#context.now(account),
      snapshot: { title, description, active, conditions, actions },
    });
    return trigger;
  }

  #categoryId(account: string, { category, category_id: named }: TriggerDraft): string | undefined {
    if (category) return String(this.#categories.create(account, category).id);
    if (named === undefined) return undefined;
    if (!this.#categories.get(account, Number(named))) throw invalidValue('category_id', 'Category', named);
    return named;
  }
}
