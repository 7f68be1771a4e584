import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { FieldDraft, FieldPatch } from '../drafts.ts';
import type { Field, FieldOwner } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireField, wireTicketField } from '../wire-fields.ts';
import { adminsOnly, agentsOnly, idOf, scopeOf } from './http.ts';
import { takeEndpoint, TICKET_FIELDS_INDEX } from './limits.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit } from './permit.ts';
import { FIELD } from './shapes.ts';

/** User and organization fields (alike), and ticket fields to read. */
export function fieldRoutes(router: Router, support: Support): void {
  recordFieldRoutes(router, support, 'user');
  recordFieldRoutes(router, support, 'organization');
  const wire = (res: Response, field: Field): unknown => wireTicketField(field, scopeOf(res).base, support.defaults(scopeOf(res).account));

  router.get('/ticket_fields', (req, res) => {
    takeEndpoint(support, res, TICKET_FIELDS_INDEX);
    const rows = support.fields.list(scopeOf(res).account, 'ticket');
    const spec = { key: 'ticket_fields', action: 'ticket_fields/index', unpaged: true };
    sendPage(req, res, spec, arrayListing(rows, ['position']), (field) => wire(res, field));
  });

  router.get('/ticket_fields/count', agentsOnly, (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: support.fields.list(account, 'ticket').length, refreshed_at: support.now(account) } });
  });

  router.get('/ticket_fields/:ticket_field_id', agentsOnly, (req, res) => {
    const field = support.fields.get(scopeOf(res).account, 'ticket', idOf(req, 'ticket_field_id', 'ticket_fields/show'));
    if (!field) throw recordNotFound();
    sendJson(res, 200, { ticket_field: wire(res, field) });
  });
}

/** `/user_fields` and `/organization_fields`; a field is named by its id or key. */
function recordFieldRoutes(router: Router, support: Support, owner: Exclude<FieldOwner, 'ticket'>): void {
  const { fields } = support;
  const one = `${owner}_field` as const;
  const many = `${one}s` as const;
  const idOrKey = (req: Request): string => String(req.params['field_id']);
  const send = (res: Response, status: number, field: Field): void => sendJson(res, status, { [one]: wireField(field, scopeOf(res).base) });

  router.get(`/${many}`, agentsOnly, (req, res) => {
    const { account, base } = scopeOf(res);
    const listing = arrayListing(fields.list(account, owner), ['position']);
    const order = { by: 'position', descending: false };
    sendPage(req, res, { key: many, action: `${many}/index`, order }, listing, (field) => wireField(field, base));
  });

  router.post(`/${many}`, adminsOnly, (req, res) => {
    const draft = permit<FieldDraft>(res, req.body, one, FIELD, `${many}/create`);
    const field = fields.create(scopeOf(res).account, owner, draft);
    res.set('Location', String(wireField(field, scopeOf(res).base)['url']));
    send(res, 201, field);
  });

  router.get(`/${many}/:field_id`, agentsOnly, (req, res) => {
    const field = fields.get(scopeOf(res).account, owner, idOrKey(req));
    if (!field) throw recordNotFound();
    send(res, 200, field);
  });

  router.put(`/${many}/:field_id`, adminsOnly, (req, res) => {
    const patch = permit<FieldPatch>(res, req.body, one, FIELD, `${many}/update`);
    send(res, 200, fields.update(scopeOf(res).account, owner, idOrKey(req), patch));
  });

  router.delete(`/${many}/:field_id`, adminsOnly, (req, res) => {
    fields.delete(scopeOf(res).account, owner, idOrKey(req));
    res.status(204).end();
  });
}
