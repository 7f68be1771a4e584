import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import type { Support } from '../../index.ts';
import { itemsOf, ownId } from '../../routes/bulk.ts';
import { idOf, scopeOf } from '../../routes/http.ts';
import { sendPage } from '../../routes/page.ts';
import type { RuleDraft } from '../drafts.ts';
import type { Automation } from '../entities.ts';
import { wireAutomation } from '../wire.ts';
import { activeOf, besideRule, bulkChange, BY_POSITION, deletedIds, newestFirst, readRule, ruleListing, titled } from './shared.ts';

/** `/automations`: agents read them, admins write them. */
export function automationRoutes(router: Router, support: Support): void {
  const { automations } = support.rules;
  const read = (req: Request, res: Response, action: string): RuleDraft => readRule<RuleDraft>(req, res, 'automation', action);

  router.get('/automations', (req, res) => send(req, res, listed(res, activeOf(req, 'automations/index')), 'automations/index'));
  router.get('/automations/active', (req, res) => send(req, res, listed(res, true), 'automations/active'));
  router.get('/automations/search', (req, res) => {
    send(req, res, titled(req, listed(res, activeOf(req, 'automations/search')), 'automations/search'), 'automations/search', true);
  });

  router.post('/automations', (req, res) => {
    const { account, base } = scopeOf(res);
    const body = wireAutomation(automations.create(account, read(req, res, 'automations/create')), base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { automation: body });
  });

  router.put('/automations/update_many', (req, res) => {
    const { account, base } = scopeOf(res);
    const changes = itemsOf(req, 'automations', 'updated', 'automations/update_many').map((item) => ({
      id: ownId(item, 'automations', 'automations/update_many'),
      ...bulkChange(item),
    }));
    const rows = automations.updateMany(account, changes).map((automation) => wireAutomation(automation, base));
    sendJson(res, 200, { automations: rows, next_page: null, previous_page: null, count: rows.length });
  });

  router.delete('/automations/destroy_many', (req, res) => {
    automations.deleteMany(scopeOf(res).account, deletedIds(req, 'automations'));
    res.status(204).end();
  });

  router.get('/automations/:automation_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const automation = automations.book.expect(account, idOf(req, 'automation_id', 'automations/show'));
    sendJson(res, 200, { automation: wireAutomation(automation, base) });
  });

  router.put('/automations/:automation_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const id = idOf(req, 'automation_id', 'automations/update');
    automations.book.expect(account, id);
    sendJson(res, 200, { automation: wireAutomation(automations.update(account, id, read(req, res, 'automations/update')), base) });
  });

  router.delete('/automations/:automation_id', (req, res) => {
    automations.delete(scopeOf(res).account, idOf(req, 'automation_id', 'automations/destroy'));
    res.status(204).end();
  });

  function listed(res: Response, active: boolean | undefined): Automation[] {
    return automations.book.list(scopeOf(res).account).filter((automation) => active === undefined || automation.active === active);
  }

  function send(req: Request, res: Response, rules: readonly Automation[], action: string, offsetOnly = false): void {
    const { base } = scopeOf(res);
    const spec = { key: 'automations', action, order: BY_POSITION, descends: newestFirst(req), offsetOnly };
    const beside = besideRule(support, req, res);
    sendPage(req, res, spec, ruleListing(rules, beside), ({ rule }) => ({ ...wireAutomation(rule, base), ...beside(rule) }));
  }
}
