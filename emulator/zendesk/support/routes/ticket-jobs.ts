import type { Router } from 'express';
import { parameterMissing } from '../errors.ts';
import type { Support } from '../index.ts';
import { bulkIds, itemsOf, ownId } from './bulk.ts';
import { actorOf, scopeOf } from './http.ts';
import { sendJob } from './jobs.ts';
import { ticketDraft, ticketPatch } from './ticket-input.ts';

/** `/tickets/*_many`: what is wrong with a body is said at once, what is wrong with a ticket by the job. */
export function ticketJobRoutes(router: Router, support: Support): void {
  const { ticketJobs, users } = support;

  router.post('/tickets/create_many', (req, res) => {
    const { account } = scopeOf(res);
    const items = itemsOf(req, 'tickets', 'created', 'tickets/create_many');
    const drafts = items.map((ticket) => ticketDraft({ ticket }, res, { users, account }));
    sendJob(res, ticketJobs.create(account, drafts, actorOf(req, res)));
  });

  /** One change of the tickets of `ids`, or a change for each of `tickets`. */
  router.put('/tickets/update_many', (req, res) => {
    const { account } = scopeOf(res);
    const ids = bulkIds(req, 'tickets', 'updated');
    const people = { users, account };
    const changes = ids
      ? ids.map((id) => ({ id, patch: ticketPatch(req.body, res, people) }))
      : itemsOf(req, 'tickets', 'updated', 'tickets/update_many').map(({ id, ...ticket }) => ({
          id: ownId({ id }, 'tickets', 'tickets/update_many'),
          patch: ticketPatch({ ticket }, res, people),
        }));
    sendJob(res, ticketJobs.update(account, changes, actorOf(req, res)));
  });

  router.delete('/tickets/destroy_many', (req, res) => {
    const ids = bulkIds(req, 'tickets', 'deleted');
    if (!ids) throw parameterMissing('ids', 'tickets/destroy_many');
    const items = ids.map((id) => ({ id }));
    sendJob(res, ticketJobs.destroy(scopeOf(res).account, items, actorOf(req, res)));
  });
}
