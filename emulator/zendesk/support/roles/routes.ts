import type { Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { idOf, scopeOf } from '../routes/http.ts';
import { permit, type Shape } from '../routes/permit.ts';
import type { Json } from '../wire.ts';
import type { CustomRole, CustomRoleDraft } from './entities.ts';
import { wireCustomRole } from './wire.ts';

const ROLE: Shape = { name: 'text', description: 'text', configuration: 'object' };

/** `/custom_roles`. The list is not paged (documented by its example). */
export function customRoleRoutes(router: Router, support: Support): void {
  const { roles } = support;
  const id = (req: Parameters<typeof idOf>[0], action: string): number => idOf(req, 'custom_role_id', `custom_roles/${action}`);

  router.get('/custom_roles', (_req, res) => {
    const rows = roles.list(scopeOf(res).account);
    sendJson(res, 200, { custom_roles: rows.map((role) => wire(res, role)), next_page: null, previous_page: null, count: rows.length });
  });

  router.post('/custom_roles', (req, res) => {
    const draft = permit<CustomRoleDraft>(res, req.body, 'custom_role', ROLE, 'custom_roles/create');
    const role = roles.create(scopeOf(res).account, draft);
    res.set('Location', `${scopeOf(res).base}/api/v2/custom_roles/${role.id}.json`);
    // The description says 200, as it does of macros and views, which are recorded with 201.
    sendJson(res, 201, { custom_role: wire(res, role) });
  });

  router.get('/custom_roles/:custom_role_id', (req, res) => {
    const role = roles.get(scopeOf(res).account, id(req, 'show'));
    if (!role) throw recordNotFound();
    sendJson(res, 200, { custom_role: wire(res, role) });
  });

  router.put('/custom_roles/:custom_role_id', (req, res) => {
    const patch = permit<CustomRoleDraft>(res, req.body, 'custom_role', ROLE, 'custom_roles/update');
    sendJson(res, 200, { custom_role: wire(res, roles.update(scopeOf(res).account, id(req, 'update'), patch)) });
  });

  router.delete('/custom_roles/:custom_role_id', (req, res) => {
    roles.delete(scopeOf(res).account, id(req, 'destroy'));
    res.status(204).end();
  });

  function wire(res: Response, role: CustomRole): Json {
    return wireCustomRole(roles, scopeOf(res).account, role);
  }
}
