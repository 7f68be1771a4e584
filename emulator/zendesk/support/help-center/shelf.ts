import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { recordNotFound } from '../errors.ts';
import type { AnyContent } from './entities.ts';

/** One kind of content, all of which is read at once and remembered until some of it changes. */
export class Shelf<Row extends AnyContent> {
  readonly #rows: Collection<Row>;
  readonly #lists: Memo<readonly Row[]>;
  readonly #context: SupportContext;

  constructor(context: SupportContext, name: string) {
    this.#context = context;
    this.#rows = context.core.store.collection<Row>({ name, key: ({ id }) => id });
    this.#lists = new Memo(this.#rows);
  }

  list(account: string): readonly Row[] {
    return this.#lists.get(account, () => this.#rows.find(account));
  }

  get(account: string, id: number): Row | undefined {
    return this.#rows.get(account, id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Row {
    const row = this.get(account, id);
    if (!row) throw recordNotFound();
    return row;
  }

  insert(account: string, row: Row): Row {
    this.#rows.insert(account, row);
    return row;
  }

  /** Writes the row as changed now. */
  keep(account: string, row: Row): Row {
    const kept = { ...row, updated_at: this.#context.now(account) };
    this.#rows.put(account, kept);
    return kept;
  }

  /** Writes what is no change of the row itself. */
  note(account: string, row: Row): void {
    this.#rows.put(account, row);
  }

  delete(account: string, id: number): void {
    this.#rows.delete(account, id);
  }
}
