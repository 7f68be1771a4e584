import type { IndexValue } from './query.ts';

export type Key = string | number;

/** A document that was written and does not lie in its table yet. */
export interface StagedRow {
  readonly key: Key;
  /** Values of the index columns, in their order. */
  readonly indexed: readonly IndexValue[];
  /** As it will lie in the table; its text is made when it goes there. */
  readonly doc: unknown;
  /** What lies in the table under its key: nothing, a row with these index values, or nobody looked. */
  readonly before: 'nothing' | 'unknown' | readonly IndexValue[];
  /** Number of the transaction that wrote it. */
  readonly transaction: number;
}

/** A collection, as the store sees it: it has staged rows that can be written. */
export interface Staging {
  /** How many documents do not lie in the table yet. */
  readonly staged: number;
  /** Writes staged rows into the table; they stay staged until the function that comes back is called. */
  writeStaged(matches: (row: StagedRow) => boolean): () => void;
  /** Has what was staged under a key before, or nothing, staged again. */
  stageAgain(account: string, key: Key, row: StagedRow | undefined): void;
}

/** A row that was staged, and what had been in its place. */
export interface Staged {
  readonly collection: Staging;
  readonly account: string;
  readonly key: Key;
  readonly previous: StagedRow | undefined;
}

/** From here on the order of UTF-16, which JavaScript compares by, is not that of code points. */
const HIGH = /[\uD800-\uFFFF]/;

/** The order of SQLite: numbers first, then texts by their bytes. */
export function compareKeys(one: Key, other: Key): number {
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  if (one === other) return 0;
  if (typeof one === 'string' && HIGH.test(one) && HIGH.test(String(other))) {
    return Buffer.compare(Buffer.from(one), Buffer.from(String(other)));
  }
  return one < other ? -1 : 1;
}

/** A column by its place, and the value that it has to have. The key is at -1. */
export type Equality = readonly [at: number, value: IndexValue];

/** The staged rows of one account. */
class AccountRows {
  readonly byKey = new Map<Key, StagedRow>();
  /** How many of them may have a row in the table. */
  overOthers = 0;
  /** By a column's place: the keys of the rows that have each of its values. Only of columns that were looked up by. */
  readonly #columns = new Map<number, Map<IndexValue, Set<Key>>>();

  set(key: Key, row: StagedRow | undefined): void {
    const previous = this.byKey.get(key);
    if (row) this.byKey.set(key, row);
    else this.byKey.delete(key);
    this.overOthers += Number(isOverOther(row)) - Number(isOverOther(previous));
    for (const [at, values] of this.#columns) {
      if (previous) leave(values, previous.indexed[at] ?? null, key);
      if (row) enter(values, row.indexed[at] ?? null, key);
    }
  }

  having([at, value]: Equality): Iterable<Key> {
    if (at < 0) return [value as Key];
    let values = this.#columns.get(at);
    if (!values) {
      this.#columns.set(at, (values = new Map()));
      for (const { key, indexed } of this.byKey.values()) enter(values, indexed[at] ?? null, key);
    }
    return values.get(value) ?? [];
  }
}

function isOverOther(row: StagedRow | undefined): boolean {
  return row !== undefined && row.before !== 'nothing';
}

function enter(values: Map<IndexValue, Set<Key>>, value: IndexValue, key: Key): void {
  const keys = values.get(value);
  if (keys) keys.add(key);
  else values.set(value, new Set([key]));
}

function leave(values: Map<IndexValue, Set<Key>>, value: IndexValue, key: Key): void {
  const keys = values.get(value);
  keys?.delete(key);
  if (keys?.size === 0) values.delete(value);
}

/** The staged rows of one collection, by account and key. */
export class StagedRows {
  readonly #accounts = new Map<string, AccountRows>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(account: string, key: Key): StagedRow | undefined {
    return this.#size === 0 ? undefined : this.#accounts.get(account)?.byKey.get(key);
  }

  /** Puts a row, or takes it away if there is none to put. */
  set(account: string, key: Key, row: StagedRow | undefined): void {
    let rows = this.#accounts.get(account);
    if (!rows) this.#accounts.set(account, (rows = new AccountRows()));
    this.#size -= rows.byKey.size;
    rows.set(key, row);
    this.#size += rows.byKey.size;
    if (rows.byKey.size === 0) this.#accounts.delete(account);
  }

  /**
   * The account's rows that have all of the values, each over nothing in the table; undefined where rows that may lie over
   * others are staged as well: what those had before is not known here. Best first the value that the fewest have.
   */
  having(account: string, equalities: readonly Equality[]): readonly StagedRow[] | undefined {
    const rows = this.#accounts.get(account);
    if (!rows) return [];
    if (rows.overOthers > 0) return undefined;
    const [first, ...others] = equalities;
    if (!first) return [...rows.byKey.values()];
    const found: StagedRow[] = [];
    for (const key of rows.having(first)) {
      const row = rows.byKey.get(key);
      if (row && others.every(([at, value]) => (at < 0 ? row.key : row.indexed[at]) === value)) found.push(row);
    }
    return found;
  }

  /** Those that match, in the order in which their keys were first written. */
  list(matches: (row: StagedRow) => boolean): [account: string, row: StagedRow][] {
    const found: [string, StagedRow][] = [];
    for (const [account, rows] of this.#accounts) for (const row of rows.byKey.values()) if (matches(row)) found.push([account, row]);
    return found;
  }
}
