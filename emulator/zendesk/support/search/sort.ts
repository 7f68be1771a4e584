import type { Mask } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import type { ResultType } from './query.ts';

export interface SearchOrder {
  /** `relevance` or one of `SORTS`; what a record does not have comes last. */
  readonly by: string;
  readonly descending: boolean;
}

/** Values of `sort_by` (documented). */
export const SORTS = ['relevance', 'updated_at', 'created_at', 'priority', 'status', 'ticket_type'];

/** Column of the index behind a sort; `created` and `updated` are what `order_by:` says. */
const COLUMNS: Readonly<Record<string, string>> = {
  created: 'created',
  created_at: 'created',
  updated: 'updated',
  updated_at: 'updated',
  priority: 'priority',
  status: 'status',
  ticket_type: 'ticket_type',
};

/** The records of one type that were found. */
export interface Found {
  readonly type: ResultType;
  readonly table: RecordTable;
  readonly rows: Mask;
  /** Rows with one of the words wanted in subject or name, for each of the words; looked for when it is asked. */
  readonly titled: () => readonly Mask[];
}

/** Where a record stands in the order: its value, then when it was created, then its id. */
export interface Place {
  readonly type: ResultType;
  readonly id: number;
  readonly value: number;
  /** Milliseconds. */
  readonly created: number;
}

/** Relevance: words in the subject or name count before words elsewhere, then the newest first (inferred). */
export function firstOf(found: readonly Found[], order: SearchOrder, most: number, after?: (place: Place) => boolean): Place[] {
  const sign = order.descending ? -1 : 1;
  const compare = (a: Place, b: Place): number => sign * (a.value - b.value || a.created - b.created || a.id - b.id);
  const best = new Best(most, compare);
  for (const one of found) {
    const { type, table, rows } = one;
    if (!rows.includes(1)) continue;
    const value = valueOf(order.by, one);
    const created = table.columns['created'];
    // Rows ascend with time: from the right end hardly any row displaces one that was taken before it.
    const [start, end] = order.descending ? [rows.length - 1, -1] : [0, rows.length];
    for (let row = start; row !== end; row += -sign === 1 ? -1 : 1) {
      if (rows[row] !== 1) continue;
      const place = { type, id: table.ids.at(row), value: value(row), created: created?.at(row) ?? 0 };
      if (!after || after(place)) best.add(place);
    }
  }
  return best.all();
}

function valueOf(by: string, { table, titled }: Found): (row: number) => number {
  const name = Object.hasOwn(COLUMNS, by) ? COLUMNS[by] : undefined;
  if (name === undefined) {
    const masks = titled();
    return (row) => masks.reduce((sum, mask) => sum + (mask[row] as number), 0);
  }
  const column = table.columns[name];
  return (row) => {
    const value = column?.at(row) ?? Number.NaN;
    return Number.isNaN(value) ? -1 : value;
  };
}

/** The best so many of those that were added. */
class Best<Item> {
  readonly #most: number;
  readonly #compare: (a: Item, b: Item) => number;
  #items: Item[] = [];
  /** The worst of those that are good enough, once there are enough. */
  #worst: Item | undefined;

  constructor(most: number, compare: (a: Item, b: Item) => number) {
    this.#most = most;
    this.#compare = compare;
  }

  add(item: Item): void {
    if (this.#worst !== undefined && this.#compare(item, this.#worst) >= 0) return;
    this.#items.push(item);
    if (this.#items.length >= 2 * this.#most + 1) this.#trim();
  }

  all(): Item[] {
    this.#trim();
    return this.#items;
  }

  #trim(): void {
    this.#items.sort(this.#compare);
    this.#items = this.#items.slice(0, this.#most);
    if (this.#items.length === this.#most) this.#worst = this.#items.at(-1);
  }
}
