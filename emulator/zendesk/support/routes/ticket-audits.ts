import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { Audit, Ticket } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { type Json, wireAudit, wireTicket } from '../wire.ts';
import { encodeCursor } from './cursor.ts';
import { idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing, tableListing } from './listing.ts';
import { sendPage } from './page.ts';
import { asked, distinct, groupsOf, includes, organizationsOf, usersOf } from './sideloads.ts';

/** Audits of one ticket to a page, unless asked for fewer. */
const PAGE = 100;
/** What recorded cursors of audits call their columns. */
const COLUMNS = 'id';

/** Audits: of a ticket, and of all. */
export function ticketAuditRoutes(router: Router, support: Support): void {
  const { tickets, context } = support;

  /** By cursor alone; without `page[size]` in the older form, where links stand beside the audits (documented). */
  router.get('/ticket_audits', (req, res) => {
    const { account, base } = scopeOf(res);
    const { audits } = context.collections;
    if ([...queryOf(req).keys()].some((name) => name.startsWith('page['))) {
      const listing = tableListing<Audit>(
        (query) => audits.find(account, query),
        () => audits.count(account),
      );
      return sendPage(req, res, { key: 'audits', action: 'ticket_audits/index', beside: beside(req, res) }, listing, (audit) => wireAudit(audit, base)); // prettier-ignore
    }
    const rows = audits.find(account, { limit: PAGE });
    const cursor = (row: Audit | undefined): string | null => (row ? encodeCursor(COLUMNS, { id: row.id }) : null);
    const link = (name: string, at: string | null): string | null =>
      at === null ? null : `${base}/api/v2/ticket_audits.json?${new URLSearchParams({ 'page[size]': String(PAGE), [name]: at })}`;
    const [before, after] = [cursor(rows[0]), cursor(rows.at(-1))];
    sendJson(res, 200, {
      audits: rows.map((audit) => wireAudit(audit, base)),
      ...beside(req, res)(rows),
      before_url: link('page[before]', before),
      after_url: link('page[after]', after),
      before_cursor: before,
      after_cursor: after,
    });
  });

  /** `filter_events` leaves only events of these types, and the audits that have some (inferred). */
  router.get('/tickets/:ticket_id/audits', (req, res) => {
    const { account, base } = scopeOf(res);
    const { id } = ticketOf(req, res, 'ticket_audits/index');
    const query = queryOf(req);
    const types = [...query.getAll('filter_events[]'), ...(query.get('filter_events')?.split(',') ?? [])];
    const listing =
      types.length === 0
        ? tableListing<Audit>(
            (each) => tickets.audits(account, id, each),
            () => tickets.countAudits(account, id),
          )
        : arrayListing(withEvents(tickets.audits(account, id), types));
    const order = { by: 'id', descending: query.get('sort_order') === 'desc' };
    const spec = { key: 'audits', action: 'ticket_audits/index', order, beside: beside(req, res) };
    sendPage(req, res, spec, listing, (audit) => wireAudit(audit, base));
  });

  router.get('/tickets/:ticket_id/audits/count', (req, res) => {
    const { account } = scopeOf(res);
    const { id } = ticketOf(req, res, 'ticket_audits/count');
    sendJson(res, 200, { count: { value: tickets.countAudits(account, id), refreshed_at: support.now(account) } });
  });

  router.get('/tickets/:ticket_id/audits/:audit_id', (req, res) => {
    const { id } = ticketOf(req, res, 'ticket_audits/show');
    const audit = tickets.audit(scopeOf(res).account, id, idOf(req, 'audit_id', 'ticket_audits/show'));
    if (!audit) throw recordNotFound();
    sendJson(res, 200, { audit: wireAudit(audit, scopeOf(res).base), ...beside(req, res)([audit]) });
  });

  function ticketOf(req: Request, res: Response, action: string): Ticket {
    const ticket = tickets.get(scopeOf(res).account, idOf(req, 'ticket_id', action));
    if (!ticket) throw recordNotFound();
    return ticket;
  }

  /** Side-loads of audits: who wrote them, and the tickets with their organizations and groups. */
  function beside(req: Request, res: Response): (audits: readonly Audit[]) => Json {
    const scope = scopeOf(res);
    const wanted = includes(req);
    return (audits) => {
      const named = (): Ticket[] => distinct(audits.map(({ ticket_id }) => ticket_id), (id) => tickets.get(scope.account, id)); // prettier-ignore
      const fields = support.fields.custom(scope.account, 'ticket');
      return asked(wanted, {
        users: () => usersOf(support, scope, audits.map(({ author_id }) => author_id)), // prettier-ignore
        tickets: () => named().map((ticket) => wireTicket(ticket, { base: scope.base, fields })),
        organizations: () => organizationsOf(support, scope, named().map(({ organization_id }) => organization_id)), // prettier-ignore
        groups: () => groupsOf(support, scope, named().map(({ group_id }) => group_id)), // prettier-ignore
      });
    };
  }
}

function withEvents(audits: readonly Audit[], types: readonly string[]): Audit[] {
  const narrowed = audits.map((audit) => ({ ...audit, events: audit.events.filter(({ type }) => types.includes(type)) }));
  return narrowed.filter(({ events }) => events.length > 0);
}
