/** What a search found, of which as much is read as is asked for. */
export interface Finding<Row> {
  readonly count: number;
  /** In order; all by default. */
  slice(offset?: number, limit?: number): Row[];
}

/** Of rows that are at hand. */
export function findingOf<Row>(rows: readonly Row[]): Finding<Row> {
  return { count: rows.length, slice: (offset = 0, limit = rows.length) => rows.slice(offset, offset + limit) };
}
