import type { Response, Router } from 'express';
import { accountOf, principalOf, sendJson } from '../../../account/index.ts';
import type { UserDraft } from '../../drafts.ts';
import { forbidden } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { noteMail } from '../../mail.ts';
import { scopeOf } from '../../routes/http.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import { USER } from '../../routes/shapes.ts';
import type { UserSettings } from '../user-settings.ts';

const SETTINGS: Shape = { admin_center: 'object', agent_home_pinned_views: 'integers', lotus: 'object', shared_views_order: 'integers' };

/** What agents do for themselves: their settings, and asking for more agents. */
export function meRoutes(router: Router, support: Support): void {
  const { settings } = support.people;

  router.get('/users/me/settings', (_req, res) => {
    sendJson(res, 200, { settings: settings.get(scopeOf(res).account, callerId(res)) });
  });

  router.put('/users/me/settings', (req, res) => {
    const { lotus, admin_center, ...views } = permit<Partial<UserSettings>>(res, req.body, 'settings', SETTINGS, 'users/me/settings');
    const groups = { ...(lotus ? { lotus } : {}), ...(admin_center ? { admin_center } : {}) };
    sendJson(res, 200, { settings: settings.update(scopeOf(res).account, callerId(res), { ...views, ...groups }) });
  });

  /** The account's owner is reminded by e-mail that an agent more is wanted (documented). */
  router.post('/users/request_create', (req, res) => {
    const { name, email } = permit<UserDraft>(res, req.body, 'user', USER, 'users/request_create');
    const account = accountOf(res);
    const owner = support.users.findByEmail(account.name, account.email);
    const user = { name: name ?? null, email: email ?? null };
    noteMail(support.context, account.name, { userId: owner?.id ?? null, about: 'another agent is wanted', data: { asked_by: callerId(res), user } }); // prettier-ignore
    sendJson(res, 200, '');
  });
}

function callerId(res: Response): number {
  const principal = principalOf(res);
  if (principal.kind !== 'token') throw forbidden();
  return principal.userId;
}
