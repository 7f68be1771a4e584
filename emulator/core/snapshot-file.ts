import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { SNAPSHOT_APPLICATION } from './layout.ts';
import { type Records, recordsIn } from './records.ts';

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
  /** What a table's statement begins with, so that rows of an earlier version are known. */
  mark(table: string): string;
  /** What the columns between `account` and `doc` have to hold, where an earlier version had others. @throws Error */
  valuesOf(table: string, account: string, doc: string): readonly SQLInputValue[];
}

/** Is given what a file brings, before anything changes; what it throws leaves everything as it is. */
export type BeforeRestore = (saved: Records) => void;

const FORMAT = 1;
const SQLITE = 'SQLite format 3\0';
/** How the names of temporary tables end. */
const CONVERTED = '@converted';

/**
 * Writes all that the account has into a SQLite database of its own. A snapshot that lies there is replaced once the new one
 * is whole and on the disk. @throws SnapshotFileError `foreign` when something else lies there, `unwritable`.
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
          run(store, `CREATE TABLE snapshot."${table}" (${store.mark(table)}${names})`);
          run(store, `INSERT INTO snapshot."${table}" SELECT ${names} FROM main."${table}" WHERE account = ?`, account);
        }
      });
      run(store, `PRAGMA snapshot.application_id = ${SNAPSHOT_APPLICATION}`);
      run(store, `PRAGMA snapshot.user_version = ${FORMAT}`);
    });
    toDisk(unfinished, 'r+');
    renameSync(unfinished, file);
    namesToDisk(dirname(file));
  } catch (error) {
    try {
      rmSync(unfinished, { force: true });
    } catch {
      // Why it could not be written is what matters.
    }
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
  { before, within }: { before?: BeforeRestore | undefined; within: () => void },
): void {
  if (!existsSync(file)) throw new SnapshotFileError('missing', `there is no file ${file}`);
  headerOf(file);
  attached(store, file, () => {
    const saved = savedTables(store, account, file);
    const tables = store.tables();
    before?.(
      recordsIn(account, (table) => {
        const rows = saved.get(table);
        return rows === undefined ? [] : store.prepare(`SELECT doc FROM ${rows}`).all();
      }),
    );
    const emptied = (): void => {
      for (const [table] of tables) if (table !== 'sequence') empty(store, table, account);
    };
    const filled = (): void => {
      for (const [table, columns] of tables) {
        const rows = saved.get(table);
        if (rows !== undefined) fill(store, account, table, columns, rows);
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

/** Where the rows of each table lie, in its present columns, once the file is known to be whole and meant for this account. */
function savedTables(store: SnapshotTables, account: string, file: string): Map<string, string> {
  try {
    const problem = Object.values(store.prepare('PRAGMA snapshot.quick_check(1)').get() ?? {})[0];
    if (problem !== 'ok') throw new SnapshotFileError('corrupt', `${file} is damaged: ${String(problem)}`);
    const owner = store.prepare('SELECT account FROM snapshot.about').get()?.['account'];
    if (owner !== account) throw new SnapshotFileError('foreign', `${file} is a snapshot of ${String(owner)}, not of ${account}`);
    const found = store.prepare("SELECT name FROM snapshot.sqlite_schema WHERE type = 'table' AND name <> 'about'").all();
    const known = new Map(store.tables());
    const saved = new Map<string, string>();
    for (const name of found.map((row) => String(row['name']))) {
      const columns = known.get(name)?.filter((column) => column !== 'account');
      if (columns) saved.set(name, sound(store, account, name, columns, file));
      // What is empty needs no place.
      else if (store.prepare(`SELECT 1 FROM snapshot."${name}" LIMIT 1`).get())
        throw new SnapshotFileError('foreign', `${file} holds ${name}, which this version does not know`);
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

function fill(store: SnapshotTables, account: string, table: string, columns: readonly string[], rows: string): void {
  const names = quoted(columns.filter((name) => name !== 'account'));
  const conflict = table === 'sequence' ? 'ON CONFLICT (account, name) DO UPDATE SET value = max(value, excluded.value)' : '';
  run(store, `INSERT INTO main."${table}" (account, ${names}) SELECT ?, ${names} FROM ${rows} WHERE true ${conflict}`, account);
}

/** Where the rows of a table lie that can all be taken, in these columns. @throws SnapshotFileError */
function sound(store: SnapshotTables, account: string, table: string, columns: readonly string[], file: string): string {
  const saved = `snapshot."${table}"`;
  const refuseAny = (rows: string, condition: string, what: string): void => {
    if (store.prepare(`SELECT 1 FROM ${rows} WHERE ${condition} LIMIT 1`).get() === undefined) return;
    throw new SnapshotFileError('corrupt', `${file} is damaged: ${table} holds ${what}`);
  };
  if (table === 'sequence') refuseAny(saved, "typeof(name) <> 'text' OR typeof(value) <> 'integer'", 'what is no number of a name');
  else refuseAny(saved, 'doc IS NULL OR NOT json_valid(doc)', 'what is no JSON');
  const there = store.prepare(`PRAGMA snapshot.table_info("${table}")`).all().map((column) => String(column['name'])); // prettier-ignore
  const sql = store.prepare("SELECT sql FROM snapshot.sqlite_schema WHERE type = 'table' AND name = ?").get(table)?.['sql'];
  const isMarked = String(sql).includes(store.mark(table));
  const isPresent = isMarked && there.length === columns.length && columns.every((name) => there.includes(name));
  const rows = isPresent ? saved : converted(store, account, table, columns);
  if (table !== 'sequence') refuseAny(rows, 'key IS NULL', 'a record without a key');
  for (const { name, unique } of store.prepare(`PRAGMA main.index_list("${table}")`).all()) {
    if (unique !== 1) continue;
    const parts = store.prepare(`PRAGMA main.index_info("${String(name)}")`).all().map((part) => String(part['name'])); // prettier-ignore
    const own = parts.filter((part) => part !== 'account');
    const some = own.map((part) => `"${part}" IS NOT NULL`).join(' AND ');
    refuseAny(rows, `${some} GROUP BY ${quoted(own)} HAVING count(*) > 1`, `two rows of one ${own.join(', ')}`);
  }
  return rows;
}

/** An earlier version found these documents by other values: beside the tables they are taken apart anew, before anything changes. */
function converted(store: SnapshotTables, account: string, table: string, columns: readonly string[]): string {
  const rows = `temp."${table}${CONVERTED}"`;
  run(store, `CREATE TABLE ${rows} (${quoted(columns)})`);
  const insert = store.prepare(`INSERT INTO ${rows} (${quoted(columns)}) VALUES (${columns.map(() => '?').join(', ')})`);
  store.transaction(() => {
    for (const row of store.prepare(`SELECT doc FROM snapshot."${table}"`).iterate()) {
      const doc = String(row['doc']);
      insert.run(...store.valuesOf(table, account, doc), doc);
    }
  });
  return rows;
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
  const ours = header.toString('latin1', 0, 16) === SQLITE && header.readUInt32BE(68) === SNAPSHOT_APPLICATION;
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
    const converted = store.prepare("SELECT name FROM sqlite_temp_schema WHERE type = 'table' AND name LIKE ?").all(`%${CONVERTED}`);
    for (const { name } of converted) run(store, `DROP TABLE temp."${String(name)}"`);
    run(store, 'DETACH DATABASE snapshot');
  }
}

/**
 * What says that there is no such thing as a folder's way to the disk: Windows, and some file systems of networks and containers;
 * or none for us, who may write into the folder but not read it (`EACCES`).
 */
const NO_SUCH_WAY = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EACCES']);

/** Waits until the names in a folder are on the disk, where that can be done. */
function namesToDisk(folder: string): void {
  try {
    toDisk(folder, 'r');
  } catch (error) {
    if (!NO_SUCH_WAY.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Waits until what was written is on the disk. */
function toDisk(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
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
