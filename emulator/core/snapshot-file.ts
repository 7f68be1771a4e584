import { closeSync, existsSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** A snapshot file that cannot be written or read; nothing has changed. `message` says why. */
export class SnapshotFileError extends Error {
  override readonly name = 'SnapshotFileError';
  /** `foreign`: not ours, of another account or of a later version. */
  readonly reason: 'missing' | 'foreign' | 'corrupt' | 'unwritable';

  constructor(reason: SnapshotFileError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What the store lets this file work with. */
export interface SnapshotTables {
  prepare(sql: string): StatementSync;
  transaction<T>(work: () => T): T;
  /** Whether the state outlives a crash: it must then never be seen half restored. */
  readonly durable: boolean;
  /** Name and columns of each table. */
  tables(): readonly (readonly [table: string, columns: readonly string[]])[];
  /** Takes the document of a row apart into columns again, where the columns were others. */
  rewrite(table: string, account: string, doc: string): void;
}

/** `application_id` of our files: "Ring". */
const APPLICATION = 0x52_69_6e_67;
const FORMAT = 1;
const SQLITE = 'SQLite format 3\0';

/**
 * Writes all that the account has into a SQLite database of its own. A snapshot that lies there is replaced once the new one
 * is whole. @throws SnapshotFileError `foreign` when something else lies there, `unwritable`.
 */
export function writeSnapshotFile(store: SnapshotTables, account: string, file: string): void {
  if (existsSync(file)) headerOf(file);
  const unfinished = `${file}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    attached(store, unfinished, () => {
      for (const pragma of ['journal_mode = OFF', 'synchronous = OFF']) run(store, `PRAGMA snapshot.${pragma}`);
      store.transaction(() => {
        run(store, 'CREATE TABLE snapshot.about (account TEXT NOT NULL)');
        run(store, 'INSERT INTO snapshot.about VALUES (?)', account);
        for (const [table, columns] of store.tables()) {
          const names = quoted(columns.filter((name) => name !== 'account'));
          run(store, `CREATE TABLE snapshot."${table}" (${names})`);
          run(store, `INSERT INTO snapshot."${table}" SELECT ${names} FROM main."${table}" WHERE account = ?`, account);
        }
      });
      run(store, `PRAGMA snapshot.application_id = ${APPLICATION}`);
      run(store, `PRAGMA snapshot.user_version = ${FORMAT}`);
    });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new SnapshotFileError('unwritable', `${file} cannot be written: ${messageOf(error)}`);
  }
}

/**
 * Puts the account into the state of the file. `before` runs once the file is known to be good, `within` in the transaction
 * that brings its records. Sequences never go back. @throws SnapshotFileError before anything has changed.
 */
export function readSnapshotFile(
  store: SnapshotTables,
  account: string,
  file: string,
  { before, within }: { before?: (() => void) | undefined; within: () => void },
): void {
  if (!existsSync(file)) throw new SnapshotFileError('missing', `there is no file ${file}`);
  headerOf(file);
  attached(store, file, () => {
    const saved = savedTables(store, account, file);
    const tables = store.tables();
    before?.();
    const emptied = (): void => {
      for (const [table] of tables) if (table !== 'sequence') empty(store, table, account);
    };
    const filled = (): void => {
      for (const [table, columns] of tables) {
        const kept = saved.get(table);
        if (kept) fill(store, account, table, columns, kept);
      }
      within();
    };
    if (store.durable) {
      store.transaction(() => {
        emptied();
        filled();
      });
    } else {
      // In one transaction all pages of before would be kept for a rollback, in memory, beside those of after.
      store.transaction(emptied);
      store.transaction(filled);
    }
  });
}

/** Columns of each table in the file, once it is known to be whole and meant for this account. */
function savedTables(store: SnapshotTables, account: string, file: string): Map<string, readonly string[]> {
  try {
    const problem = Object.values(store.prepare('PRAGMA snapshot.quick_check(1)').get() ?? {})[0];
    if (problem !== 'ok') throw new SnapshotFileError('corrupt', `${file} is damaged: ${String(problem)}`);
    const owner = store.prepare('SELECT account FROM snapshot.about').get()?.['account'];
    if (owner !== account) throw new SnapshotFileError('foreign', `${file} is a snapshot of ${String(owner)}, not of ${account}`);
    const found = store.prepare("SELECT name FROM snapshot.sqlite_schema WHERE type = 'table' AND name <> 'about'").all();
    const known = new Set(store.tables().map(([table]) => table));
    const saved = new Map<string, readonly string[]>();
    for (const { name } of found) {
      const columns = store.prepare(`PRAGMA snapshot.table_info("${String(name)}")`).all();
      const names = columns.map((column) => String(column['name']));
      if (known.has(String(name))) saved.set(String(name), sound(store, String(name), file, names));
      // What is empty needs no place.
      else if (store.prepare(`SELECT 1 FROM snapshot."${String(name)}" LIMIT 1`).get())
        throw new SnapshotFileError('foreign', `${file} holds ${String(name)}, which this version does not know`);
    }
    return saved;
  } catch (error) {
    if (error instanceof SnapshotFileError) throw error;
    throw new SnapshotFileError('corrupt', `${file} cannot be read: ${messageOf(error)}`);
  }
}

/** Where most of the table is the account's, all at once: SQLite then drops its pages instead of each row and its indexes' entries. */
function empty(store: SnapshotTables, table: string, account: string): void {
  const rows = (condition: string): number =>
    Number(store.prepare(`SELECT count(*) AS n FROM main."${table}" WHERE ${condition}`).get({ account })?.['n']);
  const others = rows('account < :account') + rows('account > :account');
  if (others > rows('account = :account')) return run(store, `DELETE FROM main."${table}" WHERE account = ?`, account);
  if (others > 0) run(store, `CREATE TEMP TABLE kept AS SELECT * FROM main."${table}" WHERE account <> ?`, account);
  run(store, `DELETE FROM main."${table}"`);
  if (others === 0) return;
  run(store, `INSERT INTO main."${table}" SELECT * FROM temp.kept`);
  run(store, 'DROP TABLE temp.kept');
}

function fill(store: SnapshotTables, account: string, table: string, columns: readonly string[], saved: readonly string[]): void {
  const own = columns.filter((name) => name !== 'account');
  if (own.length === saved.length && own.every((name) => saved.includes(name))) {
    const conflict = table === 'sequence' ? 'ON CONFLICT (account, name) DO UPDATE SET value = max(value, excluded.value)' : '';
    const names = quoted(own);
    run(
      store,
      `INSERT INTO main."${table}" (account, ${names}) SELECT ?, ${names} FROM snapshot."${table}" WHERE true ${conflict}`,
      account,
    );
  } else {
    // An earlier version found these documents by other values.
    for (const { doc } of store.prepare(`SELECT doc FROM snapshot."${table}"`).iterate()) store.rewrite(table, account, String(doc));
  }
}

/** The columns of a table whose rows can all be taken. @throws SnapshotFileError */
function sound(store: SnapshotTables, table: string, file: string, columns: readonly string[]): readonly string[] {
  const bad = (what: string): SnapshotFileError => new SnapshotFileError('corrupt', `${file} is damaged: ${table} holds ${what}`);
  const is = (condition: string): boolean =>
    store.prepare(`SELECT 1 FROM snapshot."${table}" WHERE ${condition} LIMIT 1`).get() !== undefined;
  if (columns.includes('doc') && is('doc IS NULL OR NOT json_valid(doc)')) throw bad('what is no JSON');
  for (const { name, unique } of store.prepare(`PRAGMA main.index_list("${table}")`).all()) {
    if (unique !== 1) continue;
    const parts = store.prepare(`PRAGMA main.index_info("${String(name)}")`).all().map((part) => String(part['name'])); // prettier-ignore
    const own = parts.filter((part) => part !== 'account' && columns.includes(part));
    if (own.length === 0) continue;
    const some = own.map((part) => `"${part}" IS NOT NULL`).join(' AND ');
    if (is(`${some} GROUP BY ${quoted(own)} HAVING count(*) > 1`)) throw bad(`two rows of one ${own.join(', ')}`);
  }
  return columns;
}

/** @throws SnapshotFileError when the file is no snapshot that this version can read. */
function headerOf(file: string): void {
  const header = Buffer.alloc(100);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, header, 0, header.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new SnapshotFileError('unwritable', `${file} cannot be opened: ${messageOf(error)}`);
  }
  // Offsets of the SQLite file format, section 1.3.
  const ours = header.toString('latin1', 0, 16) === SQLITE && header.readUInt32BE(68) === APPLICATION;
  if (!ours) throw new SnapshotFileError('foreign', `${file} is no snapshot of Ringback`);
  const format = header.readUInt32BE(60);
  if (format > FORMAT) throw new SnapshotFileError('foreign', `${file} was written by a later version of Ringback (format ${format})`);
}

function attached(store: SnapshotTables, file: string, work: () => void): void {
  try {
    run(store, 'ATTACH DATABASE ? AS snapshot', file);
  } catch (error) {
    throw new SnapshotFileError('corrupt', `${file} cannot be opened: ${messageOf(error)}`);
  }
  try {
    work();
  } finally {
    run(store, 'DETACH DATABASE snapshot');
  }
}

function run(store: SnapshotTables, sql: string, ...values: SQLInputValue[]): void {
  store.prepare(sql).run(...values);
}

function quoted(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
