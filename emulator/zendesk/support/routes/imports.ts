import type { Request, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { Support } from '../index.ts';
import { wireTicket } from '../wire.ts';
import { itemsOf } from './bulk.ts';
import { actorOf, queryOf, scopeOf } from './http.ts';
import { sendJob } from './jobs.ts';
import { importDraft } from './ticket-input.ts';

/** Tickets with a past (vendor article "Ticket Import"): for admins. */
export function importRoutes(router: Router, support: Support): void {
  const { ticketImport, importJobs, users } = support;
  const archived = (req: Request): boolean => queryOf(req).get('archive_immediately') === 'true';

  router.post('/imports/tickets/create_many', (req, res) => {
    const { account } = scopeOf(res);
    const items = itemsOf(req, 'tickets', 'created', 'imports/tickets/create_many').map((ticket) => ({
      draft: importDraft({ ticket }, res, { users, account }),
      archive: archived(req),
    }));
    sendJob(res, importJobs(account, items, actorOf(req, res)));
  });

  router.post('/imports/tickets', (req, res) => {
    const { account, base } = scopeOf(res);
    const ticket = ticketImport.create(account, importDraft(req.body, res, { users, account }), actorOf(req, res), archived(req));
    const shown = wireTicket(ticket, { base, fields: support.fields.custom(account, 'ticket') });
    res.set('Location', String(shown['url']));
    sendJson(res, 201, { ticket: shown });
  });
}
