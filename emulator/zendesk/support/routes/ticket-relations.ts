import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { Ticket } from '../entities.ts';
import { parameterMissing, recordNotFound, tooManyValues } from '../errors.ts';
import type { Support } from '../index.ts';
import { type Merge, mergeable } from '../tickets/ticket-merge.ts';
import { wireUser } from '../wire.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { sendJob } from './jobs.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { isObject, permit, type Shape } from './permit.ts';
import { seenTickets, sendTickets } from './ticket-list.ts';

const MERGE: Shape = {
  ids: 'integers',
  target_comment: 'text',
  source_comment: 'text',
  target_comment_is_public: 'boolean',
  source_comment_is_public: 'boolean',
};

const PROBLEMS = { problem: 1 };
/** Unless they are asked for in another (documented). */
const LATEST = { order: { by: 'updated_at', descending: true }, ordered: true };

/** Tickets in relation to others and to people: problems and incidents, merges, collaborators. */
export function ticketRelationRoutes(router: Router, support: Support): void {
  const { tickets, users, ticketJobs } = support;

  router.get('/tickets/:ticket_id/related', (req, res) => {
    const ticket = ticketOf(req, res, 'tickets/related');
    const { from, rel } = ticket.via.source;
    sendJson(res, 200, {
      topic_id: null,
      jira_issue_ids: [],
      followup_source_ids: rel === 'follow_up' && from.ticket_id !== undefined ? [String(from.ticket_id)] : [],
      from_archive: false,
      incidents: seenTickets(support, res, { problem_id: ticket.id }).listing.count(),
    });
  });

  router.get('/tickets/:ticket_id/incidents', (req, res) => {
    const { id } = ticketOf(req, res, 'tickets/incidents');
    sendTickets(support, req, res, seenTickets(support, res, { problem_id: id }).listing);
  });

  router.get('/problems', (req, res) => sendTickets(support, req, res, seenTickets(support, res, PROBLEMS).listing, LATEST));

  router.post('/problems/autocomplete', (req, res) => {
    const text = (isObject(req.body) ? req.body['text'] : undefined) ?? queryOf(req).get('text');
    if (typeof text !== 'string') throw parameterMissing('text', 'problems/autocomplete');
    const wanted = text.toLowerCase();
    const { where } = seenTickets(support, res, PROBLEMS);
    const found = tickets.list(scopeOf(res).account, { where }).filter((ticket) => ticket.subject?.toLowerCase().includes(wanted));
    sendTickets(support, req, res, arrayListing(found, ['created_at', 'updated_at']));
  });

  for (const [name, of] of [
    ['collaborators', (ticket: Ticket) => [...new Set([...ticket.email_cc_ids, ...ticket.follower_ids])]],
    ['followers', (ticket: Ticket) => ticket.follower_ids],
    ['email_ccs', (ticket: Ticket) => ticket.email_cc_ids],
  ] as const) {
    router.get(`/tickets/:ticket_id/${name}`, (req, res) => {
      const { account, base } = scopeOf(res);
      const ids = of(ticketOf(req, res, `tickets/${name}`));
      const people = ids.flatMap((id) => users.get(account, id) ?? []);
      const scope = { base, fields: support.fields.custom(account, 'user') };
      sendPage(req, res, { key: 'users', action: `tickets/${name}` }, arrayListing(people), (user) => wireUser(user, scope));
    });
  }

  router.post('/tickets/:ticket_id/merge', (req, res) => {
    const { account } = scopeOf(res);
    const target = idOf(req, 'ticket_id', 'tickets/merge');
    const merge: Merge = { ...permit<Omit<Merge, 'target'>>(res, { merge: req.body ?? {} }, 'merge', MERGE, 'tickets/merge'), target };
    if (!Array.isArray(merge.ids) || merge.ids.length === 0) throw parameterMissing('ids', 'tickets/merge');
    if (merge.ids.length > 100) throw tooManyValues('tickets', 100, 'merged');
    mergeable(tickets, account, merge);
    sendJob(res, ticketJobs.merge(account, [merge], actorOf(req, res)));
  });

  function ticketOf(req: Request, res: Response, action: string): Ticket {
    const ticket = tickets.get(scopeOf(res).account, idOf(req, 'ticket_id', action));
    if (!ticket) throw recordNotFound();
    return ticket;
  }
}
