import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { KnownDocuments } from './known-documents.ts';
import type { TableSpec } from './layout.ts';
import type { Packing } from './packing.ts';
import { asStored, clauses, type IndexValue, type Query, usesIndex } from './query.ts';
import { compareKeys, type Equality, type Key, type StagedRow, StagedRows, type Staging } from './staged-rows.ts';
import type { Store } from './store.ts';

export interface CollectionSpec<Doc> {
  /** Table name: lower case letters, digits and underscores. */
  readonly name: string;
  /** A number or well-formed text: numbers come before texts, and texts are in the order of their code points. */
  readonly key: (doc: Doc) => Key;
  /** Column name to the value by which documents are found, from the document alone. Values may be missing (null). */
  readonly indexes?: Readonly<Record<string, (doc: Doc) => IndexValue>>;
  /** Indexes in which no two documents of an account share a value (null excepted). */
  readonly unique?: readonly string[];
  /** Indexes in which many documents share a value: what is found by another one as well is looked up by that. */
  readonly coarse?: readonly string[];
  /** To be raised when an index comes to hold other values than before: what a file then has is gone through once. Default 1. */
  readonly revision?: number;
  /** How documents lie in the store; as their JSON by default. */
  readonly packing?: Packing<Doc>;
}

export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
}

/**
 * Told of each document that was written, or deleted (then without the document), inside its transaction; without a key
 * when all documents of the account may have changed. An undone transaction is not told of: look at `afterRollback`.
 */
export type Watcher<Doc> = (account: string, key?: Key, doc?: Doc) => void;

/** So many documents are sorted in no time. */
const FEW = 1_000;

/**
 * One kind of document of the store; only `insert`, `put`, `replace` and `delete` change state. What is written is staged: the
 * store says when it goes into the table, at the latest before SQL looks there. Until then readers share it with whoever wrote
 * it, so that nobody may change a document that was written (unless its packing copies it) or read.
 */
