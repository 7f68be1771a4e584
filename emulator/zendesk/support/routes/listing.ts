import type { Query } from '../../../core/query.ts';
import type { Position } from './cursor.ts';

export interface Order {
  /** One of the listing's sorts; `id` is always one. */
  readonly by: string;
  readonly descending: boolean;
}

/** A list that can be paged in both ways. */
export interface Listing<Row extends { readonly id: number }> {
  readonly sorts: readonly string[];
  count(): number;
  slice(order: Order, offset: number, limit: number): Row[];
  /** Rows after the position in the order given; from the start without one. */
  after(order: Order, from: Position | undefined, limit: number): Row[];
}

/** A value by which rows are sorted. Names are sorted, and lie in their index column, without regard to case. */
function sortValue(row: object, by: string): string | number {
  const value = ((row as Record<string, unknown>)[by] ?? '') as string | number;
  return by === 'name' ? String(value).toLowerCase() : value;
}

/** Rows of a collection; every sort but `id` is an index column of the same name as the row's property, which all rows have. */
export function tableListing<Row extends { readonly id: number }>(
  find: (query: Query) => Row[],
  count: () => number,
  sorts: readonly string[] = [],
): Listing<Row> {
  const terms = (order: Order): string[] => {
    const sign = order.descending ? '-' : '';
    return order.by === 'id' ? [`${sign}key`] : [`${sign}${order.by}`, `${sign}key`];
  };
  // What makes the index serve that has them in this order already.
  const indexed = ({ by }: Order): Pick<Query, 'where'> => (by === 'id' ? {} : { where: { [by]: { not: null } } });
  return {
    sorts: ['id', ...sorts],
    count,
    slice: (order, offset, limit) => find({ ...indexed(order), order: terms(order), offset, limit }),
    after(order, from, limit) {
      const compare = order.descending ? 'lt' : 'gt';
      if (!from) return find({ ...indexed(order), order: terms(order), limit });
      if (order.by === 'id' || from.value === undefined)
        return find({ where: { key: { [compare]: from.id } }, order: terms(order), limit });
      const tied = find({ where: { [order.by]: from.value, key: { [compare]: from.id } }, order: terms(order), limit });
      const rest = limit - tied.length;
      return rest > 0 ? [...tied, ...find({ where: { [order.by]: { [compare]: from.value } }, order: terms(order), limit: rest })] : tied;
    },
  };
}

/** Rows in memory. */
export function arrayListing<Row extends { readonly id: number }>(rows: readonly Row[], sorts: readonly string[] = []): Listing<Row> {
  return {
    sorts: ['id', ...sorts],
    count: () => rows.length,
    slice: (order, offset, limit) => sorted(rows, order).slice(offset, offset + limit),
    after: (order, from, limit) => sorted(from ? rows.filter((row) => compareAt(order, row, from) > 0) : rows, order).slice(0, limit),
  };
}

/** Most rows come in the order of their ids, and of their times with it: those are not sorted again. */
function sorted<Row extends { readonly id: number }>(rows: readonly Row[], order: Order): readonly Row[] {
  const isAfter = (row: Row, other: Row | undefined): boolean => !other || compareAt(order, row, position(other, order)) > 0;
  if (rows.every((row, at) => isAfter(row, rows[at - 1]))) return rows;
  return rows.toSorted((a, b) => compareAt(order, a, position(b, order)));
}

/** Rows in an order of their own, which offset pages keep; sorted by `by` descending they are turned round. */
export function givenListing<Row extends { readonly id: number }>(rows: readonly Row[], by?: string): Listing<Row> {
  return {
    ...arrayListing(rows, by === undefined ? [] : [by]),
    slice: (order, offset, limit) => (order.by === by && order.descending ? rows.toReversed() : rows).slice(offset, offset + limit),
  };
}

export function position(row: { readonly id: number }, order: Order): Position {
  return order.by === 'id' ? { id: row.id } : { value: sortValue(row, order.by), id: row.id };
}

/** Positive when the row comes after the position. */
function compareAt<Row extends { readonly id: number }>(order: Order, row: Row, at: Position): number {
  const sign = order.descending ? -1 : 1;
  const value = order.by === 'id' ? row.id : sortValue(row, order.by);
  const other = at.value ?? at.id;
  if (value !== other) return value > other ? sign : -sign;
  return (row.id - at.id) * sign;
}
