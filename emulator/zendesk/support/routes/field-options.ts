import type { Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { FieldOption, FieldOwner } from '../entities.ts';
import { invalidAttribute, parameterMissing, recordNotFound } from '../errors.ts';
import type { OptionWrite } from '../fields/options.ts';
import type { Support } from '../index.ts';
import { wireOption } from '../wire-fields.ts';
import type { Json } from '../wire.ts';
import { idOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { isObject, numberOf, permit, type Shape } from './permit.ts';

const OPTION: Shape = { id: 'integer', name: 'text', raw_name: 'any', value: 'text', position: 'integer' };

/** Options of ticket and user fields, and the order of fields of every owner. */
export function fieldOptionRoutes(router: Router, support: Support): void {
  for (const owner of ['ticket', 'user'] as const) optionRoutes(router, support, owner);
  for (const owner of ['ticket', 'user', 'organization'] as const) {
    router.put(`/${owner}_fields/reorder`, (req, res) => {
      support.fields.reorder(scopeOf(res).account, owner, idsOf(req.body, `${owner}_field_ids`, `${owner}_fields/reorder`));
      res.status(200).end();
    });
  }
}

function optionRoutes(router: Router, support: Support, owner: Exclude<FieldOwner, 'organization'>): void {
  const { fields } = support;
  const key = `${owner}_field_id`;
  const root = `/${owner}_fields/:${key}/options`;
  const wire = (option: FieldOption, base: string, field: string | number): Json => ({
    ...wireOption(option),
    url: `${base}/api/v2/${owner}_fields/${field}/options/${option.id}.json`,
  });

  router.get(root, (req, res) => {
    const { account, base } = scopeOf(res);
    const field = fields.expect(account, owner, String((req.params as Record<string, unknown>)[key]));
    const order = { by: 'position', descending: false };
    const spec = { key: 'custom_field_options', action: 'custom_field_options/index', order };
    sendPage(req, res, spec, arrayListing(field.options, ['position']), (option) => wire(option, base, field.id));
  });

  router.post(root, (req, res) => {
    const { account, base } = scopeOf(res);
    const write = permit<OptionWrite>(res, req.body, 'custom_field_option', OPTION, 'custom_field_options/create_or_update');
    const field = fields.expect(account, owner, String((req.params as Record<string, unknown>)[key]));
    const { option, isNew } = fields.putOption(account, owner, field.id, write);
    res.set('Location', `${base}/api/v2/${owner}_fields/${field.id}/options.json`);
    sendJson(res, isNew ? 201 : 200, { custom_field_option: wire(option, base, field.id) });
  });

  router.get(`${root}/:${key.replace('_id', '')}_option_id`, (req, res) => {
    const { account, base } = scopeOf(res);
    const field = fields.expect(account, owner, String((req.params as Record<string, unknown>)[key]));
    const id = idOf(req, `${owner}_field_option_id`, 'custom_field_options/show');
    const option = field.options.find((each) => each.id === id);
    if (!option) throw recordNotFound();
    sendJson(res, 200, { custom_field_option: wire(option, base, field.id) });
  });

  router.delete(`${root}/:${key.replace('_id', '')}_option_id`, (req, res) => {
    const id = idOf(req, `${owner}_field_option_id`, 'custom_field_options/destroy');
    fields.deleteOption(scopeOf(res).account, owner, String((req.params as Record<string, unknown>)[key]), id);
    res.status(204).end();
  });
}

/** The ids of `{"user_field_ids": [3, 4]}`. @throws ApiError 400 without them */
export function idsOf(body: unknown, name: string, action: string): number[] {
  const ids = isObject(body) ? body[name] : undefined;
  if (ids === undefined || ids === null) throw parameterMissing(name, action);
  const numbers = Array.isArray(ids) ? ids.map(numberOf) : [NaN];
  if (!numbers.every(Number.isSafeInteger)) throw invalidAttribute(name, 'must be an array of integers', action);
  return numbers;
}