export class Collection<Doc extends object> implements Staging {
  readonly #spec: CollectionSpec<Doc>;
  readonly #store: Store;
  readonly #columns: readonly string[];
  readonly #values: readonly ((doc: Doc) => IndexValue)[];
  /** Columns that were looked up by: these have indexes. */
  readonly #lookedUpBy = new Set<string>();
  /** Made once: a statement is looked up by its text, and a text put together anew each time has to be hashed each time. */
  readonly #sql: {
    readonly has: string;
    readonly greatest: string;
    readonly get: string;
    readonly insert: string;
    readonly put: string;
    readonly delete: string;
  };
  /** By column: the statement that finds the first document with a value. */
  readonly #firstSql: Record<string, string> = {};
  readonly #watchers: Watcher<Doc>[] = [];
  readonly #staged = new StagedRows();
  readonly #known = new KnownDocuments<Doc>();
  /** The greatest key of an account, once it was asked for. */
  readonly #greatest = new Map<string, Key>();
  #version = 0;

  constructor(spec: CollectionSpec<Doc>, store: Store) {
    this.#spec = spec;
    this.#store = store;
    this.#columns = Object.keys(spec.indexes ?? {});
    this.#values = Object.values(spec.indexes ?? {});
    const columns = ['account', 'key', ...this.#columns, 'doc'].map((name) => `"${name}"`);
    const insert = `INSERT INTO "${spec.name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    const updates = [...this.#columns, 'doc'].map((name) => `"${name}" = excluded."${name}"`).join(', ');
    this.#sql = {
      greatest: `SELECT max(key) AS key FROM "${spec.name}" WHERE account = ?`,
      has: `SELECT 1 FROM "${spec.name}" WHERE account = ? AND key = ?`,
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
    this.#greatest.clear();
    this.#known.clear();
    if (account !== undefined) for (const watcher of this.#watchers) watcher(account);
    // An index that was made in a transaction goes with it.
    else this.#lookedUpBy.clear();
  }

  /** For indexes that are kept outside the store. */
  watch(watcher: Watcher<Doc>): void {
    this.#watchers.push(watcher);
  }

  get(account: string, key: Key): Doc | undefined {
    const row = this.#staged.get(account, key);
    if (row) return this.#unpacked(row.doc, account);
    const known = this.#known.get(account, key);
    if (known) return known;
    const text = this.#store.statement(this.#sql.get).get(account, key)?.['doc'];
    return text === undefined ? undefined : this.#known.set(account, key, this.#read(text, account), (text as string).length);
  }

  /** Writes the document, replacing one of the same key. */
  put(account: string, doc: Doc): void {
    this.#write(account, doc, 'unknown');
  }

  /** For the store: where the documents lie. */
  get table(): TableSpec {
    return {
      name: this.#spec.name,
      columns: ['key NOT NULL', ...this.#columns.map((name) => `"${name}"`), 'doc TEXT NOT NULL'],
      key: 'key',
      revision: this.#spec.revision ?? 1,
      indexes: this.#columns.map((column) => ({ column, unique: this.#spec.unique?.includes(column) ?? false })),
      valuesOf: (account, stored) => this.valuesOf(account, stored),
    };
  }

  /** The document that lies so in the store, of this or an earlier version. */
  docOf(account: string, stored: string): Doc {
    return this.#read(stored, account);
  }

  /** Key and index values of a document as it lies in the store, of this or an earlier version. */
  valuesOf(account: string, stored: string): IndexValue[] {
    const doc = this.docOf(account, stored);
    return [this.#keyOf(doc), ...this.#indexed(doc)];
  }

  /** Writes a new document. @throws DuplicateKeyError when its key, or a unique value, is taken. */
  insert(account: string, doc: Doc): void {
    const key = this.#keyOf(doc);
    if (!this.#isNew(account, key)) throw new DuplicateKeyError(`${this.#spec.name} ${key} of ${account}: there is one already`);
    this.#write(account, doc, 'nothing');
  }

  /** Writes the document over `before`, as it is stored: indexes whose value stays are left alone, which `put` cannot do. */
  replace(account: string, before: Doc, doc: Doc): void {
    const key = this.#spec.key(doc);
    if (key !== this.#spec.key(before)) throw new Error(`${this.#spec.name} ${this.#spec.key(before)} cannot be replaced by ${key}`);
    if (!this.#has(account, key)) return;
    this.#write(account, doc, this.#indexed(before));
  }

  /** Whether there was something to delete. */
  delete(account: string, key: Key): boolean {
    this.#version += 1;
    this.#known.forget(account, key);
    for (const watcher of this.#watchers) watcher(account, key);
    this.#store.flush(this);
    this.#store.writing();
    return this.#store.statement(this.#sql.delete).run(account, key).changes > 0;
  }

  find(account: string, query: Query = {}): Doc[] {
    const fresh = this.#fresh(account, query);
    const terms = query.order ?? ['key'];
    const sorted = terms.map((term) => term.replace(/^-/, ''));
    const sortsFew = this.#sortsFew(account, query, sorted);
    const [where, values] = this.#where(account, query, sortsFew ? sorted : []);
    if (!sortsFew) for (const name of sorted) this.#lookUpBy(name);
    const order = terms.map((term, at) => `${sortsFew ? '+' : ''}"${sorted[at]}"${term.startsWith('-') ? ' DESC' : ''}`);
    // A bare parameter in LIMIT makes SQLite plan the statement anew for each value, which takes longer than running it.
    const sql = `SELECT doc FROM "${this.#spec.name}" WHERE ${where} ORDER BY ${order.join(', ')} LIMIT ? + 0 OFFSET ? + 0`;
    const limit = query.limit ?? -1;
    const rows = this.#store.statement(sql).all(...values, limit, query.offset ?? 0);
    const found = rows.map((row) => this.#read(row['doc'] as string, account));
    if (fresh.length === 0) return found;
    for (const { doc } of fresh) found.push(this.#unpacked(doc, account));
    const inOrder = found.toSorted((one, other) => compareKeys(this.#spec.key(one), this.#spec.key(other)));
    return limit < 0 ? inOrder : inOrder.slice(0, limit);
  }

  first(account: string, query: Query = {}): Doc | undefined {
    const { where = {}, order, offset } = query;
    const [name = 'key', ...others] = Object.keys(where);
    const value = where[name];
    const isPlain = others.length === 0 && order === undefined && offset === undefined && this.#columns.includes(name);
    if (isPlain && (typeof value === 'string' || typeof value === 'number')) return this.#firstHaving(account, name, asStored(value));
    return this.find(account, { ...query, limit: 1 })[0];
  }

  count(account: string, query: Query = {}): number {
    const fresh = this.#fresh(account, { where: query.where ?? {} }).length;
    const [where, values] = this.#where(account, query);
    return fresh + Number(this.#store.statement(`SELECT count(*) AS n FROM "${this.#spec.name}" WHERE ${where}`).get(...values)?.['n']);
  }

  /** Documents of every account, with whose they are (start-up work over a file: pending deliveries, say). */
  everywhere(): [account: string, doc: Doc][] {
    this.#store.flush(this);
    const rows = this.#store.statement(`SELECT account, doc FROM "${this.#spec.name}" ORDER BY account, key`).all();
    return rows.map((row) => [row['account'] as string, this.#read(row['doc'] as string, row['account'] as string)]);
  }

  get staged(): number {
    return this.#staged.size;
  }

  writeStaged(matches: (row: StagedRow) => boolean): () => void {
    const rows = this.#staged.list(matches);
    for (const [account, row] of rows) this.#writeRow(account, row);
    return () => {
      for (const [account, { key }] of rows) this.#staged.set(account, key, undefined);
    };
  }

  stageAgain(account: string, key: Key, row: StagedRow | undefined): void {
    this.#staged.set(account, key, row);
  }

  /** Whose the value is, asked for with each call and request: without a query to be put together. */
  #firstHaving(account: string, column: string, value: string | number): Doc | undefined {
    const fresh = this.#staged.having(account, [[this.#columns.indexOf(column), value]]);
    if (!fresh) this.#store.flush(this);
    this.#lookUpBy(column);
    const sql = (this.#firstSql[column] ??=
      `SELECT doc FROM "${this.#spec.name}" WHERE account = ? AND "${column}" = ? ORDER BY key LIMIT 1`);
    const text = this.#store.statement(sql).get(account, value)?.['doc'];
    const found = text === undefined ? [] : [this.#read(text, account)];
    for (const { doc } of fresh ?? []) found.push(this.#unpacked(doc, account));
    return found.length < 2 ? found[0] : found.toSorted((one, other) => compareKeys(this.#spec.key(one), this.#spec.key(other)))[0];
  }

  /** Keys mostly ascend: one greater than all others needs no look-up. */
  #isNew(account: string, key: Key): boolean {
    const greatest = this.#greatest.get(account) ?? this.#readGreatest(account);
    if (greatest === null || compareKeys(key, greatest) > 0) return true;
    return !this.#has(account, key);
  }

  #has(account: string, key: Key): boolean {
    return (this.#staged.get(account, key) ?? this.#store.statement(this.#sql.has).get(account, key)) !== undefined;
  }

  #readGreatest(account: string): Key | null {
    this.#store.flush(this);
    const greatest = this.#store.statement(this.#sql.greatest).get(account)?.['key'] as Key | null;
    if (greatest !== null) this.#greatest.set(account, greatest);
    return greatest;
  }

  #write(account: string, doc: Doc, lies: StagedRow['before']): void {
    this.#version += 1;
    const key = this.#keyOf(doc);
    const greatest = this.#greatest.get(account);
    const isGreatest = greatest !== undefined && compareKeys(key, greatest) > 0;
    if (isGreatest) this.#greatest.set(account, key);
    else this.#known.forget(account, key);
    const previous = this.#staged.get(account, key);
    const before = previous?.before ?? (isGreatest && lies === 'unknown' ? 'nothing' : lies);
    const row: StagedRow = {
      key,
      indexed: this.#indexed(doc),
      doc: this.#spec.packing ? this.#spec.packing.pack(doc, account) : doc,
      before,
      transaction: this.#store.transactionNumber,
    };
    if (this.#spec.unique || !this.#store.stages) {
      // A taken value has to show at once.
      this.#store.writing();
      this.#writeRow(account, row);
    } else {
      this.#staged.set(account, key, row);
      this.#store.stagedIn({ collection: this, account, key, previous });
    }
    for (const watcher of this.#watchers) watcher(account, key, doc);
  }

  #writeRow(account: string, { key, indexed, doc, before }: StagedRow): void {
    const text = JSON.stringify(doc);
    if (typeof before === 'string')
      this.#run(account, key, before === 'nothing' ? this.#sql.insert : this.#sql.put, [account, key, ...indexed, text]);
    else {
      const changed = this.#columns.filter((_, index) => before[index] !== indexed[index]);
      const values = indexed.filter((value, index) => value !== before[index]);
      const sql = `UPDATE "${this.#spec.name}" SET ${[...changed, 'doc'].map((name) => `"${name}" = ?`).join(', ')} WHERE account = ? AND key = ?`;
      this.#run(account, key, sql, [...values, text, account, key]);
    }
  }

  /**
   * The staged documents that belong to the answer beside what lies in the table. Where more than that is staged that may
   * change the answer, it goes into the table first, and there is none.
   */
  #fresh(account: string, { where = {}, order, offset }: Query): readonly StagedRow[] {
    if (this.#staged.size === 0) return [];
    const equalities: Equality[] = [];
    let isKnown = order === undefined && offset === undefined;
    for (const [name, condition] of Object.entries(where)) {
      if (typeof condition === 'object') isKnown = false;
      else if (this.#spec.coarse?.includes(name)) equalities.push([this.#columns.indexOf(name), asStored(condition)]);
      else equalities.unshift([this.#columns.indexOf(name), asStored(condition)]);
    }
    const fresh = this.#staged.having(account, equalities);
    if (fresh && (isKnown || fresh.length === 0)) return fresh;
    this.#store.flush(this);
    return [];
  }

  #read(text: SQLOutputValue, account: string): Doc {
    return this.#unpacked(JSON.parse(text as string), account);
  }

  #unpacked(stored: unknown, account: string): Doc {
    return this.#spec.packing ? this.#spec.packing.unpack(stored, account) : (stored as Doc);
  }

  /** @throws TypeError for a key that SQLite would change, or refuse in somebody else's flush. */
  #keyOf(doc: Doc): Key {
    const key = this.#spec.key(doc);
    if (typeof key === 'string' ? key.isWellFormed() : !Number.isNaN(key)) return key;
    throw new TypeError(`${this.#spec.name} ${JSON.stringify(key)}: a key is a number or well-formed text`);
  }

  #indexed(doc: Doc): IndexValue[] {
    const indexed: IndexValue[] = [];
    for (const valueOf of this.#values) {
      const value: unknown = valueOf(doc) ?? null;
      // What SQLite refuses must not wait to be refused in somebody else's flush.
      const isText = typeof value === 'string';
      if (!isText && value !== null && (typeof value !== 'number' || Number.isNaN(value))) {
        const what = `${this.#spec.name} ${this.#spec.key(doc)}: ${JSON.stringify(value)}`;
        throw new TypeError(`${what} cannot be found by as "${this.#columns[indexed.length]}"`);
      }
      indexed.push(isText ? value.toWellFormed() : value);
    }
    return indexed;
  }

  #run(account: string, key: Key, sql: string, values: readonly SQLInputValue[]): void {
    try {
      this.#store.statement(sql).run(...values);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('UNIQUE')) throw error;
      throw new DuplicateKeyError(`${this.#spec.name} ${key} of ${account}: ${error.message}`);
    }
  }

  /**
   * Whether a condition is met by so few documents that they are found by it and sorted. SQLite, which does not know how many
   * there are, goes through all documents in the order asked for instead: good where many meet it, as that ends early.
   */
  #sortsFew(account: string, { where = {} }: Query, sorted: readonly string[]): boolean {
    return Object.entries(where).some(([name, condition]) => {
      if (condition === null || sorted.includes(name) || this.#spec.coarse?.includes(name) || !this.#columns.includes(name)) return false;
      // An index has those of one value by their keys.
      if (typeof condition === 'object' ? !('in' in condition) : sorted[0] === 'key') return false;
      const [[sql, ...operands] = ['']] = clauses(`"${name}"`, condition);
      this.#lookUpBy(name);
      const many = `SELECT 1 FROM "${this.#spec.name}" WHERE account = ? AND ${sql} LIMIT 1 OFFSET ${FEW}`;
      return this.#store.statement(many).get(account, ...operands) === undefined;
    });
  }

  #lookUpBy(name: string): void {
    if (name === 'key' || this.#lookedUpBy.has(name)) return;
    this.#store.index(this.#spec.name, name);
    this.#lookedUpBy.add(name);
  }

  /** @param sorted columns that the documents are sorted by once they are found */
  #where(account: string, query: Query, sorted: readonly string[] = []): [sql: string, values: SQLInputValue[]] {
    const parts = ['account = ?'];
    const values: SQLInputValue[] = [account];
    const conditions = Object.entries(query.where ?? {});
    const coarse = this.#spec.coarse ?? [];
    const isFine = conditions.some(([name, condition]) => name !== 'key' && !coarse.includes(name) && usesIndex(condition));
    for (const [name, condition] of conditions) {
      if (name !== 'key' && !this.#columns.includes(name)) {
        throw new Error(`${this.#spec.name} has no index "${name}"; it has ${['key', ...this.#columns].join(', ')}`);
      }
      // With a plus before it SQLite, which knows nothing of how often values occur, does not look up by a column.
      const isLeft = (isFine && coarse.includes(name)) || (sorted.includes(name) && name !== 'key');
      if (!isLeft && usesIndex(condition)) this.#lookUpBy(name);
      const column = isLeft ? `+"${name}"` : `"${name}"`;
      for (const [sql, ...operands] of clauses(column, condition)) {
        parts.push(sql);
        values.push(...operands);
      }
    }
    return [parts.join(' AND '), values];
  }
}
