import type { IndexValue } from './collection.ts';

/** A document that was written and does not lie in its table yet. */
export interface StagedRow {
  readonly key: string | number;
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
}

type Key = string | number;

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
