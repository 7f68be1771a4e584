import type { Router } from 'express';
import { principalOf, sendJson } from '../../account/index.ts';
import { parameterMissing, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { bulkIds } from './bulk.ts';
import { actorOf, idOf, scopeOf } from './http.ts';
import { sendJob } from './jobs.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';

/** `/deleted_tickets`, and marking as spam, which deletes. */
export function deletedTicketRoutes(router: Router, support: Support): void {
  const { ticketBin, ticketJobs, context } = support;

  router.get('/deleted_tickets', (req, res) => {
    const { account } = scopeOf(res);
    const seen = ticketBin.list(account).filter((ticket) => support.visibility.sees(account, principalOf(res), ticket));
    const listing = arrayListing(seen, ['subject', 'deleted_at']);
    sendPage(req, res, { key: 'deleted_tickets', action: 'deleted_tickets/index' }, listing, (ticket) => {
      const actor = ticketBin.deletedBy(account, ticket.id);
      const { id, subject, deleted_at, status } = ticket;
      return { id, subject, actor: { id: actor?.id ?? -1, name: actor?.name ?? 'System' }, deleted_at, previous_state: status };
    });
  });

  router.put('/deleted_tickets/restore_many', (req, res) => {
    const ids = bulkIds(req, 'tickets', 'restored');
    if (!ids) throw parameterMissing('ids', 'deleted_tickets/restore_many');
    const { account } = scopeOf(res);
    context.core.store.transaction(() => ids.forEach((id) => ticketBin.restore(account, id, actorOf(req, res))));
    sendJson(res, 200, {});
  });

  /** Recorded: an empty object. */
  router.put('/deleted_tickets/:ticket_id/restore', (req, res) => {
    ticketBin.restore(scopeOf(res).account, idOf(req, 'ticket_id', 'deleted_tickets/restore'), actorOf(req, res));
    sendJson(res, 200, {});
  });

  router.delete('/deleted_tickets/destroy_many', (req, res) => {
    const ids = bulkIds(req, 'tickets', 'deleted');
    if (!ids) throw parameterMissing('ids', 'deleted_tickets/destroy_many');
    const items = ids.map((id) => ({ id }));
    sendJob(res, ticketJobs.purge(scopeOf(res).account, items, actorOf(req, res)));
  });

  router.delete('/deleted_tickets/:ticket_id', (req, res) => {
    const { account } = scopeOf(res);
    const id = idOf(req, 'ticket_id', 'deleted_tickets/destroy');
    if (!ticketBin.get(account, id)) throw recordNotFound();
    sendJob(res, ticketJobs.purge(account, [{ id }], actorOf(req, res)));
  });

  router.put('/tickets/mark_many_as_spam', (req, res) => {
    const ids = bulkIds(req, 'tickets', 'updated');
    if (!ids) throw parameterMissing('ids', 'tickets/mark_many_as_spam');
    const items = ids.map((id) => ({ id }));
    sendJob(res, ticketJobs.spam(scopeOf(res).account, items, actorOf(req, res)));
  });

  /** The body is declared a text; an empty object by analogy with `restore` (inferred). */
  router.put('/tickets/:ticket_id/mark_as_spam', (req, res) => {
    ticketBin.markAsSpam(scopeOf(res).account, idOf(req, 'ticket_id', 'tickets/mark_as_spam'), actorOf(req, res));
    sendJson(res, 200, {});
  });
}
