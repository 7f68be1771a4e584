import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { RuleCollections } from './collections.ts';
import type { TriggerCategoryDraft } from './drafts.ts';
import type { TriggerCategory } from './entities.ts';
import { categoryError, categoryNotEmpty, categoryNotFound } from './errors.ts';

/** What triggers go to that name no category (name inferred). */
const FIRST_NAME = 'Uncategorized';
const LONGEST_NAME = 255;

/** Categories give triggers their order: all of one run before all of the next. */
export class TriggerCategoryService {
  readonly #context: SupportContext;
  readonly #collections: RuleCollections;
  readonly #memo: Memo<readonly TriggerCategory[]>;

  constructor(context: SupportContext, collections: RuleCollections) {
    this.#context = context;
    this.#collections = collections;
    this.#memo = new Memo<readonly TriggerCategory[]>(collections.triggerCategories);
  }

  /** By position. */
  list(account: string): readonly TriggerCategory[] {
    return this.#memo.get(account, () =>
      this.#collections.triggerCategories.find(account).toSorted((a, b) => a.position - b.position || a.id - b.id),
    );
  }

  get(account: string, id: number): TriggerCategory | undefined {
    return this.list(account).find((category) => category.id === id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): TriggerCategory {
    const category = this.get(account, id);
    if (!category) throw categoryNotFound();
    return category;
  }

  /** @throws ApiError 400 for a missing, long or taken name */
  create(account: string, draft: TriggerCategoryDraft): TriggerCategory {
    const now = this.#context.now(account);
    const name = this.#checkedName(account, draft.name ?? '');
    const last = Math.max(0, ...this.list(account).map((category) => category.position));
    const id = this.#context.ids(account)();
    return this.#keep(account, { id, name, position: draft.position ?? last + 1, created_at: now, updated_at: now });
  }

  /** @throws ApiError 400, 404 */
  update(account: string, id: number, patch: TriggerCategoryDraft): TriggerCategory {
    const before = this.expect(account, id);
    const name = patch.name === undefined ? before.name : this.#checkedName(account, patch.name, id);
    return this.#keep(account, { ...before, name, position: patch.position ?? before.position, updated_at: this.#context.now(account) });
  }

  /** @throws ApiError 400 while it has triggers, 404 */
  delete(account: string, id: number): void {
    this.expect(account, id);
    const used = this.#collections.triggers.find(account).some((trigger) => trigger.category_id === String(id));
    if (used) throw categoryNotEmpty();
    this.#collections.triggerCategories.delete(account, id);
  }

  /** Where triggers without a category go; made when the account has none. */
  first(account: string): TriggerCategory {
    return this.list(account)[0] ?? this.create(account, { name: FIRST_NAME });
  }

  #checkedName(account: string, name: string, own?: number): string {
    if (name.trim() === '') throw categoryError('InvalidName', 'Name cannot be blank');
    if (name.length > LONGEST_NAME) throw categoryError('InvalidName', `Name is too long (maximum is ${LONGEST_NAME} characters)`);
    if (this.list(account).some((category) => category.name === name && category.id !== own))
      throw categoryError('InvalidName', 'Name has already been taken');
    return name;
  }

  #keep(account: string, category: TriggerCategory): TriggerCategory {
    this.#collections.triggerCategories.put(account, category);
    return category;
  }
}
