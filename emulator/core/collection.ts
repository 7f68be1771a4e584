import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Packing } from './packing.ts';
import type { Store } from './store.ts';

export type IndexValue = string | number | null;

export interface CollectionSpec<Doc> {
  /** Table name: lower case letters, digits and underscores. */
  readonly name: string;
  readonly key: (doc: Doc) => string | number;
  /** Column name to the value by which documents are found. Values may be missing (null). */
  readonly indexes?: Readonly<Record<string, (doc: Doc) => IndexValue>>;
  /** Indexes in which no two documents of an account share a value (null excepted). */
  readonly unique?: readonly string[];
  /** How documents lie in the store; as their JSON by default. */
  readonly packing?: Packing<Doc>;
}

export type Condition =
  | IndexValue
  | { readonly in: readonly IndexValue[] }
  | { readonly not: IndexValue }
  | { readonly gt?: IndexValue; readonly gte?: IndexValue; readonly lt?: IndexValue; readonly lte?: IndexValue }
  | { readonly like: string };

export interface Query {
  /** Index column (or `key`) to condition; all must hold. */
  readonly where?: Readonly<Record<string, Condition>>;
  /** Index columns (or `key`), `-` in front for descending. Default `key`. */
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
}

export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
}

/**
 * Told of each document that was written, or deleted (then without the document), inside its transaction; without a key
 * when all documents of the account may have changed. An undone transaction is not told of: look at `afterRollback`.
 */
export type Watcher<Doc> = (account: string, key?: string | number, doc?: Doc) => void;

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** One kind of document of the store. What is read is a copy; only `put` and `delete` change state. */
export class Collection<Doc extends object> {
  readonly #spec: CollectionSpec<Doc>;
  readonly #store: Store;
  readonly #columns: readonly string[];
  /** Made once: a statement is looked up by its text, and a text put together anew each time has to be hashed each time. */
  readonly #sql: { readonly get: string; readonly insert: string; readonly put: string; readonly delete: string };
  readonly #watchers: Watcher<Doc>[] = [];
  #version = 0;

