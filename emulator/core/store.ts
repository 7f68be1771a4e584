import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Collection, type CollectionSpec } from './collection.ts';
import { Layout, revisionMark } from './layout.ts';
import { call, type Callback, runAll } from './run-all.ts';
import { Sequences } from './sequences.ts';
import { type BeforeRestore, readSnapshotFile, type SnapshotTables, writeSnapshotFile } from './snapshot-file.ts';
import type { Staged, StagedRow, Staging } from './staged-rows.ts';

/** An account's saved state; opaque, valid for the store that made it. */
export interface Snapshot {
  readonly account: string;
  readonly name: string;
}

/** When more documents than these wait for their tables, those of one collection no longer do. */
const MOST_STAGED = 2_000;

/**
 * State: JSON documents with indexed columns in SQLite, in memory or in a file. Everything is synchronous; a
 * transaction is one function. Snapshot, restore and clear act on one account and touch no other.
 *
 * What a transaction writes is staged. With a file it goes there with the commit; without one it waits until SQL looks at
 * its table or much has gathered: written together, and written once if it was changed meanwhile, it costs a fraction.
 */
export class Store {
  readonly #db: DatabaseSync;
  readonly #layout: Layout;
  readonly #statements = new Map<string, StatementSync>();
  readonly #collections = new Map<string, Collection<never>>();
  readonly #sequences: Sequences;
  /** The snapshot that an account was last saved in or returned to, and the versions that its collections had right after. */
  readonly #asSaved = new Map<string, { name: string; versions: ReadonlyMap<string, number> }>();
  readonly #inFile: boolean;
  readonly #dirty = new Set<Staging>();
  #depth = 0;
  /** Whether SQLite knows of the running transaction. */
  #begun = false;
  /** What the running transaction staged, to be undone, and its number. */
  #undo: Staged[] = [];
  #transactionNumber = 0;
  #afterCommit: Callback[] = [];
  #afterRollback: (() => void)[] = [];

