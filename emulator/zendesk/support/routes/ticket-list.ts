import type { Request, Response } from 'express';
import { principalOf } from '../../account/index.ts';
import type { Query } from '../../../core/query.ts';
import type { Ticket } from '../entities.ts';
import type { Support } from '../index.ts';
import { wireTicket } from '../wire.ts';
import { scopeOf } from './http.ts';
import { type Listing, tableListing } from './listing.ts';
import { type PageSpec, sendPage } from './page.ts';
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
  sendPage(req, res, { key: 'tickets', action: 'tickets/index', idColumn: 'nice_id', beside, ...spec }, listing, (ticket, kind) => ({
    ...wireTicket(ticket, shown, kind),
    ...within(ticket),
  }));
}
