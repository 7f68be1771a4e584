import type { IndexValue } from './collection.ts';

export type Key = string | number;

/** A document that was written and does not lie in its table yet. */
export interface StagedRow {
  readonly key: Key;
  /** Values of the index columns, in their order. */
  readonly indexed: readonly IndexValue[];
  readonly doc: string;
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

/** The staged rows of one collection, by account and key. */
export class StagedRows {
  readonly #accounts = new Map<string, Map<Key, StagedRow>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(account: string, key: Key): StagedRow | undefined {
    return this.#size === 0 ? undefined : this.#accounts.get(account)?.get(key);
  }

  /** Puts a row, or takes it away if there is none to put. */
  set(account: string, key: Key, row: StagedRow | undefined): void {
    let rows = this.#accounts.get(account);
    if (!rows) this.#accounts.set(account, (rows = new Map()));
    this.#size -= rows.size;
    if (row) rows.set(key, row);
    else rows.delete(key);
    this.#size += rows.size;
    if (rows.size === 0) this.#accounts.delete(account);
  }

  /** Whether one of the account's matches. */
  some(account: string, matches: (row: StagedRow) => boolean): boolean {
    if (this.#size === 0) return false;
    for (const row of this.#accounts.get(account)?.values() ?? []) if (matches(row)) return true;
    return false;
  }

  /** Those that match, in the order in which their keys were first written. */
  list(matches: (row: StagedRow) => boolean): [account: string, row: StagedRow][] {
    const found: [string, StagedRow][] = [];
    for (const [account, rows] of this.#accounts) for (const row of rows.values()) if (matches(row)) found.push([account, row]);
    return found;
  }
}
