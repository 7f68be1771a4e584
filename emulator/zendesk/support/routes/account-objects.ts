import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { type AccountScope, brands, customStatuses, locale, type Shown, ticketForms } from '../wire-account.ts';
import { agentsOnly, idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { manyOf, sendMany } from './show-many.ts';

/** Custom statuses, brands, ticket forms and locales to read: those that each account starts with. */
export function accountObjectRoutes(router: Router, support: Support): void {
  /** Not paged (documented). */
  router.get('/custom_statuses', (req, res) => {
    const query = queryOf(req);
    const categories = query.get('status_categories')?.split(',');
    const none = query.get('active') === 'false' || query.get('default') === 'false';
    const rows = none ? [] : customStatuses(scope(res));
    const wanted = rows.filter((row) => !categories || categories.includes(String(row['status_category'])));
    sendJson(res, 200, { custom_statuses: wanted });
  });
  router.get('/custom_statuses/:custom_status_id', (req, res) => {
    sendJson(res, 200, { custom_status: known(customStatuses(scope(res)), idOf(req, 'custom_status_id', 'custom_statuses/show')) });
  });

  router.get('/brands', agentsOnly, (req, res) => list(req, res, 'brands', brands(scope(res))));
  router.get('/brands/:brand_id', agentsOnly, (req, res) => {
    sendJson(res, 200, { brand: known(brands(scope(res)), idOf(req, 'brand_id', 'brands/show')) });
  });

  router.get('/ticket_forms', (req, res) => {
    const query = queryOf(req);
    const none = query.get('active') === 'false' || query.get('end_user_visible') === 'false';
    list(req, res, 'ticket_forms', none ? [] : forms(res));
  });
  router.get('/ticket_forms/show_many', (req, res) => {
    const rows = forms(res);
    sendMany(res, 'ticket_forms', manyOf(req, 'ticket_forms', { ids: (id) => rows.find((row) => row.id === Number(id)) }));
  });
  router.get('/ticket_forms/:ticket_form_id', (req, res) => {
    sendJson(res, 200, { ticket_form: known(forms(res), idOf(req, 'ticket_form_id', 'ticket_forms/show')) });
  });

  for (const path of ['/locales', '/locales/agent', '/locales/public']) {
    router.get(path, (_req, res) => sendJson(res, 200, { locales: [locale(scope(res))] }));
  }
  router.get('/locales/current', (_req, res) => sendJson(res, 200, { locale: locale(scope(res)) }));
  router.get('/locales/detect_best_locale', (_req, res) => sendJson(res, 200, { locale: locale(scope(res)) }));
  /** By id or by name. */
  router.get('/locales/:locale_id', (req, res) => {
    const name = String(req.params['locale_id']);
    if (!/^[\w-]{1,20}$/.test(name)) throw invalidAttribute('id', 'must be an integer', 'locales/show');
    const only = locale(scope(res));
    if (name !== String(only.id) && name.toLowerCase() !== 'en-us') throw recordNotFound();
    sendJson(res, 200, { locale: only });
  });

  function scope(res: Response): AccountScope {
    const { account, base } = scopeOf(res);
    return { account: support.context.accounts.expect(account), defaults: support.defaults(account), base };
  }

  function forms(res: Response): Shown[] {
    const fields = support.fields.list(scopeOf(res).account, 'ticket').filter((field) => field.active);
    return ticketForms(
      scope(res),
      fields.map(({ id }) => id),
    );
  }

  function list(req: Request, res: Response, key: string, rows: readonly Shown[]): void {
    sendPage(req, res, { key, action: `${key}/index` }, arrayListing(rows), (row) => row);
  }
}

function known(rows: readonly Shown[], id: number): Shown {
  const row = rows.find((each) => each.id === id);
  if (!row) throw recordNotFound();
  return row;
}
