import type { Listing, Order } from '../../routes/listing.ts';
import type { Position } from '../../routes/cursor.ts';
import type { Audit, Field, Ticket } from '../../entities.ts';
import { commentsOf } from '../../tickets/comments.ts';
import type { Json } from '../../wire.ts';
import type { ViewOutput } from '../entities.ts';
import type { RuleWorld } from '../world.ts';
import { columnOf, fieldColumn } from './columns.ts';
import { customField } from './run.ts';

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

interface IdRow {
  readonly id: number;
}

/** Tickets in the order of their view, whatever a page says of orders: they are sorted already. */
export function viewListing(ids: readonly number[], sorts: readonly string[]): Listing<IdRow> {
  const rows = ids.map((id) => ({ id }));
  return {
    sorts: ['id', ...sorts],
    count: () => rows.length,
    slice: (_order: Order, offset: number, limit: number) => rows.slice(offset, offset + limit),
    after(order: Order, from: Position | undefined, limit: number) {
      const way = order.descending ? rows.toReversed() : rows;
      const start = from ? placeAfter(way, from.id) : 0;
      return way.slice(start, start + limit);
    },
  };
}

/** Where the rows after this one begin. One that has left the view since has a place only among ids in order; else all begin anew. */
function placeAfter(rows: readonly IdRow[], id: number): number {
  const at = rows.findIndex((row) => row.id === id);
  if (at >= 0) return at + 1;
  const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? 0];
  const sign = first < last ? 1 : -1;
  const isInOrder = rows.every((row, index) => index === 0 || (row.id - (rows[index - 1]?.id ?? 0)) * sign > 0);
  const next = isInOrder ? rows.findIndex((row) => (row.id - id) * sign > 0) : 0;
  return next < 0 ? rows.length : next;
}
