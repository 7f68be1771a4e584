import type { Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { GroupDraft } from '../drafts.ts';
import type { Support } from '../index.ts';
import { wireGroup } from '../wire.ts';
import { actorOf, idOf, scopeOf } from './http.ts';
import { permit, type Shape } from './permit.ts';

const GROUP: Shape = { name: 'text', description: 'text', is_public: 'boolean' };

/** Groups to write. */
export function groupWriteRoutes(router: Router, support: Support): void {
  const { groups } = support;

  router.post('/groups', (req, res) => {
    const { account, base } = scopeOf(res);
    const group = groups.create(account, named(permit<Partial<GroupDraft>>(res, req.body, 'group', GROUP, 'groups/create')));
    const body = wireGroup(group, base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { group: body });
  });

  router.put('/groups/:group_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const patch = permit<Partial<GroupDraft>>(res, req.body, 'group', GROUP, 'groups/update');
    sendJson(res, 200, { group: wireGroup(groups.update(account, idOf(req, 'group_id', 'groups/update'), patch), base) });
  });

  router.delete('/groups/:group_id', (req, res) => {
    groups.delete(scopeOf(res).account, idOf(req, 'group_id', 'groups/destroy'), actorOf(req, res));
    res.status(204).end();
  });
}

/** A group without a name is refused as one with a blank name. */
function named(draft: Partial<GroupDraft>): GroupDraft {
  return { ...draft, name: draft.name ?? '' };
}
