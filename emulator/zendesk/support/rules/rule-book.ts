import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { blank, recordInvalid, recordNotFound } from '../errors.ts';
import type { Rule } from './entities.ts';

/** A rule's JSON may not be longer (vendor article "About automations and how they work": 65 kB). */
const LONGEST_RULE = 65_536;
const LONGEST_TITLE = 255;

/** What one bulk change says of one rule. */
export interface BulkChange {
  readonly id: number;
  readonly position?: number;
  readonly active?: boolean;
}

/** The rules of one kind: order, look-up, and every write with its journal entry. */
export class RuleBook<R extends Rule> {
  /** Called with each rule before it is stored, and with what it replaces. @throws ApiError 422 for one that cannot be */
  check: (account: string, rule: R, before: R | undefined) => void = () => {};
  /** Called for each rule that is gone, in the same transaction. */
  onDeleted: (account: string, id: number) => void = () => {};
  readonly #context: SupportContext;
  readonly #collection: Collection<R>;
  readonly #kind: string;
  readonly #memo: Memo<readonly R[]>;
  /** Active ones at a time. */
  readonly #most: number;

  constructor(context: SupportContext, collection: Collection<R>, kind: string, most: number) {
    this.#context = context;
    this.#collection = collection;
    this.#kind = kind;
    this.#memo = new Memo<readonly R[]>(collection);
    this.#most = most;
  }

  /** By position. */
  list(account: string): readonly R[] {
    return this.#memo.get(account, () => this.#collection.find(account).toSorted((a, b) => a.position - b.position || a.id - b.id));
  }

  get(account: string, id: number): R | undefined {
    return this.#collection.get(account, id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): R {
    const rule = this.get(account, id);
    if (!rule) throw recordNotFound();
    return rule;
  }

  /** The next free position; rules other than triggers begin at 10,000 (recorded). */
  nextPosition(account: string, first: number): number {
    return Math.max(first - 1, ...this.list(account).map((rule) => rule.position)) + 1;
  }

  /** @throws ApiError 422 for a rule without title, one that is too long, or one active rule too many */
  put(account: string, rule: R, done: 'created' | 'updated'): R {
    if (rule.title.trim() === '') throw blank('title', 'Title');
    if (rule.title.length > LONGEST_TITLE)
      throw recordInvalid({
        title: [{ description: `Title: is too long (maximum is ${LONGEST_TITLE} characters)`, error: 'ValueTooLong' }],
      });
    if (JSON.stringify(rule).length > LONGEST_RULE)
      throw recordInvalid({ base: [{ description: 'The rule is too large: at most 65 kB', error: 'ValueTooLong' }] });
    const before = this.get(account, rule.id);
    this.check(account, rule, before);
    // Counted only when there is one more: reordering thousands of rules is not to list them for each.
    const becomesActive = rule.active && before?.active !== true;
    if (becomesActive && this.list(account).filter((each) => each.active && each.id !== rule.id).length >= this.#most)
      throw recordInvalid({ base: [{ description: `At most ${this.#most} rules can be active`, error: 'TooManyValues' }] });
    return this.store(account, rule, done);
  }

  /** Unchecked: of a change that nobody wrote. What the rule names besides may be gone. */
  store(account: string, rule: R, done: 'created' | 'updated'): R {
    this.#context.core.store.transaction(() => {
      this.#collection.put(account, rule);
      this.#journal(account, rule, done);
    });
    return rule;
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    const rule = this.expect(account, id);
    this.#context.core.store.transaction(() => {
      this.#collection.delete(account, id);
      this.onDeleted(account, id);
      this.#journal(account, rule, 'deleted');
    });
  }

  /** All of them or none. Unknown ids are a 404 (inferred). */
  deleteMany(account: string, ids: readonly number[]): void {
    this.#context.core.store.transaction(() => ids.forEach((id) => this.delete(account, id)));
  }

  /** Positions and activity of many at once, all or none. @throws ApiError 404, 422 */
  updateMany(account: string, changes: readonly BulkChange[]): R[] {
    const now = this.#context.now(account);
    return this.#context.core.store.transaction(() =>
      changes.map((change) => {
        const rule = this.expect(account, change.id);
        const { position = rule.position, active = rule.active } = change;
        return this.put(account, { ...rule, position, active, updated_at: now }, 'updated');
      }),
    );
  }

  #journal(account: string, rule: R, done: string): void {
    this.#context.core.journal.append({
      kind: `${this.#kind}.${done}`,
      account,
      from: 'zendesk',
      label: `${this.#kind} ${rule.id} ${done}: ${rule.title}`,
      data: { id: rule.id, title: rule.title, active: rule.active },
    });
  }
}
