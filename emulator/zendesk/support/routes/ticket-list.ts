import type { Request, Response } from 'express';
import { principalOf } from '../../account/index.ts';
import type { Query } from '../../../core/query.ts';
import type { Ticket } from '../entities.ts';
import type { Support } from '../index.ts';
import { wireTicket } from '../wire.ts';
import { queryOf, scopeOf } from './http.ts';
import { arrayListing, type Listing, tableListing } from './listing.ts';
import { isByCursor, type PageSpec, sendPage } from './page.ts';
import { includes } from './sideloads.ts';
import { ticketSideloads } from './ticket-sideloads.ts';

export type TicketWhere = NonNullable<Query['where']>;

/** What the caller gets to see of the tickets that the condition holds for. */
export function seenTickets(
  support: Support,
  res: Response,
  all: TicketWhere,
): { readonly where: TicketWhere; readonly listing: Listing<Ticket> } {
  const { account } = scopeOf(res);
  const { tickets } = support;
  const where = support.visibility.narrow(account, principalOf(res), all);
  const listing = tableListing<Ticket>(
    (query) => tickets.list(account, { ...query, where: { ...where, ...query.where } }),
    () => tickets.count(account, where),
    ['created_at', 'updated_at'],
  );
  return { where, listing };
}

/** Documented for lists of tickets; those by name, and `created_at`, are for offset pages alone. */
const CURSOR_SORTS = ['id', 'updated_at', 'status'];

/** A page of tickets with what `include` asks for. */
export function sendTickets(
  support: Support,
  req: Request,
  res: Response,
  listing: Listing<Ticket>,
  spec: Partial<Pick<PageSpec<Ticket>, 'order' | 'ordered'>> = {},
): void {
  const scope = scopeOf(res);
  const shown = { base: scope.base, fields: support.fields.custom(scope.account, 'ticket') };
  const { within, beside } = ticketSideloads(support, res, includes(req));
  const query = queryOf(req);
  // No column tells the status; that it is sorted by its name is inferred.
  const byStatus = isByCursor(query) && /^-?status$/.test(query.get('sort') ?? '');
  const rows = byStatus ? arrayListing(listing.slice({ by: 'id', descending: false }, 0, listing.count()), ['status']) : listing;
  const page = { key: 'tickets', action: 'tickets/index', idColumn: 'nice_id', cursorSorts: CURSOR_SORTS, beside, ...spec };
  sendPage(req, res, page, rows, (ticket, kind) => ({
    ...wireTicket(ticket, shown, kind),
    ...within(ticket),
  }));
}
