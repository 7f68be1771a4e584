import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { Support } from '../index.ts';
import { scopeOf } from '../routes/http.ts';
import { arrayListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { permit, type Shape } from '../routes/permit.ts';
import { READ_ONLY, type SettingsTree } from './tree.ts';

/** Account settings, and the sharing agreements that no account here has. */
export function accountSettingsRoutes(router: Router, support: Support): void {
  const { settings } = support;

  router.get('/account/settings', (_req, res) => {
    sendJson(res, 200, { settings: settings.get(scopeOf(res).account) });
  });

  router.put('/account/settings', (req, res) => {
    const { account } = scopeOf(res);
    const groups = Object.keys(settings.get(account)).filter((group) => !READ_ONLY.has(group));
    sendJson(res, 200, { settings: settings.update(account, written(req, res, groups)) });
  });

  router.get('/account/email_settings', (_req, res) => {
    sendJson(res, 200, { settings: { email: settings.get(scopeOf(res).account)['email'] } });
  });

  router.put('/account/email_settings', (req, res) => {
    const changed = settings.update(scopeOf(res).account, written(req, res, ['email']));
    sendJson(res, 200, { settings: { email: changed['email'] } });
  });

  router.get('/sharing_agreements', (req, res) => {
    sendPage(req, res, { key: 'sharing_agreements', action: 'sharing_agreements/index' }, arrayListing<{ id: number }>([]), (row) => row);
  });
}

/** Groups that cannot be written are left out and named in a header. */
function written(req: Request, res: Response, groups: readonly string[]): SettingsTree {
  const shape: Shape = Object.fromEntries(groups.map((group) => [group, 'object'] as const));
  const patch = permit<Record<string, Record<string, unknown> | null>>(res, req.body, 'settings', shape, 'account/settings');
  return Object.fromEntries(Object.entries(patch).flatMap(([group, values]) => (values === null ? [] : [[group, values]])));
}
