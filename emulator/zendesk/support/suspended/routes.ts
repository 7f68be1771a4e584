import type { NextFunction, Request, Response, Router } from 'express';
import { accountOf, type ApiError, principalOf, sendJson } from '../../account/index.ts';
import { forbidden, invalidAttribute, parameterMissing } from '../errors.ts';
import type { Support } from '../index.ts';
import { bulkIds } from '../routes/bulk.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../routes/http.ts';
import { arrayListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { type Json, wireAttachment, wireTicket, wireVia } from '../wire.ts';
import type { Ticket } from '../entities.ts';
import { sendJob } from '../routes/jobs.ts';
import { isObject, numberOf, permit, type Shape } from '../routes/permit.ts';
import { type Author, type SuspendedTicket, suspendedVia } from './suspended-tickets.ts';

const AUTHOR: Shape = { id: 'integer', email: 'text' };

/** Suspended tickets. */
export function suspendedTicketRoutes(router: Router, support: Support): void {
  const { suspended } = support;

  router.get('/suspended_tickets', seesAll, (req, res) => {
    const rows = suspended.list(scopeOf(res).account).map((row) => ({ ...row, author_email: row.author.email }));
    const newest = queryOf(req).get('sort_order') === null ? { by: 'id', descending: true } : { by: 'id', descending: false };
    const spec = { key: 'suspended_tickets', action: 'suspended_tickets/index', order: newest };
    sendPage(req, res, spec, arrayListing(rows, ['author_email', 'cause', 'created_at', 'subject']), (row) => wireSuspended(res, row));
  });

  router.delete('/suspended_tickets/destroy_many', seesAll, (req, res) => {
    const { account } = scopeOf(res);
    const ids = bulkIds(req, 'suspended_tickets', 'deleted');
    if (!ids) throw parameterMissing('ids', 'suspended_tickets/destroy_many');
    for (const id of ids) if (suspended.get(account, id)) suspended.delete(account, id);
    res.status(204).end();
  });

  router.put('/suspended_tickets/recover_many', seesAll, (req, res) => {
    const { account } = scopeOf(res);
    const ids = bulkIds(req, 'suspended_tickets', 'restored');
    if (!ids) throw parameterMissing('ids', 'suspended_tickets/recover_many');
    const { tickets, failed } = suspended.recoverMany(account, ids, actorOf(req, res));
    if (failed.length > 0) return sendJson(res, 422, { suspended_tickets: failed.map(({ row, why }) => wireSuspended(res, row, why)) });
    sendJson(res, 200, { tickets: tickets.map((ticket) => ticketOf(res, ticket)) });
  });

  /** As `recover_many`, as a job; the body may name who is to have written the messages. */
  router.put('/suspended_tickets/bulk_recover', seesAll, (req, res) => {
    const { account } = scopeOf(res);
    const action = 'suspended_tickets/bulk_recover';
    const ids = bulkIds(req, 'suspended_tickets', 'restored');
    if (!ids) throw parameterMissing('ids', action);
    const named = isObject(req.body) && req.body['author'] !== undefined;
    const author = named ? permit<Author>(res, req.body, 'author', AUTHOR, action) : undefined;
    if (author) suspended.author(account, author);
    const items = ids.map((id) => ({ id, ...(author ? { author } : {}) }));
    sendJob(res, suspended.recoverLater(account, items, actorOf(req, res)));
  });

  /** The vendor's path has no place for the id that it takes: it is read from the query or the body (inferred). */
  router.post('/suspended_tickets/attachments', seesAll, (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'suspended_tickets/attachments';
    const text = queryOf(req).get('id') ?? (isObject(req.body) ? req.body['id'] : undefined);
    if (text === undefined || text === null) throw parameterMissing('id', action);
    const id = numberOf(text);
    if (!Number.isSafeInteger(id)) throw invalidAttribute('id', 'must be an integer', action);
    const { token, attachments } = suspended.copyFiles(account, id);
    sendJson(res, 200, { upload: { token, attachments: attachments.map((each) => wireAttachment(each, base)) } });
  });

  router.post('/suspended_tickets/export', seesAll, (req, res) => {
    const { account, base } = scopeOf(res);
    const actor = actorOf(req, res);
    suspended.exportLater(account, [{ userId: actor.userId, base }], actor);
    sendJson(res, 200, { export: { status: 'enqueued', view_id: 'suspended' } });
  });

  router.get('/suspended_tickets/:id', seesAll, (req, res) => {
    const row = suspended.expect(scopeOf(res).account, idOf(req, 'id', 'suspended_tickets/show'));
    sendJson(res, 200, { suspended_tickets: [wireSuspended(res, row)] });
  });

  router.delete('/suspended_tickets/:id', seesAll, (req, res) => {
    suspended.delete(scopeOf(res).account, idOf(req, 'id', 'suspended_tickets/destroy'));
    res.status(204).end();
  });

  router.put('/suspended_tickets/:id/recover', seesAll, (req, res) => {
    const ticket = suspended.recover(scopeOf(res).account, idOf(req, 'id', 'suspended_tickets/recover'), actorOf(req, res));
    sendJson(res, 200, { ticket: [ticketOf(res, ticket)] });
  });

  function ticketOf(res: Response, ticket: Ticket): Json {
    const { account, base } = scopeOf(res);
    return wireTicket(ticket, { base, fields: support.fields.custom(account, 'ticket') });
  }
}

/** For agents who see every ticket (documented). */
function seesAll(_req: Request, res: Response, next: NextFunction): void {
  const principal = principalOf(res);
  if (principal.kind === 'token' && principal.ticketRestriction !== undefined) throw forbidden();
  next();
}

/** A suspended ticket as REST shows it, with the reason why it could not be recovered (the form of that is inferred). */
export function wireSuspended(res: Response, row: SuspendedTicket, why?: ApiError): Json {
  const { id, author, subject, content, cause, cause_id, message_id, ticket_id, recipient, created_at, updated_at } = row;
  return {
    url: `${scopeOf(res).base}/api/v2/suspended_tickets/${id}.json`,
    id,
    author,
    subject,
    content,
    cause,
    cause_id,
    message_id,
    ticket_id,
    recipient,
    created_at,
    updated_at,
    via: wireVia(suspendedVia(row)),
    attachments: (row.attachments ?? []).map((each) => wireAttachment(each, scopeOf(res).base)),
    brand_id: accountOf(res).brand.id,
    error_messages: why ? [why.body] : null,
  };
}
