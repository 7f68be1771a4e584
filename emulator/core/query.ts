import type { SQLInputValue } from 'node:sqlite';

export type IndexValue = string | number | null;

export type Condition =
  | IndexValue
  | { readonly in: readonly IndexValue[] }
  | { readonly not: IndexValue }
  | { readonly gt?: IndexValue; readonly gte?: IndexValue; readonly lt?: IndexValue; readonly lte?: IndexValue }
  /** Of an index in which few documents have a value (`sparse`), those that have one are looked through; else all documents. */
  | { readonly like: string; readonly sparse?: true };

export interface Query {
  /** Index column (or `key`) to condition; all must hold. */
  readonly where?: Readonly<Record<string, Condition>>;
  /** Index columns (or `key`), `-` in front for descending. Default `key`. */
  readonly order?: readonly string[];
  /** Negative: all. */
  readonly limit?: number;
  readonly offset?: number;
}

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** SQLite keeps half a character as U+FFFD. */
export function asStored(value: string | number): string | number {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** Whether an index helps to find what the condition is about, or to have it in order. */
export function usesIndex(condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return condition !== null;
  return 'like' in condition ? condition.sparse === true : !('not' in condition) || condition.not === null;
}

/** The condition in SQL: all of the clauses, each with its operands. */
export function clauses(column: string, condition: Condition): [sql: string, ...operands: SQLInputValue[]][] {
  if (condition === null) return [[`${column} IS NULL`]];
  if (typeof condition !== 'object') return [[`${column} = ?`, condition]];
  if ('in' in condition) return [[`${column} IN (${condition.in.map(() => '?').join(', ')})`, ...condition.in]];
  // `IS NOT NULL` is written out: only so does SQLite know that the index, which leaves missing values out, has what is looked for.
  if ('not' in condition) return condition.not === null ? [[`${column} IS NOT NULL`]] : [[`${column} IS NOT ?`, condition.not]];
  if ('like' in condition) {
    const like = `${column} LIKE ? ESCAPE '\\'`;
    return condition.sparse ? [[`${column} >= ''`], [like, condition.like]] : [[like, condition.like]];
  }
  return Object.entries(OPERATORS).flatMap(([name, operator]): [string, SQLInputValue][] => {
    const operand = condition[name as keyof typeof OPERATORS];
    return operand === undefined ? [] : [[`${column} ${operator} ?`, operand]];
  });
}
