import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** What is kept of one kind, and how it is found: a table of its own, and a twin for what snapshots have of it. */
export interface TableSpec {
  readonly name: string;
  /** Definitions of the columns behind `account`; of documents the key is first, `doc` last, and index columns lie between. */
  readonly columns: readonly string[];
  /** The column that tells an account's rows apart. */
  readonly key: string;
  readonly indexes?: readonly { readonly column: string; readonly unique: boolean }[];
  /** Of what `valuesOf` gives; it is noted with the table. */
  readonly revision?: number;
  /** Key and index values of a stored document; without it the table's layout never changes. */
  readonly valuesOf?: (account: string, doc: string) => readonly SQLInputValue[];
}

/** What a data file held when it was opened. */
interface Found {
  readonly type: string;
  /** Whose index it is. */
  readonly table: string;
  readonly sql: string;
}

type Step = () => void;

/** `application_id` of snapshot files: "Ring". Data files have none. */
export const SNAPSHOT_APPLICATION = 0x52_69_6e_67;
/** Of data files. What an earlier build laid out otherwise is laid out anew; a greater number cannot be read. */
const LAYOUT = 1;

/** Makes tables and indexes as they are declared, and remakes those of a data file that an earlier build declared otherwise. */
export class Layout {
  readonly #db: DatabaseSync;
  readonly #file: string | undefined;
  readonly #found = new Map<string, Found>();
  /** By name: the statements of indexes that are made when they are first looked up by. */
  readonly #later = new Map<string, string>();

  /**
   * `file` is undefined in memory, where nothing lies yet.
   * @throws Error when the file is none of Ringback's, or of a later version: nothing is written then.
   */
  constructor(db: DatabaseSync, file: string | undefined) {
    this.#db = db;
    this.#file = file;
    if (file === undefined) return;
    const number = (pragma: string): number => Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
    if (number('application_id') === SNAPSHOT_APPLICATION) {
      throw new Error('it is a snapshot of one account, to be restored into an emulator that runs');
    }
    const layout = number('user_version');
    if (layout > LAYOUT) throw new Error(`it was written by a later version of Ringback (layout ${layout}, this version reads ${LAYOUT})`);
    const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
    for (const { type, name, tbl_name, sql } of schema) {
      this.#found.set(String(name), { type: String(type), table: String(tbl_name), sql: plain(String(sql)) });
    }
    if (this.#found.size > 0 && !this.#found.has('sequence')) throw new Error('it is a database of something else');
    if (layout < LAYOUT) db.exec(`PRAGMA user_version = ${LAYOUT}`);
  }

  /**
   * Makes the tables and indexes of one kind, once. Those that a file has with other columns are made anew and filled from
   * their documents, in one transaction. @throws Error when that cannot be: the file is then as it was.
   */
  make(spec: TableSpec): void {
    const { name } = spec;
    const columns = [`${revisionMark(spec.revision)}account TEXT NOT NULL`, ...spec.columns];
    const table = this.#table(spec, name, columns, ['account', spec.key]);
    const twin = this.#table(spec, `${name}@saved`, ['snapshot TEXT NOT NULL', ...columns], ['snapshot', 'account', spec.key]);
    const steps = [...table.steps, ...twin.steps, ...this.#indexes(spec, table.isNew)];
    if (this.#file === undefined) for (const step of steps) step();
    else if (steps.length > 0) this.#inOne(name, this.#file, steps);
    // So that what was taken over lies in the file itself, and its log is short again.
    if (this.#found.has(name) && (table.isNew || twin.isNew)) this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /**
   * Makes the index of a column that is looked up by, or sorted by, for the first time. Each index costs every write, and which
   * ones a bridge makes Zendesk look up by is known only then.
   */
  index(table: string, column: string): void {
    const sql = this.#later.get(`${table}_${column}`);
    if (sql !== undefined) this.#db.exec(sql);
  }

  #table(
    { valuesOf }: TableSpec,
    name: string,
    columns: readonly string[],
    primary: readonly string[],
  ): { readonly isNew: boolean; readonly steps: readonly Step[] } {
    const sql = `CREATE TABLE "${name}" (${columns.join(', ')}, PRIMARY KEY (${primary.join(', ')}))`;
    const create = (): void => this.#db.exec(sql);
    const found = this.#found.get(name);
    if (!found) return { isNew: true, steps: [create] };
    if (found.sql === plain(sql)) return { isNew: false, steps: [] };
    const old = `${name}@old`;
    const refill = (): void => {
      if (!valuesOf) throw new Error(`${name} has other columns`);
      const insert = this.#db.prepare(`INSERT INTO "${name}" VALUES (${columns.map(() => '?').join(', ')})`);
      const owner = primary.slice(0, -1);
      for (const row of this.#db.prepare(`SELECT ${owner.join(', ')}, doc FROM "${old}"`).iterate()) {
        const doc = String(row['doc']);
        insert.run(...owner.map((column) => String(row[column])), ...valuesOf(String(row['account']), doc), doc);
      }
    };
    const rename = (): void => this.#db.exec(`ALTER TABLE "${name}" RENAME TO "${old}"`);
    // Its indexes go with it, so that their names are free.
    const drop = (): void => this.#db.exec(`DROP TABLE "${old}"`);
    return { isNew: true, steps: [rename, create, refill, drop] };
  }

  /**
   * As they are declared: what a file has of another definition, or that is no longer declared, goes. Unique ones are made at once,
   * the others when they are looked up by.
   */
  #indexes({ name: table, indexes = [] }: TableSpec, isTableNew: boolean): Step[] {
    const missing = new Map(indexes.map(({ column, unique }) => [`${table}_${column}`, { unique, sql: indexSql(table, column, unique) }]));
    const steps: Step[] = [];
    for (const [name, { type, table: of, sql }] of isTableNew ? [] : this.#found) {
      if (type !== 'index' || of !== table) continue;
      if (sql === missing.get(name)?.sql) missing.delete(name);
      else steps.push(() => this.#db.exec(`DROP INDEX "${name}"`));
    }
    for (const [name, { unique, sql }] of missing) {
      if (unique) steps.push(() => this.#db.exec(sql));
      else this.#later.set(name, sql.replace('INDEX', 'INDEX IF NOT EXISTS'));
    }
    return steps;
  }

  #inOne(name: string, file: string, steps: readonly Step[]): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const step of steps) step();
      this.#db.exec('COMMIT');
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      if (!this.#found.has(name)) throw cause;
      const because = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${file}: ${name}, as another version of Ringback wrote them, cannot be taken over: ${because}`, { cause });
    }
  }
}

/**
 * With the key at its end an index also gives the default order; without it SQLite prefers the primary key and scans. Nothing is
 * found by having no value, so documents without one cost the index nothing.
 */
function indexSql(table: string, column: string, unique: boolean): string {
  const [kind, tail] = unique ? ['UNIQUE INDEX', ''] : ['INDEX', ', key'];
  return `CREATE ${kind} "${table}_${column}" ON "${table}" (account, "${column}"${tail}) WHERE "${column}" IS NOT NULL`;
}

/** A remark in a table's statement, which SQLite keeps. */
export function revisionMark(revision: number | undefined): string {
  return revision === undefined ? '' : `/* revision ${revision} */ `;
}

/** SQLite keeps statements as they were written, which says nothing of lines and spaces. */
function plain(sql: string): string {
  return sql.replace(/\s+/g, ' ');
}
