import type { Request, Response, Router } from 'express';
import { brandOf, sendJson } from '../../../account/index.ts';
import { recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idsOf } from '../../routes/field-options.ts';
import { idOf, isStaff, queryOf, scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, permit, type Shape } from '../../routes/permit.ts';
import { manyOf, sendMany } from '../../routes/show-many.ts';
import type { TicketForm, TicketFormDraft } from '../entities.ts';
import { wireTicketForm } from '../wire.ts';

const FORM: Shape = {
  name: 'text',
  raw_name: 'any',
  display_name: 'text',
  raw_display_name: 'any',
  end_user_visible: 'boolean',
  position: 'integer',
  ticket_field_ids: 'integers',
  active: 'boolean',
  default: 'boolean',
  in_all_brands: 'boolean',
  restricted_brand_ids: 'integers',
  agent_conditions: 'objects',
  end_user_conditions: 'objects',
};

/** Ticket forms. */
export function ticketFormRoutes(router: Router, support: Support): void {
  const { forms } = support;
  const send = (res: Response, status: number, form: TicketForm): void =>
    sendJson(res, status, { ticket_form: wireTicketForm(support, scopeOf(res), form) });

  router.get('/ticket_forms', (req, res) => {
    const rows = wanted(req, res);
    const spec = { key: 'ticket_forms', action: 'ticket_forms/index', order: { by: 'position', descending: false } };
    sendPage(req, res, spec, arrayListing(rows, ['position']), (form) => wireTicketForm(support, scopeOf(res), form));
  });

  router.get('/ticket_forms/show_many', (req, res) => {
    const rows = wanted(req, res);
    const found = manyOf(req, 'ticket_forms', { ids: (id) => rows.find((form) => form.id === Number(id)) });
    sendMany(res, 'ticket_forms', found.map((form) => wireTicketForm(support, scopeOf(res), form))); // prettier-ignore
  });

  router.post('/ticket_forms', (req, res) => {
    const draft = permit<TicketFormDraft>(res, req.body, 'ticket_form', FORM, 'ticket_forms/create');
    const form = forms.create(scopeOf(res).account, draft);
    res.set('Location', `${scopeOf(res).base}/api/v2/ticket_forms/${form.id}.json`);
    send(res, 201, form);
  });

  router.put('/ticket_forms/reorder', (req, res) => {
    const rows = forms.reorder(scopeOf(res).account, idsOf(req.body, 'ticket_form_ids', 'ticket_forms/reorder'));
    sendJson(res, 200, { ticket_forms: rows.map((form) => wireTicketForm(support, scopeOf(res), form)) });
  });

  router.get('/ticket_forms/:ticket_form_id', (req, res) => {
    const form = forms.expect(scopeOf(res).account, idOf(req, 'ticket_form_id', 'ticket_forms/show'));
    if (!isStaff(res) && !(form.active && form.end_user_visible)) throw recordNotFound();
    send(res, 200, form);
  });

  router.put('/ticket_forms/:ticket_form_id', (req, res) => {
    const patch = permit<TicketFormDraft>(res, req.body, 'ticket_form', FORM, 'ticket_forms/update');
    send(res, 200, forms.update(scopeOf(res).account, idOf(req, 'ticket_form_id', 'ticket_forms/update'), patch));
  });

  router.delete('/ticket_forms/:ticket_form_id', (req, res) => {
    forms.delete(scopeOf(res).account, idOf(req, 'ticket_form_id', 'ticket_forms/destroy'));
    res.status(204).end();
  });

  router.post('/ticket_forms/:ticket_form_id/clone', (req, res) => {
    const prepend = isObject(req.body) && (req.body['prepend_clone_title'] === true || req.body['prepend_clone_title'] === 'true');
    send(res, 200, forms.clone(scopeOf(res).account, idOf(req, 'ticket_form_id', 'ticket_forms/clone'), prepend));
  });

  /** Narrowed as the query says; end users see what is meant for them. With `fallback_to_default` never empty. */
  function wanted(req: Request, res: Response): readonly TicketForm[] {
    const query = queryOf(req);
    const { account } = scopeOf(res);
    const is = (name: string, value: boolean): boolean => query.get(name) === null || (query.get(name) === 'true') === value;
    const brandId = brandOf(res);
    const ofBrand = (form: TicketForm): boolean =>
      query.get('associated_to_brand') !== 'true' || form.in_all_brands || form.restricted_brand_ids.includes(brandId);
    const all = forms.list(account);
    const rows = all.filter(
      (form) =>
        (isStaff(res) || (form.active && form.end_user_visible)) &&
        is('active', form.active) &&
        is('end_user_visible', form.end_user_visible) &&
        ofBrand(form),
    );
    const fallsBack = rows.length === 0 && query.get('fallback_to_default') === 'true';
    return fallsBack ? all.filter((form) => forms.isDefault(account, form)) : rows;
  }
}
