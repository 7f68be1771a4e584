import type { SupportContext } from '../../context.ts';
import type { TicketLimit } from '../../access/ticket-visibility.ts';
import type { Field, Ticket } from '../../entities.ts';
import { and, type Mask } from '../../search/index/mask.ts';
import { holds } from '../conditions/evaluate.ts';
import { isHourField } from '../conditions/hours.ts';
import type { Conditions, SortOrder } from '../entities.ts';
import type { RuleWorld } from '../world.ts';
import { type Readers, readWorld } from '../read-world.ts';
import { columnOf, fieldColumn, type ViewColumn } from './columns.ts';
import { INDEXED_COLUMNS, narrow, ticketAt } from './narrow.ts';

/** Tickets read at a time: what does not match is not kept. */
const CHUNK = 1_000;

export interface Ordering {
  readonly group_by?: string | null;
  readonly group_order?: SortOrder;
  readonly sort_by?: string | null;
  readonly sort_order?: SortOrder;
}

type SortValue = string | number | null;

/** A ticket of a view, and where in the view's order it stands. */
export interface Found {
  readonly id: number;
  readonly group: SortValue;
  readonly sort: SortValue;
}

/** Ids of the tickets that the conditions hold for, in their order. */
export function ticketsOf(...of: Parameters<typeof foundBy>): number[] {
  return foundBy(...of).map(({ id }) => id);
}

/** The tickets that the conditions hold for, grouped and sorted; by descending id without an order. Within the limit, if one is given. */
export function foundBy(
  context: SupportContext,
  readers: Readers,
  account: string,
  conditions: Conditions,
  userId: number,
  ordering: Ordering = {},
  limit?: TicketLimit,
): Found[] {
  const cheapFirst = {
    all: conditions.all.toSorted((a, b) => Number(isHourField(a.field)) - Number(isHourField(b.field))),
    any: conditions.any,
  };
  const groupOf = sorterOf(readers, account, ordering.group_by);
  const sortOf = sorterOf(readers, account, ordering.sort_by);
  const found: Found[] = [];
  const add = (ticket: Ticket, world: RuleWorld): void =>
    void found.push({ id: ticket.id, group: groupOf?.(ticket, world) ?? null, sort: sortOf?.(ticket, world) ?? null });
  const world = readWorld(context, readers, account);
  const { table, behind } = readers.search.tickets(account);
  const narrowed = narrow(table, conditions, { world, userId }) ?? (limit && { rows: table.all(), exact: false });
  if (narrowed && limit) and(narrowed.rows, table.exactly(limit.column.slice(0, -'_id'.length), limit.values));
  const late = new Set(behind);
  const rows = narrowed?.exact && isIndexed(ordering) ? rowsIn(narrowed.rows).filter((row) => !late.has(table.ids.at(row))) : undefined;
  for (const row of rows ?? []) add(ticketAt(table, row), world);
  const named = rows ? [] : narrowed && rowsIn(narrowed.rows).map((row) => table.ids.at(row));
  for (const tickets of read(context, account, named && [...new Set([...named, ...late])])) {
    // A world remembers what it read: one for each chunk, so that not everything is remembered.
    const here = readWorld(context, readers, account);
    for (const ticket of tickets) if (isWithin(limit, ticket) && holds(cheapFirst, { world: here, ticket, userId })) add(ticket, here);
  }
  return found.toSorted(comparison(ordering));
}

/** Which of two tickets comes first. */
export function comparison({ group_order, sort_order }: Ordering): (a: Found, b: Found) => number {
  const group = compare(group_order, (row) => row.group);
  const sort = compare(sort_order, (row) => row.sort);
  return (a, b) => group(a, b) || sort(a, b) || b.id - a.id;
}

/** The tickets named that are there, or all there are, some at a time. */
function* read({ collections: { tickets } }: SupportContext, account: string, ids?: readonly number[]): Generator<Ticket[]> {
  const named = ids ?? [];
  for (let start = 0; start < named.length; start += CHUNK)
    yield tickets.find(account, { where: { deleted: 0, key: { in: named.slice(start, start + CHUNK) } } });
  for (let last = ids ? undefined : 0; last !== undefined;) {
    const chunk: Ticket[] = tickets.find(account, { where: { deleted: 0, key: { gt: last } }, limit: CHUNK });
    yield chunk;
    last = chunk.length < CHUNK ? undefined : chunk.at(-1)?.id;
  }
}

function isWithin(limit: TicketLimit | undefined, ticket: Ticket): boolean {
  if (!limit) return true;
  const value = ticket[limit.column];
  return value !== null && limit.values.includes(value);
}

function rowsIn(mask: Mask): number[] {
  const rows: number[] = [];
  for (let row = 0; row < mask.length; row += 1) if (mask[row] === 1) rows.push(row);
  return rows;
}

/** Whether the index knows enough to group and sort by. */
function isIndexed({ group_by, sort_by }: Ordering): boolean {
  return [group_by, sort_by].every((name) => name === null || name === undefined || INDEXED_COLUMNS.includes(name));
}

/** By a column's name or a custom field's id; undefined for none, and for one that cannot be sorted by. */
function sorterOf({ fields }: Readers, account: string, name: string | null | undefined): ViewColumn['sort'] | undefined {
  if (name === null || name === undefined) return undefined;
  const custom = customField(fields.custom(account, 'ticket'), name);
  return (custom ? fieldColumn(custom) : columnOf(name)?.[1])?.sort;
}

/** A custom ticket field by its id, with or without `custom_fields_` in front. */
export function customField(fields: readonly Field[], name: string | number): Field | undefined {
  const id = Number(String(name).replace(/^custom_fields_/, ''));
  return fields.find((field) => field.id === id);
}

function compare(order: SortOrder | undefined, of: (row: Found) => SortValue): (a: Found, b: Found) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (a, b) => {
    const [one, other] = [of(a), of(b)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return (one < other ? -1 : 1) * sign;
  };
}
