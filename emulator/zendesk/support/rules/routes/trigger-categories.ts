import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, permit } from '../../routes/permit.ts';
import { ApiError } from '../../../account/index.ts';
import type { TriggerCategoryDraft } from '../drafts.ts';
import { categoryError } from '../errors.ts';
import { wireTrigger, wireTriggerCategory } from '../wire.ts';
import { bulkChange, CATEGORY } from './shared.ts';

/** `/trigger_categories`: ids are texts (recorded), creation answers 200 (documented). */
export function triggerCategoryRoutes(router: Router, support: Support): void {
  const { categories, triggers } = support.rules;

  router.get('/trigger_categories', (req, res) => {
    const { account } = scopeOf(res);
    const counted = queryOf(req).get('include') === 'rule_counts';
    const rows = [...categories.list(account)];
    const spec = { key: 'trigger_categories', action: 'trigger_categories/index', order: { by: 'position', descending: false } };
    sendPage(req, res, spec, arrayListing(rows, ['position', 'name', 'created_at', 'updated_at']), (category) => ({
      ...wireTriggerCategory(category),
      ...(counted ? { rule_counts: counts(account, category.id) } : {}),
    }));
  });

  router.post('/trigger_categories', (req, res) => {
    const draft = permit<TriggerCategoryDraft>(res, req.body, 'trigger_category', CATEGORY, 'trigger_categories/create');
    sendJson(res, 200, { trigger_category: wireTriggerCategory(categories.create(scopeOf(res).account, draft)) });
  });

  /** Changes of many at once: all or none, and what came of it at once. */
  router.post('/trigger_categories/jobs', (req, res) => {
    const { account, base } = scopeOf(res);
    const items = jobItems(req);
    try {
      const results = support.context.core.store.transaction(() => ({
        trigger_categories: items.categories.map((item) => categories.update(account, Number(item['id']), bulkChange(item))),
        triggers: items.triggers.map((item) =>
          triggers.update(
            account,
            Number(item['id']),
            { ...bulkChange(item), ...(item['category_id'] === undefined ? {} : { category_id: String(item['category_id']) }) },
            actorOf(req, res),
          ),
        ),
      }));
      sendJson(res, 200, {
        status: 'complete',
        results: {
          trigger_categories: results.trigger_categories.map(wireTriggerCategory),
          triggers: results.triggers.map((trigger) => wireTrigger(trigger, base)),
        },
        errors: [],
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { errors, description, error: code } = error.body;
      const said = Array.isArray(errors) ? (errors as object[]) : [{ code: String(code), title: String(description) }];
      sendJson(res, 400, { status: 'failed', results: {}, errors: said });
    }
  });

  router.get('/trigger_categories/:trigger_category_id', (req, res) => {
    sendJson(res, 200, { trigger_category: wireTriggerCategory(categories.expect(scopeOf(res).account, id(req, 'show'))) });
  });

  router.patch('/trigger_categories/:trigger_category_id', (req, res) => {
    const { account } = scopeOf(res);
    const patch = permit<TriggerCategoryDraft>(res, req.body, 'trigger_category', CATEGORY, 'trigger_categories/update');
    sendJson(res, 200, { trigger_category: wireTriggerCategory(categories.update(account, id(req, 'update'), patch)) });
  });

  router.delete('/trigger_categories/:trigger_category_id', (req: Request, res: Response) => {
    categories.delete(scopeOf(res).account, id(req, 'destroy'));
    res.status(204).end();
  });

  const id = (req: Request, action: string): number => idOf(req, 'trigger_category_id', `trigger_categories/${action}`);

  function counts(account: string, categoryId: number): { active: number; inactive: number } {
    const own = triggers.list(account).filter((trigger) => trigger.category_id === String(categoryId));
    const active = own.filter((trigger) => trigger.active).length;
    return { active, inactive: own.length - active };
  }
}

/** @throws ApiError 400 for another job than the documented one */
function jobItems(req: Request): { categories: Record<string, unknown>[]; triggers: Record<string, unknown>[] } {
  const job = isObject(req.body) ? req.body['job'] : undefined;
  const items = isObject(job) && job['action'] === 'patch' && isObject(job['items']) ? job['items'] : undefined;
  if (!items) throw categoryError('InvalidJob', 'The job must have the action "patch" and items');
  const list = (name: string): Record<string, unknown>[] => {
    const value = items[name] ?? [];
    if (!Array.isArray(value) || !value.every(isObject)) throw categoryError('InvalidJob', `${name} must be an array of objects`);
    return value;
  };
  return { categories: list('trigger_categories'), triggers: list('triggers') };
}
