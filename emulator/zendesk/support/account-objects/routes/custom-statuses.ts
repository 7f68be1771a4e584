import type { Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { parameterMissing } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, idsIn, queryOf, scopeOf } from '../../routes/http.ts';
import { isObject, numberOf, permit, type Shape } from '../../routes/permit.ts';
import type { CustomStatus, CustomStatusDraft } from '../entities.ts';
import { wireCustomStatus } from '../wire.ts';

const UPDATE: Shape = { agent_label: 'text', end_user_label: 'text', description: 'text', end_user_description: 'text', active: 'boolean' };
const CREATE: Shape = { ...UPDATE, status_category: 'text' };

/** Custom statuses. The list is not paged (documented). */
export function customStatusRoutes(router: Router, support: Support): void {
  const { statuses } = support;
  const send = (res: Response, status: number, row: CustomStatus): void =>
    sendJson(res, status, { custom_status: wireCustomStatus(support, scopeOf(res), row) });

  router.get('/custom_statuses', (_req, res) => {
    const query = queryOf(_req);
    const categories = query.get('status_categories')?.split(',');
    const { account } = scopeOf(res);
    const is = (name: string, value: boolean): boolean => query.get(name) === null || (query.get(name) === 'true') === value;
    const rows = statuses
      .list(account)
      .filter((row) => (categories?.includes(row.status_category) ?? true) && is('active', row.active))
      .filter((row) => is('default', statuses.isDefault(account, row)));
    sendJson(res, 200, { custom_statuses: rows.map((row) => wireCustomStatus(support, scopeOf(res), row)) });
  });

  router.post('/custom_statuses', (req, res) => {
    const draft = permit<CustomStatusDraft>(res, req.body, 'custom_status', CREATE, 'custom_statuses/create');
    const row = statuses.create(scopeOf(res).account, draft);
    res.set('Location', `${scopeOf(res).base}/api/v2/custom_statuses/${row.id}.json`);
    send(res, 201, row);
  });

  router.get('/custom_statuses/:custom_status_id', (req, res) => {
    send(res, 200, statuses.expect(scopeOf(res).account, idOf(req, 'custom_status_id', 'custom_statuses/show')));
  });

  router.put('/custom_statuses/:custom_status_id', (req, res) => {
    const patch = permit<CustomStatusDraft>(res, req.body, 'custom_status', UPDATE, 'custom_statuses/update');
    send(res, 200, statuses.update(scopeOf(res).account, idOf(req, 'custom_status_id', 'custom_statuses/update'), patch));
  });

  router.delete('/custom_statuses/:custom_status_id', (req, res) => {
    statuses.delete(scopeOf(res).account, idOf(req, 'custom_status_id', 'custom_statuses/destroy'));
    res.status(204).end();
  });

  /** `{"ids": "1,2"}`: each becomes the default of its category. */
  router.put('/custom_status/default', (req, res) => {
    const ids: unknown = isObject(req.body) ? req.body['ids'] : undefined;
    const listed = Array.isArray(ids) ? ids.map(numberOf).join(',') : typeof ids === 'string' || typeof ids === 'number' ? String(ids) : '';
    if (idsIn(listed).length === 0) throw parameterMissing('ids', 'custom_status/default');
    statuses.setDefaults(scopeOf(res).account, idsIn(listed));
    sendJson(res, 200, {});
  });
}