  constructor(spec: CollectionSpec<Doc>, store: Store) {
    this.#spec = spec;
    this.#store = store;
    this.#columns = Object.keys(spec.indexes ?? {});
    const columns = ['account', 'key', ...this.#columns, 'doc'].map((name) => `"${name}"`);
    const insert = `INSERT INTO "${spec.name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    const updates = [...this.#columns, 'doc'].map((name) => `"${name}" = excluded."${name}"`).join(', ');
    this.#sql = {
      get: `SELECT doc FROM "${spec.name}" WHERE account = ? AND key = ?`,
      insert,
      put: `${insert} ON CONFLICT (account, key) DO UPDATE SET ${updates}`,
      delete: `DELETE FROM "${spec.name}" WHERE account = ? AND key = ?`,
    };
  }

  /** Grows with each write, and with whatever else may have changed documents (`touch`): what was read before may be stale. */
  get version(): number {
    return this.#version;
  }

  /** For the store: documents changed behind the collection's back, all of them those of the account if one is named. */
  touch(account?: string): void {
    this.#version += 1;
    if (account !== undefined) for (const watcher of this.#watchers) watcher(account);
  }

  /** For indexes that are kept outside the store. */
  watch(watcher: Watcher<Doc>): void {
    this.#watchers.push(watcher);
  }

  get(account: string, key: string | number): Doc | undefined {
    const row = this.#store.prepare(this.#sql.get).get(account, key);
    return row ? this.#read(row) : undefined;
  }

  /** Writes the document, replacing one of the same key. */
  put(account: string, doc: Doc): void {
    this.#write(this.#sql.put, account, doc);
  }

  /** Writes a document as it lies in the store, of this or an earlier version. */
  putStored(account: string, stored: string): void {
    this.put(account, this.#read({ doc: stored }));
  }

  /** Writes a new document. @throws DuplicateKeyError when its key, or a unique value, is taken. */
  insert(account: string, doc: Doc): void {
    this.#write(this.#sql.insert, account, doc);
  }

  /** Writes the document over `before`, as it is stored: indexes whose value stays are left alone, which `put` cannot do. */
  replace(account: string, before: Doc, doc: Doc): void {
    const key = this.#spec.key(doc);
    if (key !== this.#spec.key(before)) throw new Error(`${this.#spec.name} ${this.#spec.key(before)} cannot be replaced by ${key}`);
    const was = this.#indexed(before);
    const is = this.#indexed(doc);
    const changed = this.#columns.filter((_, index) => was[index] !== is[index]);
    const values = is.filter((value, index) => value !== was[index]);
    const sql = `UPDATE "${this.#spec.name}" SET ${[...changed, 'doc'].map((name) => `"${name}" = ?`).join(', ')} WHERE account = ? AND key = ?`;
    this.#run(account, key, sql, [...values, this.#written(doc), account, key]);
    for (const watcher of this.#watchers) watcher(account, key, doc);
  }

  /** Whether there was something to delete. */
  delete(account: string, key: string | number): boolean {
    this.touch();
    for (const watcher of this.#watchers) watcher(account, key);
    return this.#store.prepare(this.#sql.delete).run(account, key).changes > 0;
  }

  find(account: string, query: Query = {}): Doc[] {
    const [where, values] = this.#where(account, query);
    const order = (query.order ?? ['key']).map((name) => (name.startsWith('-') ? `"${name.slice(1)}" DESC` : `"${name}"`));
    // A bare parameter in LIMIT makes SQLite plan the statement anew for each value, which takes longer than running it.
    const sql = `SELECT doc FROM "${this.#spec.name}" WHERE ${where} ORDER BY ${order.join(', ')} LIMIT ? + 0 OFFSET ? + 0`;
    const rows = this.#store.prepare(sql).all(...values, query.limit ?? -1, query.offset ?? 0);
    return rows.map((row) => this.#read(row));
  }

  first(account: string, query: Query = {}): Doc | undefined {
    return this.find(account, { ...query, limit: 1 })[0];
  }

  count(account: string, query: Query = {}): number {
    const [where, values] = this.#where(account, query);
    return Number(this.#store.prepare(`SELECT count(*) AS n FROM "${this.#spec.name}" WHERE ${where}`).get(...values)?.['n']);
  }

  /** Documents of every account, with whose they are (start-up work over a file: pending deliveries, say). */
  everywhere(): [account: string, doc: Doc][] {
    const rows = this.#store.prepare(`SELECT account, doc FROM "${this.#spec.name}" ORDER BY account, key`).all();
    return rows.map((row) => [row['account'] as string, this.#read(row)]);
  }

  #write(sql: string, account: string, doc: Doc): void {
    const key = this.#spec.key(doc);
    this.#run(account, key, sql, [account, key, ...this.#indexed(doc), this.#written(doc)]);
    for (const watcher of this.#watchers) watcher(account, key, doc);
  }

  #written(doc: Doc): string {
    return JSON.stringify(this.#spec.packing ? this.#spec.packing.pack(doc) : doc);
  }

  #read(row: Readonly<Record<string, SQLOutputValue>>): Doc {
    const stored = JSON.parse(row['doc'] as string) as unknown;
    return this.#spec.packing ? this.#spec.packing.unpack(stored) : (stored as Doc);
  }

  #indexed(doc: Doc): IndexValue[] {
    return this.#columns.map((name) => this.#spec.indexes?.[name]?.(doc) ?? null);
  }

  #run(account: string, key: string | number, sql: string, values: readonly SQLInputValue[]): void {
    this.touch();
    try {
      this.#store.prepare(sql).run(...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('UNIQUE')) throw error;
      throw new DuplicateKeyError(`${this.#spec.name} ${key} of ${account}: ${error.message}`);
    }
  }

  #where(account: string, query: Query): [sql: string, values: SQLInputValue[]] {
    const parts = ['account = ?'];
    const values: SQLInputValue[] = [account];
    for (const [name, condition] of Object.entries(query.where ?? {})) {
      if (name !== 'key' && !this.#columns.includes(name)) {
        throw new Error(`${this.#spec.name} has no index "${name}"; it has ${['key', ...this.#columns].join(', ')}`);
      }
      for (const [sql, ...operands] of clauses(`"${name}"`, condition)) {
        parts.push(sql);
        values.push(...operands);
      }
    }
    return [parts.join(' AND '), values];
  }
}

function clauses(column: string, condition: Condition): [sql: string, ...operands: SQLInputValue[]][] {
  if (condition === null) return [[`${column} IS NULL`]];
  if (typeof condition !== 'object') return [[`${column} = ?`, condition]];
  if ('in' in condition) return [[`${column} IN (${condition.in.map(() => '?').join(', ')})`, ...condition.in]];
  if ('not' in condition) return [[`${column} IS NOT ?`, condition.not]];
  if ('like' in condition) return [[`${column} LIKE ? ESCAPE '\\'`, condition.like]];
  return Object.entries(OPERATORS).flatMap(([name, operator]): [string, SQLInputValue][] => {
    const operand = condition[name as keyof typeof OPERATORS];
    return operand === undefined ? [] : [[`${column} ${operator} ?`, operand]];
  });
}
