import type { Listing, Order } from '../../routes/listing.ts';
import type { Position } from '../../routes/cursor.ts';
import type { Audit, Field, Ticket } from '../../entities.ts';
import { invalidCursor } from '../../errors.ts';
import { commentsOf } from '../../tickets/comments.ts';
import type { Json } from '../../wire.ts';
import type { ViewOutput } from '../entities.ts';
import type { RuleWorld } from '../world.ts';
import { columnOf, fieldColumn } from './columns.ts';
import { comparison, customField, type Found, type Ordering } from './run.ts';

/** One row of an executed view: its columns' values, and the ticket in short (recorded of clients). */
export function wireRow(ticket: Ticket, output: ViewOutput, world: RuleWorld, base: string, fields: readonly Field[]): Json {
  const cells: [string, unknown][] = [];
  const custom: Json[] = [];
  for (const name of output.columns) {
    const field = customField(fields, name);
    const column = field ? fieldColumn(field) : columnOf(String(name))?.[1];
    if (!column) continue;
    const [key, value] = column.cell(ticket, world);
    if (field) custom.push({ id: field.id, title: field.title, type: field.type, value });
    else cells.push([key, value]);
  }
  const grouped = output.group_by === null ? undefined : columnOf(output.group_by)?.[1];
  if (grouped) cells.push(grouped.cell(ticket, world));
  return {
    ...Object.fromEntries(cells),
    custom_fields: custom,
    fields: custom,
    ticket: shortTicket(ticket, world.audits(ticket.id), base),
  };
}

function shortTicket(ticket: Ticket, audits: readonly Audit[], base: string): Json {
  const { id, subject, description, status, type, priority } = ticket;
  const [audit, said] = audits.flatMap((each) => commentsOf(each).map((comment) => [each, comment] as const)).at(-1) ?? [];
  const url = `${base}/api/v2/tickets/${id}.json`;
  const last = said && audit ? { body: said.body, created_at: audit.created_at, author_id: said.author_id, public: said.public } : null;
  return { id, subject, description, status, type, priority, url, last_comment: last };
}

interface PlacedRow extends Found {
  /** Where in the view's order the ticket stands, for cursors. */
  readonly place: string;
}

/** Tickets in the order of their view, whatever a page says of orders: they are sorted already. */
export function viewListing(found: readonly Found[], ordering: Ordering, sorts: readonly string[]): Listing<PlacedRow> {
  const placed = (rows: readonly Found[]): PlacedRow[] => rows.map((row) => ({ ...row, place: JSON.stringify([row.group, row.sort]) }));
  const compare = comparison(ordering);
  return {
    sorts: ['id', ...sorts],
    count: () => found.length,
    slice: (_order: Order, offset: number, limit: number) => placed(found.slice(offset, offset + limit)),
    after({ descending }: Order, from: Position | undefined, limit: number) {
      const way = descending ? found.toReversed() : found;
      const at = from && placeOf(from);
      // Where the ticket of the cursor stood is known, also when it stands there no longer.
      const rest = at ? way.filter((row) => compare(row, at) * (descending ? -1 : 1) > 0) : way;
      return placed(rest.slice(0, limit));
    },
  };
}

/** @throws ApiError 400 for what no page of a view handed out */
function placeOf({ value, id }: Position): Found {
  try {
    const [group, sort] = JSON.parse(String(value)) as Found['sort'][];
    if (isSortValue(group) && isSortValue(sort)) return { id, group, sort };
  } catch {
    // No place at all.
  }
  throw invalidCursor('page[after]');
}

function isSortValue(value: unknown): value is Found['sort'] {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
