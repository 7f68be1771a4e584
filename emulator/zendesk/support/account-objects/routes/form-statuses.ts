import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { invalidAttribute, parameterMissing } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { isObject, permit, type Shape } from '../../routes/permit.ts';
import { manyOf } from '../../routes/show-many.ts';
import type { FormStatus, FormStatusChange } from '../entities.ts';

const KEY = 'ticket_form_status';
const CHANGE: Shape = { id: 'text', custom_status_id: 'integer', _destroy: 'text' };
const FORM: Shape = { ticket_form_id: 'integer' };

/** Ticket form statuses. Their lists are not paged. */
export function formStatusRoutes(router: Router, support: Support): void {
  const { formStatuses, forms, statuses } = support;

  router.get('/ticket_form_statuses', (req, res) => {
    const fits = (['ticket_form_id', 'filter[custom_status_id]', 'filter[id]'] as const).map((name) => filterOf(req, name));
    send(res, formStatuses.list(scopeOf(res).account).filter((row) => fits.every((fit) => fit(row)))); // prettier-ignore
  });

  router.get('/ticket_form_statuses/show_many', (req, res) => {
    const rows = formStatuses.list(scopeOf(res).account);
    send(
      res,
      manyOf(req, 'ticket_form_statuses', { ids: (id) => rows.find((row) => row.id === id) }, (text) => text.split(',')),
    );
  });

  router.get('/ticket_forms/:ticket_form_id/ticket_form_statuses', (req, res) => sendForm(req, res, 'index'));

  router.post('/ticket_forms/:ticket_form_id/ticket_form_statuses', (req, res) => {
    const id = formOf(req, res, 'create');
    const wanted = changesOf(req, res, 'create').map(({ custom_status_id }) => ({ ticket_form_id: id, custom_status_id: expected(custom_status_id, 'custom_status_id') })); // prettier-ignore
    send(res, formStatuses.create(scopeOf(res).account, wanted));
  });

  router.post('/custom_statuses/:custom_status_id/ticket_form_statuses', (req, res) => {
    const { account } = scopeOf(res);
    const { id } = statuses.expect(account, idOf(req, 'custom_status_id', 'ticket_form_statuses/create'));
    const wanted = itemsOf<{ ticket_form_id?: number }>(req, res, FORM, 'create');
    const pairs = wanted.map(({ ticket_form_id }) => ({ ticket_form_id: expected(ticket_form_id, 'ticket_form_id'), custom_status_id: id })); // prettier-ignore
    send(res, formStatuses.create(account, pairs));
  });

  router.put('/ticket_forms/:ticket_form_id/ticket_form_statuses', (req, res) => {
    formStatuses.change(scopeOf(res).account, formOf(req, res, 'update_many'), changesOf(req, res, 'update_many'));
    sendForm(req, res, 'update_many');
  });

  /** `{"id": ["abc", "def"]}`; unknown ones are left out. */
  router.delete('/ticket_forms/:ticket_form_id/ticket_form_statuses', (req, res) => {
    const { account } = scopeOf(res);
    const id = formOf(req, res, 'destroy_many');
    const named: unknown = isObject(req.body) ? req.body['id'] : undefined;
    if (named === undefined) throw parameterMissing('id', 'ticket_form_statuses/destroy_many');
    if (!Array.isArray(named)) throw invalidAttribute('id', 'must be an array of strings', 'ticket_form_statuses/destroy_many');
    const gone = formStatuses.of(account, id).filter((row) => named.includes(row.id));
    formStatuses.change(account, id, gone.map((row) => ({ id: row.id, isGone: true }))); // prettier-ignore
    res.status(204).end();
  });

  /** The first of the body is the one that the path names (inferred: the vendor's example shows several). */
  router.put('/ticket_forms/:ticket_form_id/ticket_form_statuses/:ticket_form_status_id', (req, res) => {
    const { account } = scopeOf(res);
    const form = formOf(req, res, 'update');
    const { id } = formStatuses.expect(account, form, String(req.params['ticket_form_status_id']));
    const [own, ...others] = changesOf(req, res, 'update');
    formStatuses.change(account, form, own ? [{ ...own, id }, ...others] : []);
    sendForm(req, res, 'update');
  });

  router.delete('/ticket_forms/:ticket_form_id/ticket_form_statuses/:ticket_form_status_id', (req, res) => {
    const id = String(req.params['ticket_form_status_id']);
    formStatuses.change(scopeOf(res).account, formOf(req, res, 'destroy'), [{ id, isGone: true }]);
    res.status(204).end();
  });

  function formOf(req: Request, res: Response, action: string): number {
    return forms.expect(scopeOf(res).account, idOf(req, 'ticket_form_id', `ticket_form_statuses/${action}`)).id;
  }

  function sendForm(req: Request, res: Response, action: string): void {
    send(res, formStatuses.of(scopeOf(res).account, formOf(req, res, action)));
  }
}

function send(res: Response, rows: readonly FormStatus[]): void {
  const shown = rows.map(({ id, custom_status_id, ticket_form_id }) => ({ id, custom_status_id, ticket_form_id }));
  sendJson(res, 200, { ticket_form_statuses: shown });
}

/** A list of ids with commas. */
function filterOf(req: Request, name: 'ticket_form_id' | `filter[${'id' | 'custom_status_id'}]`): (row: FormStatus) => boolean {
  const wanted = queryOf(req).get(name)?.split(',');
  const property = name.replace(/^filter\[|\]$/g, '') as 'id' | 'ticket_form_id' | 'custom_status_id';
  return (row) => wanted === undefined || wanted.includes(String(row[property]));
}

/** The array of a body, or the one that stands for it. @throws ApiError 400 */
function itemsOf<Item>(req: Request, res: Response, shape: Shape, action: string): Item[] {
  const written: unknown = isObject(req.body) ? req.body[KEY] : undefined;
  const items = Array.isArray(written) ? written : [written];
  return items.map((item: unknown) => permit<Item>(res, { [KEY]: item }, KEY, shape, `ticket_form_statuses/${action}`));
}

function changesOf(req: Request, res: Response, action: string): FormStatusChange[] {
  return itemsOf<Record<'id' | '_destroy', string | null> & { custom_status_id?: number | null }>(req, res, CHANGE, action).map(
    ({ id, custom_status_id, _destroy }) => ({
      ...(id ? { id } : {}),
      ...(custom_status_id ? { custom_status_id } : {}),
      isGone: ['1', 'true'].includes(String(_destroy)),
    }),
  );
}

function expected(id: number | null | undefined, name: string): number {
  if (id === undefined || id === null) throw parameterMissing(`${KEY}.${name}`, 'ticket_form_statuses/create');
  return id;
}