  /** @throws Error when the file cannot be opened, is not one of Ringback's, or one of a later version. */
  constructor(file = ':memory:') {
    this.#db = new DatabaseSync(file);
    this.#inFile = file !== ':memory:';
    try {
      this.#layout = this.#opened(file);
    } catch (error) {
      this.#db.close();
      throw error;
    }
    const read = this.statement('SELECT value FROM "sequence" WHERE account = ? AND name = ?');
    const write = this.statement(`INSERT INTO "sequence" (account, name, value) VALUES (?, ?, ?)
      ON CONFLICT (account, name) DO UPDATE SET value = excluded.value`);
    this.#sequences = new Sequences({
      read: (account, name) => read.get(account, name)?.['value'] as number | undefined,
      write: (...row) => void write.run(...row),
    });
  }

  /**
   * Declares a collection, creating its table and indexes on first use. Declaring it twice gives the same one.
   * @throws Error when a file has documents of it that cannot be taken over from an earlier version.
   */
  collection<Doc extends object>(spec: CollectionSpec<Doc>): Collection<Doc> {
    const known = this.#collections.get(spec.name);
    if (known) return known as unknown as Collection<Doc>;
    if (this.inTransaction) throw new Error(`collection ${spec.name} is declared inside a transaction; declare it when its room is built`);
    const collection = new Collection<Doc>(spec, this);
    this.#layout.make(collection.table);
    this.#collections.set(spec.name, collection as unknown as Collection<never>);
    return collection;
  }

  /**
   * Runs the function as one transaction; inside another it joins that one. A throw undoes everything, but for one of an
   * `afterCommit` callback: that one comes out here too, when all callbacks ran, and what was committed stays.
   */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#depth = 1;
    this.#transactionNumber += 1;
    let result: T;
    try {
      result = work();
      if (this.#inFile) this.#writeAll();
      if (this.#begun) this.statement('COMMIT').run();
    } catch (error) {
      // SQLite has already undone it where it was the commit that failed (a full disk).
      if (this.#db.isTransaction) this.statement('ROLLBACK').run();
      for (const { collection, account, key, previous } of this.#undo.toReversed()) {
        collection.stageAgain(account, key, previous);
        // A flush within the transaction took it for written.
        this.#dirty.add(collection);
      }
      // Once SQLite knew of the transaction, its table holds what was counted before it.
      if (this.#begun) this.#sequences.forget();
      else this.#sequences.undo();
      const callbacks = this.#afterRollback;
      this.#settle();
      for (const collection of this.#collections.values()) collection.touch();
      runAll(callbacks, (callback) => callback());
      throw error;
    }
    this.afterCommit(this.#flushMany);
    const callbacks = this.#afterCommit;
    this.#settle();
    runAll(callbacks, call);
    return result;
  }

  get isOpen(): boolean {
    return this.#db.isOpen;
  }

  /** Whether documents may wait for their tables now. */
  get stages(): boolean {
    return !this.#inFile || this.#depth > 0;
  }

  get transactionNumber(): number {
    return this.#transactionNumber;
  }

  /** For collections: a row was staged. */
  stagedIn(staged: Staged): void {
    this.#dirty.add(staged.collection);
    if (this.#depth === 0) return this.#flushMany();
    this.#undo.push(staged);
    if (this.#undo.length <= 2 * MOST_STAGED) return;
    this.flush();
    // SQLite itself undoes what was written; what earlier transactions had staged it does not know.
    this.#undo = this.#undo.filter(({ previous }) => previous !== undefined && this.#isEarlier(previous));
  }

  /** Before SQL reads: what was staged goes into the tables, that of all collections or of one. */
  flush(collection?: Staging): void {
    if (collection ? collection.staged === 0 : this.#dirty.size === 0) return;
    const collections = collection ? [collection] : [...this.#dirty];
    if (!this.#begun) {
      const earlier = this.#depth === 0 ? () => true : this.#isEarlier;
      this.#inOne(() => collections.map((each) => each.writeStaged(earlier)));
    }
    if (this.#depth > 0 && collections.some(({ staged }) => staged > 0)) {
      this.writing();
      for (const each of collections) each.writeStaged(() => true)();
    }
    if (!collection) this.#dirty.clear();
  }

  /**
   * Before SQL writes: SQLite is told of the running transaction, if there is one. What earlier ones staged goes into the
   * tables first, so that undoing this one does not take it along.
   */
  writing(): void {
    if (this.#depth === 0 || this.#begun) return;
    this.#inOne(() => {
      const written = this.#sequences.writeEarlier();
      return [written, ...[...this.#dirty].map((each) => each.writeStaged(this.#isEarlier))];
    });
    this.statement('BEGIN IMMEDIATE').run();
    this.#begun = true;
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  /** Runs the callback, with what it is to be told, when the running transaction is committed, or now if there is none. */
  afterCommit(callback: () => void): void;
  afterCommit<Item>(callback: (item: Item) => void, item: Item): void;
  afterCommit(callback: (item: unknown) => void, item?: unknown): void {
    if (this.#depth === 0) callback(item);
    else this.#afterCommit.push({ callback, item });
  }

  /** Runs the callback if the running transaction is undone. */
  afterRollback(callback: () => void): void {
    if (this.#depth > 0) this.#afterRollback.push(callback);
  }

  /** The next number of the account's named sequence, never given twice. */
  next(account: string, name: string, first = 1): number {
    const number = this.#sequences.next(account, name, first);
    if (this.#depth === 0) {
      this.#sequences.settle();
      if (this.#inFile) this.#sequences.write();
    }
    return number;
  }

  /** Saves the account's present state under a name, replacing an earlier snapshot of that name. */
  snapshot(account: string, name: string): Snapshot {
    this.transaction(() => {
      this.#writeAll();
      for (const table of this.#tables()) {
        this.#run(`DELETE FROM "${table}@saved" WHERE snapshot = ? AND account = ?`, name, account);
        this.#run(`INSERT INTO "${table}@saved" SELECT ? AS snapshot, * FROM "${table}" WHERE account = ?`, name, account);
      }
      this.#isAsSaved(account, name);
    });
    return { account, name };
  }

  hasSnapshot(account: string, name: string): boolean {
    return this.statement('SELECT 1 FROM "sequence@saved" WHERE snapshot = ? AND account = ? LIMIT 1').get(name, account) !== undefined;
  }

  /**
   * Returns the account to a snapshot; collections that nobody wrote to since it was there are left as they are. Its sequences
   * never go back, so that no number is given twice, unless they are to be taken back too.
   */
  restore({ account, name }: Snapshot, options: { sequences?: 'kept' | 'taken back' } = {}): void {
    this.transaction(() => {
      this.#writeAll();
      const asSaved = this.#asSaved.get(account);
      const mayDiffer = (table: string): boolean => asSaved?.versions.get(table) !== this.#collections.get(table)?.version;
      const changed = this.#tables().filter((table) => table === 'sequence' || asSaved?.name !== name || mayDiffer(table));
      for (const table of changed) {
        const columns = this.#columns(table).map((column) => `"${column}"`).join(', '); // prettier-ignore
        const kept = table === 'sequence' && options.sequences !== 'taken back';
        if (!kept) this.#run(`DELETE FROM "${table}" WHERE account = ?`, account);
        const conflict = kept ? 'ON CONFLICT (account, name) DO UPDATE SET value = max(value, excluded.value)' : '';
        const saved = `SELECT ${columns} FROM "${table}@saved" WHERE snapshot = ? AND account = ?`;
        this.#run(`INSERT INTO "${table}" (${columns}) ${saved} ${conflict}`, name, account);
      }
      this.#touchAll(account, changed);
      this.#isAsSaved(account, name);
    });
  }

  /** Writes the account's present state into a file. @throws SnapshotFileError */
  snapshotTo(account: string, file: string): void {
    this.#settled();
    writeSnapshotFile(this.#snapshotTables(), account, file);
  }

  /**
   * Returns the account to the state in a file; sequences never go back. `before` runs once the file is known to be good.
   * @throws SnapshotFileError when nothing has changed.
   */
  restoreFrom(account: string, file: string, before?: BeforeRestore): void {
    this.#settled();
    readSnapshotFile(this.#snapshotTables(), account, file, { before, within: () => this.#touchAll(account) });
  }

  /** Removes everything that the account has, its snapshots included. */
  clear(account: string): void {
    this.transaction(() => {
      this.#writeAll();
      for (const table of this.#tables().flatMap((name) => [name, `${name}@saved`])) {
        this.#run(`DELETE FROM "${table}" WHERE account = ?`, account);
      }
      this.#asSaved.delete(account);
      this.#touchAll(account);
    });
  }

  /** How many documents the account has in each collection. */
  counts(account: string): Record<string, number> {
    return Object.fromEntries([...this.#collections].map(([name, collection]) => [name, collection.count(account)]));
  }

  /** Size of the database in bytes: memory where there is no file. */
  get bytes(): number {
    this.flush();
    const value = (pragma: string): number => Number(Object.values(this.statement(`PRAGMA ${pragma}`).get() ?? {})[0]);
    return value('page_count') * value('page_size');
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** A statement that reads tables, for what collections cannot be asked. */
  prepare(sql: string): StatementSync {
    this.flush();
    return this.statement(sql);
  }

  /** For collections: a column is looked up by. */
  index(table: string, column: string): void {
    this.#layout.index(table, column);
  }

  /** For collections. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.writing();
    this.statement(sql).run(...values);
  }

  /** What was read before may be stale. */
  #touchAll(account: string, tables: readonly string[] = this.#tables()): void {
    this.#sequences.forget();
    for (const table of tables) this.#collections.get(table)?.touch(account);
  }

  #isAsSaved(account: string, name: string): void {
    this.#asSaved.set(account, { name, versions: new Map([...this.#collections].map(([table, { version }]) => [table, version])) });
  }

  /** Within a transaction: everything that was staged and counted goes into the tables. */
  #writeAll(): void {
    if (this.#dirty.size === 0 && !this.#sequences.isAhead) return;
    this.writing();
    this.flush();
    this.#sequences.write();
  }

  /** Outside of a transaction: everything lies in the tables. */
  #settled(): void {
    this.flush();
    this.#sequences.write();
  }

  /** Outside of a transaction: what gathered goes into the tables when it is much. */
  readonly #flushMany = (): void => {
    let staged = 0;
    let most: Staging | undefined;
    for (const collection of this.#dirty) {
      staged += collection.staged;
      if (!most || collection.staged > most.staged) most = collection;
    }
    // One at a time: whoever waits for this transaction waits for a part of the work alone.
    if (staged > MOST_STAGED) this.flush(most);
  };

  readonly #isEarlier = ({ transaction }: StagedRow): boolean => transaction !== this.#transactionNumber;

  /** Writes in one transaction of SQLite's own; the functions that come back are called when it is committed. */
  #inOne(work: () => (() => void)[]): void {
    this.statement('BEGIN IMMEDIATE').run();
    let done: (() => void)[];
    try {
      done = work();
      this.statement('COMMIT').run();
    } catch (error) {
      if (this.#db.isTransaction) this.statement('ROLLBACK').run();
      throw error;
    }
    for (const callback of done) callback();
  }

  #settle(): void {
    this.#depth = 0;
    this.#begun = false;
    this.#undo = [];
    this.#sequences.settle();
    this.#afterCommit = [];
    this.#afterRollback = [];
  }

  #opened(file: string): Layout {
    // A file has one emulator: what is remembered of it here would not follow what another writes.
    if (this.#inFile) this.#db.exec('PRAGMA locking_mode = EXCLUSIVE');
    const layout = new Layout(this.#db, this.#inFile ? file : undefined);
    const pragmas = this.#inFile ? ['journal_mode = WAL', 'synchronous = NORMAL'] : ['journal_mode = MEMORY', 'synchronous = OFF'];
    for (const pragma of [...pragmas, 'temp_store = MEMORY']) this.#db.exec(`PRAGMA ${pragma}`);
    layout.make({ name: 'sequence', columns: ['name TEXT NOT NULL', 'value INTEGER NOT NULL'], key: 'name' });
    return layout;
  }

  #snapshotTables(): SnapshotTables {
    return {
      // What is attached comes and goes: statements that name it must not outlive it.
      prepare: (sql) => this.#db.prepare(sql),
      transaction: (work) =>
        this.transaction(() => {
          this.writing();
          return work();
        }),
      durable: this.#inFile,
      tables: () => this.#tables().map((table) => [table, this.#columns(table)] as const),
      mark: (table) => revisionMark(this.#collections.get(table)?.table.revision),
      valuesOf: (table, account, doc) => this.#collections.get(table)?.valuesOf(account, doc) ?? [],
    };
  }

  #columns(table: string): string[] {
    return this.statement(`PRAGMA table_info("${table}")`).all().map((row) => String(row['name'])); // prettier-ignore
  }

  #tables(): string[] {
    return ['sequence', ...this.#collections.keys()];
  }
}
