import type { SupportContext } from '../context.ts';
import { blank, recordInvalid } from '../errors.ts';
import type { RuleCollections } from './collections.ts';
import type { RuleDraft } from './drafts.ts';
import type { Automation } from './entities.ts';
import { checkEnds } from './automation-ends.ts';
import { type BulkChange, RuleBook } from './rule-book.ts';

/** Active at a time (vendor article "About automations and how they work"). */
const MOST_ACTIVE = 500;
/** The first automation that a client makes (recorded: 10002 after two others). */
const FIRST_POSITION = 10_000;

/** Automations as they are written; `automation-runner.ts` runs them. */
export class AutomationService {
  readonly #context: SupportContext;
  readonly book: RuleBook<Automation>;
  /** Called when there may be something else to run than before. */
  onChanged: (account: string) => void = () => undefined;

  constructor(context: SupportContext, collections: RuleCollections) {
    this.#context = context;
    this.book = new RuleBook(context, collections.automations, 'automation', MOST_ACTIVE);
  }

  /** @throws ApiError 422 */
  create(account: string, draft: RuleDraft): Automation {
    const { conditions, actions } = draft;
    if (!conditions) throw blank('conditions', 'Conditions');
    if (!actions) throw blank('actions', 'Actions');
    const now = this.#context.now(account);
    return this.#keep(
      account,
      {
        id: this.#context.ids(account)(),
        title: draft.title ?? '',
        active: draft.active ?? true,
        description: draft.description ?? null,
        position: draft.position ?? this.book.nextPosition(account, FIRST_POSITION),
        conditions,
        actions,
        created_at: now,
        updated_at: now,
      },
      'created',
    );
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: RuleDraft): Automation {
    const before = this.book.expect(account, id);
    return this.#keep(account, { ...before, ...patch, updated_at: this.#context.now(account) }, 'updated');
  }

  /** All or none. @throws ApiError 404, 422 */
  updateMany(account: string, changes: readonly BulkChange[]): Automation[] {
    const changed = this.#context.core.store.transaction(() => {
      const updated = this.book.updateMany(account, changes);
      for (const automation of updated) this.#checkUnique(account, automation);
      return updated;
    });
    this.onChanged(account);
    return changed;
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.deleteMany(account, [id]);
  }

  /** All of them or none. @throws ApiError 404 */
  deleteMany(account: string, ids: readonly number[]): void {
    this.book.deleteMany(account, ids);
    this.onChanged(account);
  }

  #keep(account: string, automation: Automation, done: 'created' | 'updated'): Automation {
    checkEnds(automation.conditions, automation.actions);
    this.#checkUnique(account, automation);
    const kept = this.book.put(account, automation, done);
    this.onChanged(account);
    return kept;
  }

  /** Active automations must differ in more than their titles (vendor article; wording inferred). */
  #checkUnique(account: string, { id, active, conditions, actions }: Automation): void {
    const same = JSON.stringify([conditions, actions]);
    const twin = this.book
      .list(account)
      .find((other) => other.id !== id && other.active && JSON.stringify([other.conditions, other.actions]) === same);
    if (active && twin)
      throw recordInvalid({
        base: [{ description: `Automation "${twin.title}" has the same conditions and actions`, error: 'DuplicateValue' }],
      });
  }
}
