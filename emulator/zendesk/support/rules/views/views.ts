import type { SupportContext } from '../../context.ts';
import { blank } from '../../errors.ts';
import type { RuleCollections } from '../collections.ts';
import type { ViewDraft } from '../drafts.ts';
import type { View, ViewOutput } from '../entities.ts';
import { mayUse, type Viewer } from '../restriction.ts';
import { RuleBook } from '../rule-book.ts';
import { DEFAULT_COLUMNS } from './columns.ts';

const MOST_ACTIVE = 1_000;
const FIRST_POSITION = 10_000;

/** Recorded of a view that was made without an output. */
export const DEFAULT_OUTPUT: ViewOutput = {
  columns: DEFAULT_COLUMNS,
  group_by: null,
  group_order: 'desc',
  sort_by: null,
  sort_order: 'desc',
};

/** Views as they are written and listed; `run.ts` finds their tickets. */
export class ViewService {
  readonly #context: SupportContext;
  readonly book: RuleBook<View>;

  constructor(context: SupportContext, collections: RuleCollections) {
    this.#context = context;
    this.book = new RuleBook(context, collections.views, 'view', MOST_ACTIVE);
  }

  /** Shared ones and the viewer's own, by position. */
  list(account: string, viewer: Viewer): View[] {
    return this.book.list(account).filter((view) => mayUse(view.restriction, viewer));
  }

  /** @throws ApiError 422 */
  create(account: string, draft: ViewDraft): View {
    return this.book.put(account, this.made(account, draft, this.#context.ids(account)()), 'created');
  }

  /** The view that a draft would be; a preview is one that is never stored. @throws ApiError 422 */
  made(account: string, draft: ViewDraft, id: number): View {
    if (!draft.conditions) throw blank('conditions', 'Conditions');
    const now = this.#context.now(account);
    return {
      id,
      title: draft.title ?? '',
      active: draft.active ?? true,
      description: draft.description ?? null,
      position: draft.position ?? this.book.nextPosition(account, FIRST_POSITION),
      conditions: draft.conditions,
      output: { ...DEFAULT_OUTPUT, ...draft.output },
      restriction: draft.restriction ?? null,
      created_at: now,
      updated_at: now,
    };
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, { output, ...patch }: ViewDraft): View {
    const before = this.book.expect(account, id);
    const after = { ...before, ...patch, output: { ...before.output, ...output }, updated_at: this.#context.now(account) };
    return this.book.put(account, after, 'updated');
  }
}
