import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { FieldDraft, FieldPatch } from '../drafts.ts';
import type { Field, FieldOwner } from '../entities.ts';
import { notEmulated, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireField } from '../wire-fields.ts';
import { scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit } from './permit.ts';
import { FIELD } from './shapes.ts';
import { manyOf, sendMany } from './show-many.ts';

/** User and organization fields (alike). */
export function fieldRoutes(router: Router, support: Support): void {
  router.get('/user_fields/show_many', (req, res) => {
    const { account, base } = scopeOf(res);
    const byKey = (key: string): Field | undefined => support.fields.get(account, 'user', key);
    const found = manyOf(req, 'user_fields', { keys: byKey });
    sendMany(res, 'user_fields', found.map((field) => wireField(field, base))); // prettier-ignore
  });
  recordFieldRoutes(router, support, 'user');
  recordFieldRoutes(router, support, 'organization');
}

/** `/user_fields` and `/organization_fields`; a field is named by its id or key. */
function recordFieldRoutes(router: Router, support: Support, owner: Exclude<FieldOwner, 'ticket'>): void {
  const { fields } = support;
  const one = `${owner}_field` as const;
  const many = `${one}s` as const;
  const idOrKey = (req: Request): string => String(req.params['field_id']);
  const send = (res: Response, status: number, field: Field): void => sendJson(res, status, { [one]: wireField(field, scopeOf(res).base) });

  router.get(`/${many}`, (req, res) => {
    const { account, base } = scopeOf(res);
    const listing = arrayListing(fields.list(account, owner), ['position']);
    const order = { by: 'position', descending: false };
    sendPage(req, res, { key: many, action: `${many}/index`, order }, listing, (field) => wireField(field, base));
  });

  router.post(`/${many}`, (req, res) => {
    const draft = permit<FieldDraft>(res, req.body, one, FIELD, `${many}/create`);
    noRelationship(draft);
    const field = fields.create(scopeOf(res).account, owner, draft);
    res.set('Location', String(wireField(field, scopeOf(res).base)['url']));
    send(res, 201, field);
  });

  router.get(`/${many}/:field_id`, (req, res) => {
    const field = fields.get(scopeOf(res).account, owner, idOrKey(req));
    if (!field) throw recordNotFound();
    send(res, 200, field);
  });

  router.put(`/${many}/:field_id`, (req, res) => {
    const patch = permit<FieldPatch>(res, req.body, one, FIELD, `${many}/update`);
    send(res, 200, fields.update(scopeOf(res).account, owner, idOrKey(req), patch));
  });

  router.delete(`/${many}/:field_id`, (req, res) => {
    fields.delete(scopeOf(res).account, owner, idOrKey(req));
    res.status(204).end();
  });
}

/** Fields that point at other records (501). @throws ApiError 501 */
export function noRelationship({ type }: Pick<FieldDraft, 'type'>): void {
  if (type === 'lookup') throw notEmulated('a relationship field (type lookup)');
}
