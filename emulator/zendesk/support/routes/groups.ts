import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { parameterMissing, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireGroup } from '../wire.ts';
import { idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';

/** Groups to read. */
export function groupRoutes(router: Router, support: Support): void {
  router.get('/groups', (req, res) => list(req, res, 'groups/index', false));
  router.get('/groups/assignable', (req, res) => list(req, res, 'groups/assignable', true));

  router.get('/groups/count', (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: support.groups.count(account), refreshed_at: support.now(account) } });
  });

  router.get('/groups/default', (_req, res) => {
    const { account, base } = scopeOf(res);
    sendJson(res, 200, { group: wireGroup(support.groups.default(account), base) });
  });

  router.get('/groups/autocomplete', (req, res) => {
    const { account, base } = scopeOf(res);
    const name = queryOf(req).get('name')?.trim().toLowerCase();
    if (!name) throw parameterMissing('name', 'groups/autocomplete');
    const rows = support.groups.list(account).filter((group) => group.name.toLowerCase().startsWith(name));
    sendPage(req, res, { key: 'groups', action: 'groups/autocomplete' }, arrayListing(rows), (group) => wireGroup(group, base));
  });

  router.get('/groups/:group_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const group = support.groups.get(account, idOf(req, 'group_id', 'groups/show'));
    if (!group) throw recordNotFound();
    sendJson(res, 200, { group: wireGroup(group, base) });
  });

  function list(req: Request, res: Response, action: string, unpaged: boolean): void {
    const { account, base } = scopeOf(res);
    sendPage(req, res, { key: 'groups', action, unpaged }, arrayListing(support.groups.list(account)), (group) => wireGroup(group, base));
  }
}
