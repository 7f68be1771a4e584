import type { Condition as Where } from '../../../../core/collection.ts';
import type { SupportContext } from '../../context.ts';
import type { Field } from '../../entities.ts';
import { holds } from '../conditions/evaluate.ts';
import { isHourField } from '../conditions/hours.ts';
import { textsOf } from '../conditions/values.ts';
import type { Conditions, SortOrder } from '../entities.ts';
import { worldOf, type Readers } from '../worlds.ts';
import { columnOf, fieldColumn, type ViewColumn } from './columns.ts';

/** Tickets read at a time: what does not match is not kept. */
const CHUNK = 1_000;
/** Columns of the tickets' table that narrow the search. */
const INDEXED = ['assignee_id', 'requester_id', 'organization_id'];

export interface Ordering {
  readonly group_by?: string | null;
  readonly group_order?: SortOrder;
  readonly sort_by?: string | null;
  readonly sort_order?: SortOrder;
}

interface Found {
  readonly id: number;
  readonly group: string | number | null;
  readonly sort: string | number | null;
}

/** Ids of the tickets that the conditions hold for, grouped and sorted; by descending id without an order. */
export function ticketsOf(
  context: SupportContext,
  readers: Readers,
  account: string,
  conditions: Conditions,
  userId: number,
  ordering: Ordering = {},
): number[] {
  const cheapFirst = {
    all: conditions.all.toSorted((a, b) => Number(isHourField(a.field)) - Number(isHourField(b.field))),
    any: conditions.any,
  };
  const groupOf = sorterOf(readers, account, ordering.group_by);
  const sortOf = sorterOf(readers, account, ordering.sort_by);
  const found: Found[] = [];
  const where = narrowed(conditions);
  for (let last = 0; ;) {
    // A world remembers what it read: one for each chunk, so that not everything is remembered.
    const world = worldOf(context, readers, account);
    const chunk = context.collections.tickets.find(account, { where: { ...where, deleted: 0, key: { gt: last } }, limit: CHUNK });
    for (const ticket of chunk) {
      if (!holds(cheapFirst, { world, ticket, userId })) continue;
      found.push({ id: ticket.id, group: groupOf?.(ticket, world) ?? null, sort: sortOf?.(ticket, world) ?? null });
    }
    if (chunk.length < CHUNK) break;
    last = chunk.at(-1)?.id ?? last;
  }
  const group = compare(ordering.group_order, (row) => row.group);
  const sort = compare(ordering.sort_order, (row) => row.sort);
  return found.toSorted((a, b) => group(a, b) || sort(a, b) || b.id - a.id).map((row) => row.id);
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

function compare(order: SortOrder | undefined, of: (row: Found) => string | number | null): (a: Found, b: Found) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (a, b) => {
    const [one, other] = [of(a), of(b)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return (one < other ? -1 : 1) * sign;
  };
}

/** What the table's indexes can say of `all`: ids that must be these. */
function narrowed({ all }: Conditions): Record<string, Where> {
  const where: Record<string, Where> = {};
  for (const { field, operator, value } of all) {
    const [only, more] = textsOf(value);
    if (operator === 'is' && INDEXED.includes(field) && only !== undefined && more === undefined && /^\d+$/.test(only))
      where[field] = Number(only);
  }
  return where;
}
