import type { Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { GroupDraft } from '../drafts.ts';
import type { User } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { wireGroup, wireUser } from '../wire.ts';
import { actorOf, adminsOnly, agentsOnly, idOf, scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit, type Shape } from './permit.ts';

const GROUP: Shape = { name: 'text', description: 'text', is_public: 'boolean' };

/** Groups to write, and who is in one. */
export function groupWriteRoutes(router: Router, support: Support): void {
  const { groups } = support;

  router.post('/groups', adminsOnly, (req, res) => {
    const { account, base } = scopeOf(res);
    const group = groups.create(account, named(permit<Partial<GroupDraft>>(res, req.body, 'group', GROUP, 'groups/create')));
    const body = wireGroup(group, base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { group: body });
  });

  router.put('/groups/:group_id', adminsOnly, (req, res) => {
    const { account, base } = scopeOf(res);
    const patch = permit<Partial<GroupDraft>>(res, req.body, 'group', GROUP, 'groups/update');
    sendJson(res, 200, { group: wireGroup(groups.update(account, idOf(req, 'group_id', 'groups/update'), patch), base) });
  });

  router.delete('/groups/:group_id', adminsOnly, (req, res) => {
    groups.delete(scopeOf(res).account, idOf(req, 'group_id', 'groups/destroy'), actorOf(req, res));
    res.status(204).end();
  });

  router.get('/groups/:group_id/users', agentsOnly, (req, res) => {
    const rows = members(res, idOf(req, 'group_id', 'users/index'));
    const { account, base } = scopeOf(res);
    const scope = { base, fields: support.fields.custom(account, 'user') };
    sendPage(req, res, { key: 'users', action: 'users/index' }, arrayListing(rows), (user) => wireUser(user, scope));
  });

  router.get('/groups/:group_id/users/count', agentsOnly, (req, res) => {
    const value = members(res, idOf(req, 'group_id', 'users/count')).length;
    sendJson(res, 200, { count: { value, refreshed_at: support.now(scopeOf(res).account) } });
  });

  function members(res: Response, id: number): User[] {
    const { account } = scopeOf(res);
    if (groups.get(account, id)?.deleted !== false) throw recordNotFound();
    return groups.members(account, id);
  }
}

/** A group without a name is refused as one with a blank name. */
function named(draft: Partial<GroupDraft>): GroupDraft {
  return { ...draft, name: draft.name ?? '' };
}
