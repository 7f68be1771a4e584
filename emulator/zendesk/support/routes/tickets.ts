import type { Request, Response, Router } from 'express';
import { addHeader, principalOf, sendJson } from '../../account/index.ts';
import { copiedTo } from '../collections.ts';
import type { TicketDraft } from '../drafts.ts';
import type { Ticket } from '../entities.ts';
import { invalidAttribute, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { spokenBy } from '../languages.ts';
import { type Json, wireAudit, wireTicket } from '../wire.ts';
import { wireJob } from '../wire-job.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { givenListing } from './listing.ts';
import { manyOf, sendMany } from './show-many.ts';
import { includes } from './sideloads.ts';
import { seenTickets, sendTickets, type TicketWhere } from './ticket-list.ts';
import { ticketSideloads } from './ticket-sideloads.ts';
import { ticketDraft, ticketPatch } from './ticket-input.ts';

const nameOf = (support: Support, account: string, id: number | null): string =>
  id === null ? '' : (support.users.get(account, id)?.name.toLowerCase() ?? '');

/** Further sorts of offset lists (documented): text without regard to case, people and groups by name. */
const NAMED_SORTS: Readonly<Record<string, (support: Support, account: string, ticket: Ticket) => string>> = {
  subject: (_support, _account, { subject }) => subject?.toLowerCase() ?? '',
  status: (_support, _account, { status }) => status,
  requester: (support, account, ticket) => nameOf(support, account, ticket.requester_id),
  'requester.name': (support, account, ticket) => nameOf(support, account, ticket.requester_id),
  assignee: (support, account, ticket) => nameOf(support, account, ticket.assignee_id),
  'assignee.name': (support, account, ticket) => nameOf(support, account, ticket.assignee_id),
  locale: (support, account, { requester_id }) => spokenBy(support.users.get(account, requester_id)).locale,
  group: (support, account, { group_id }) => (group_id === null ? '' : (support.groups.get(account, group_id)?.name.toLowerCase() ?? '')),
};

const SCOPES = ['all', 'agent', 'ai_agent'];

/** `/tickets` and the lists of tickets below users and organizations. */
export function ticketRoutes(router: Router, support: Support): void {
  const { tickets } = support;

  router.get('/tickets', (req, res) => {
    const externalId = queryOf(req).get('external_id');
    list(req, res, { ...scopeOfTickets(req), ...(externalId === null ? {} : { external_id: externalId }) });
  });

  router.post('/tickets', (req, res) => {
    const { account } = scopeOf(res);
    const key = req.get('Idempotency-Key');
    const earlier = key === undefined ? undefined : support.idempotency.find(account, key, req.body);
    if (key !== undefined) res.set('x-idempotency-lookup', earlier ? 'hit' : 'miss');
    if (earlier) {
      if (earlier.location) res.set('Location', earlier.location);
      return sendJson(res, statusOfCreation(earlier.body), earlier.body);
    }
    const draft = ticketDraft(req.body, res, { users: support.users, account });
    const { body, location } = support.context.core.store.transaction(() => {
      const answer = queryOf(req).get('async') === 'true' ? createdLater(req, res, draft) : created(req, res, draft);
      if (key !== undefined) support.idempotency.keep(account, key, req.body, answer.body, answer.location);
      return answer;
    });
    addHeader(res, 'Location', location);
    sendJson(res, statusOfCreation(body), body);
  });

  router.get('/tickets/count', (req, res) => count(res, scopeOfTickets(req)));

  /** Those that the caller viewed last come first. */
  router.get('/tickets/recent', (req, res) => {
    const { account } = scopeOf(res);
    const principal = principalOf(res);
    const ids = principal.kind === 'token' ? support.recentTickets.of(account, principal.userId) : [];
    const found = ids.flatMap((id) => tickets.get(account, id) ?? []);
    const rows = found.filter((ticket) => support.visibility.sees(account, principal, ticket));
    sendTickets(support, req, res, givenListing(rows));
  });

  router.get('/tickets/show_many', (req, res) => {
    const scope = scopeOf(res);
    const found = manyOf<Ticket>(req, 'tickets', { ids: (id) => tickets.get(scope.account, Number(id)) });
    const rows = found.filter((ticket) => support.visibility.sees(scope.account, principalOf(res), ticket));
    const wanted = includes(req);
    const loads = ticketSideloads(support, res, wanted);
    const shown = rows.map((ticket): Json & { metric_set?: unknown } => ({ ...wire(res, ticket), ...loads.within(ticket) }));
    // Clients read the metrics of this list beside the tickets.
    const metricSets = wanted.has('metric_sets') ? { metric_sets: shown.map(({ metric_set }) => metric_set) } : {};
    sendMany(res, 'tickets', shown, { ...loads.beside(rows), ...metricSets });
  });

  router.get('/tickets/:ticket_id', (req, res) => {
    const scope = scopeOf(res);
    const ticket = tickets.get(scope.account, idOf(req, 'ticket_id', 'tickets/show'));
    if (!ticket) throw recordNotFound();
    const loads = ticketSideloads(support, res, includes(req), true);
    sendJson(res, 200, { ticket: { ...wire(res, ticket), ...loads.within(ticket) }, ...loads.beside([ticket]) });
  });

  router.put('/tickets/:ticket_id', (req, res) => {
    const { account } = scopeOf(res);
    const id = idOf(req, 'ticket_id', 'tickets/update');
    const actor = actorOf(req, res);
    const { ticket, audit } = tickets.update(account, id, ticketPatch(req.body, res, { users: support.users, account }), actor);
    sendJson(res, 200, { ticket: wire(res, ticket), audit: wireAudit(audit, scopeOf(res).base) });
  });

  router.delete('/tickets/:ticket_id', (req, res) => {
    tickets.delete(scopeOf(res).account, idOf(req, 'ticket_id', 'tickets/destroy'), actorOf(req, res));
    res.status(204).end();
  });

  router.get('/users/:user_id/tickets/requested', (req, res) => list(req, res, { requester_id: user(req, res) }));
  router.get('/users/:user_id/tickets/assigned', (req, res) => list(req, res, { assignee_id: user(req, res) }));
  router.get('/users/:user_id/tickets/assigned/count', (req, res) => count(res, { assignee_id: user(req, res) }));
  router.get('/users/:user_id/tickets/ccd', (req, res) => list(req, res, { copied: copiedTo(user(req, res), 'cc') }));
  router.get('/users/:user_id/tickets/ccd/count', (req, res) => count(res, { copied: copiedTo(user(req, res), 'cc') }));
  router.get('/users/:user_id/tickets/followed', (req, res) => list(req, res, { copied: copiedTo(user(req, res), 'follower') }));
  router.get('/organizations/:organization_id/tickets', (req, res) => list(req, res, { organization_id: organization(req, res) }));
  router.get('/organizations/:organization_id/tickets/count', (req, res) => count(res, { organization_id: organization(req, res) }));

  function created(req: Request, res: Response, draft: TicketDraft): { body: Json; location: string } {
    const scope = scopeOf(res);
    const { ticket, audit } = tickets.create(scope.account, draft, actorOf(req, res));
    const loads = ticketSideloads(support, res, includes(req), true);
    // Recorded: the answer to a creation still says 0.
    const shown: Json = { ...wire(res, ticket), generated_timestamp: 0, ...loads.within(ticket) };
    return { body: { ticket: shown, audit: wireAudit(audit, scope.base), ...loads.beside([ticket]) }, location: String(shown['url']) };
  }

  /** The id is given out at once, and lost if the ticket cannot be created (documented). */
  function createdLater(req: Request, res: Response, draft: TicketDraft): { body: Json; location: string } {
    const { account, base } = scopeOf(res);
    const id = support.context.core.store.next(account, 'ticket');
    const job = wireJob(support.ticketJobs.createLater(account, [{ ...draft, reserved: id }], actorOf(req, res)), base);
    return { body: { job_status: job, ticket: { id } }, location: String(job['url']) };
  }

  function list(req: Request, res: Response, all: TicketWhere): void {
    const { account } = scopeOf(res);
    const { where, listing } = seenTickets(support, res, all);
    const by = queryOf(req).get('sort_by') ?? '';
    const value = Object.hasOwn(NAMED_SORTS, by) ? NAMED_SORTS[by] : undefined;
    if (by !== '' && !value && !listing.sorts.includes(by))
      throw invalidAttribute('sort_by', `must be one of ${[...listing.sorts, ...Object.keys(NAMED_SORTS)].join(', ')}`, 'tickets/index');
    if (!value) return sendTickets(support, req, res, listing);
    // What no column tells is sorted in memory.
    const rows = sortedBy(tickets.list(account, { where }), (ticket) => value(support, account, ticket));
    sendTickets(support, req, res, givenListing(rows, by));
  }

  function count(res: Response, where: TicketWhere): void {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: seenTickets(support, res, where).listing.count(), refreshed_at: support.now(account) } });
  }

  function organization(req: Request, res: Response): number {
    const id = idOf(req, 'organization_id', 'tickets/index');
    if (!support.organizations.get(scopeOf(res).account, id)) throw recordNotFound();
    return id;
  }

  function user(req: Request, res: Response): number {
    const id = idOf(req, 'user_id', 'tickets/index');
    if (!support.users.get(scopeOf(res).account, id)) throw recordNotFound();
    return id;
  }

  function wire(res: Response, ticket: Ticket): Json {
    const { account, base } = scopeOf(res);
    return wireTicket(ticket, { base, fields: support.fields.custom(account, 'ticket') });
  }
}

/** 202 for one that a job makes. */
function statusOfCreation(body: unknown): number {
  return typeof body === 'object' && body !== null && 'job_status' in body ? 202 : 201;
}

function sortedBy(tickets: readonly Ticket[], value: (ticket: Ticket) => string): Ticket[] {
  const rows = tickets.map((ticket) => ({ ticket, value: value(ticket) }));
  return rows
    .toSorted((a, b) => (a.value === b.value ? a.ticket.id - b.ticket.id : a.value < b.value ? -1 : 1))
    .map(({ ticket }) => ticket);
}

/** AI agents' tickets are hidden unless asked for (vendor article "Tickets", `support_type_scope`). */
function scopeOfTickets(req: Request): TicketWhere {
  const scope = queryOf(req).get('support_type_scope') ?? 'agent';
  if (!SCOPES.includes(scope)) throw invalidAttribute('support_type_scope', `must be one of ${SCOPES.join(', ')}`, 'tickets/index');
  return scope === 'all' ? {} : { support_type: scope };
}
