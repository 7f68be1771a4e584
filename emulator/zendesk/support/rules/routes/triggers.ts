import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { invalidAttribute } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { itemsOf, ownId } from '../../routes/bulk.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, numberOf, permit } from '../../routes/permit.ts';
import { triggerDefinitions } from '../definitions.ts';
import type { TriggerCategoryDraft, TriggerDraft } from '../drafts.ts';
import type { Trigger } from '../entities.ts';
import { wireTrigger } from '../wire.ts';
import {
  activeOf,
  besideRule,
  bulkChange,
  BY_POSITION,
  CATEGORY,
  deletedIds,
  newestFirst,
  readRule,
  ruleListing,
  titled,
} from './shared.ts';

const MORE = { category_id: 'text', category: 'object', brand_id: 'any' } as const;

/** `/triggers`: agents read them, admins write them. */
export function triggerRoutes(router: Router, support: Support): void {
  const { triggers } = support.rules;
  const read = (req: Request, res: Response, action: string): TriggerDraft => {
    const { category, ...draft } = readRule<TriggerDraft>(req, res, 'trigger', action, MORE);
    return category ? { ...draft, category: permit<TriggerCategoryDraft>(res, { category }, 'category', CATEGORY, action) } : draft;
  };

  router.get('/triggers', (req, res) => list(req, res, activeOf(req, 'triggers/index')));
  router.get('/triggers/active', (req, res) => list(req, res, true));
  router.get('/triggers/search', (req, res) => {
    const found = titled(req, filtered(req, res, activeOf(req, 'triggers/search')), 'triggers/search');
    send(req, res, found, 'triggers/search', true);
  });
  router.get('/triggers/definitions', (_req, res) => {
    sendJson(res, 200, { definitions: triggerDefinitions(support, scopeOf(res).account) });
  });

  router.post('/triggers', (req, res) => {
    const trigger = triggers.create(scopeOf(res).account, read(req, res, 'triggers/create'), actorOf(req, res));
    const body = wireTrigger(trigger, scopeOf(res).base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { trigger: body });
  });

  router.put('/triggers/update_many', (req, res) => {
    const changes = itemsOf(req, 'triggers', 'updated', 'triggers/update_many').map((item) => ({
      id: ownId(item, 'triggers', 'triggers/update_many'),
      ...bulkChange(item),
      ...(item['category_id'] === undefined ? {} : { category_id: String(item['category_id']) }),
    }));
    all(res, triggers.updateMany(scopeOf(res).account, changes, actorOf(req, res)));
  });

  /** The answer shows one trigger (documented): the first. */
  router.put('/triggers/reorder', (req, res) => {
    const ids = isObject(req.body) ? req.body['trigger_ids'] : undefined;
    const numbers = Array.isArray(ids) ? ids.map(numberOf) : [];
    const [first] = numbers;
    if (first === undefined || !numbers.every(Number.isSafeInteger))
      throw invalidAttribute('trigger_ids', 'must be an array of integers', 'triggers/reorder');
    const { account, base } = scopeOf(res);
    triggers.reorder(account, numbers);
    sendJson(res, 200, { trigger: wireTrigger(triggers.book.expect(account, first), base) });
  });

  router.delete('/triggers/destroy_many', (req, res) => {
    triggers.deleteMany(scopeOf(res).account, deletedIds(req, 'triggers'));
    res.status(204).end();
  });

  router.get('/triggers/:trigger_id', (req, res) => {
    const { account, base } = scopeOf(res);
    sendJson(res, 200, { trigger: wireTrigger(triggers.book.expect(account, idOf(req, 'trigger_id', 'triggers/show')), base) });
  });

  router.put('/triggers/:trigger_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const id = idOf(req, 'trigger_id', 'triggers/update');
    triggers.book.expect(account, id);
    const trigger = triggers.update(account, id, read(req, res, 'triggers/update'), actorOf(req, res));
    sendJson(res, 200, { trigger: wireTrigger(trigger, base) });
  });

  router.delete('/triggers/:trigger_id', (req, res) => {
    triggers.delete(scopeOf(res).account, idOf(req, 'trigger_id', 'triggers/destroy'));
    res.status(204).end();
  });

  function filtered(req: Request, res: Response, active: boolean | undefined): Trigger[] {
    const category = queryOf(req).get('category_id');
    return triggers
      .list(scopeOf(res).account)
      .filter((trigger) => (active === undefined || trigger.active === active) && (category === null || trigger.category_id === category));
  }

  function list(req: Request, res: Response, active: boolean | undefined): void {
    send(req, res, filtered(req, res, active), 'triggers/index');
  }

  function send(req: Request, res: Response, rules: readonly Trigger[], action: string, offsetOnly = false): void {
    const { base } = scopeOf(res);
    const spec = { key: 'triggers', action, order: BY_POSITION, descends: newestFirst(req), offsetOnly };
    const beside = besideRule(support, req, res);
    sendPage(req, res, spec, ruleListing(rules, beside), ({ rule }) => ({ ...wireTrigger(rule, base), ...beside(rule) }));
  }

  function all(res: Response, rules: readonly Trigger[]): void {
    const { base } = scopeOf(res);
    const rows = rules.map((trigger) => wireTrigger(trigger, base));
    sendJson(res, 200, { triggers: rows, next_page: null, previous_page: null, count: rows.length });
  }
}
