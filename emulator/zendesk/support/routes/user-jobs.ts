import type { Request, Response, Router } from 'express';
import type { UserDraft, UserPatch } from '../drafts.ts';
import { parameterMissing, tooManyValues } from '../errors.ts';
import type { Support } from '../index.ts';
import { autocompleted, type UserAutocomplete } from '../people/routes/users.ts';
import { writable } from '../people/routes/callers.ts';
import { knownUser, type UserName, userNamed } from '../people/user-jobs.ts';
import { wireUser } from '../wire.ts';
import { bulkIds, itemsOf, ownName } from './bulk.ts';
import { actorOf, queryOf, scopeOf } from './http.ts';
import { sendJob } from './jobs.ts';
import { sendPage } from './page.ts';
import { isObject, permit } from './permit.ts';
import { USER } from './shapes.ts';

/** `/users/*_many`, and `autocomplete`. */
export function userJobRoutes(router: Router, support: Support): void {
  const { userJobs } = support;

  router.get('/users/autocomplete', async (req, res) => {
    const query = queryOf(req);
    const asked = Object.fromEntries(['name', 'phone', 'filter', 'field_id'].map((key) => [key, query.get(key) ?? undefined]));
    await autocomplete(req, res, asked);
  });
  router.post('/users/autocomplete', async (req, res) => {
    await autocomplete(req, res, isObject(req.body) ? req.body : {});
  });

  async function autocomplete(req: Request, res: Response, asked: UserAutocomplete): Promise<void> {
    const { account, base } = scopeOf(res);
    // Numbers are looked up in the index of search.
    if (asked.phone !== undefined) await support.search.ready(account, ['user']);
    const scope = { base, fields: support.fields.custom(account, 'user') };
    const spec = { key: 'users', action: 'users/autocomplete', offsetOnly: true };
    sendPage(req, res, spec, autocompleted(support, account, asked), (user) => wireUser(user, scope));
  }

  router.post('/users/create_many', (req, res) => {
    const items = drafts(req, res, 'users/create_many').map((draft) => writable(support, res, undefined, draft));
    sendJob(res, userJobs.create(scopeOf(res).account, items, actorOf(req, res)));
  });

  router.post('/users/create_or_update_many', (req, res) => {
    const { account } = scopeOf(res);
    const items = drafts(req, res, 'users/create_or_update_many');
    for (const draft of items) writable(support, res, knownUser(support.users, account, draft), draft);
    sendJob(res, userJobs.createOrUpdate(account, items, actorOf(req, res)));
  });

  /** One change of the users of `ids` or `external_ids`, or a change for each of `users`. */
  router.put('/users/update_many', (req, res) => {
    const { account } = scopeOf(res);
    const action = 'users/update_many';
    const named = names(req, 'updated');
    const patch = (user: unknown): UserPatch => permit<UserPatch>(res, { user }, 'user', USER, action);
    const changes = named
      ? named.map((name) => ({ ...name, patch: patch((req.body as { user?: unknown } | undefined)?.user) }))
      : itemsOf(req, 'users', 'updated', action).map(({ id, ...user }) => ({
          ...ownName({ id, external_id: user['external_id'] }, 'users', action),
          patch: patch(user),
        }));
    for (const change of changes) writable(support, res, userNamed(support.users, account, change), change.patch);
    sendJob(res, userJobs.update(account, changes, actorOf(req, res)));
  });

  router.delete('/users/destroy_many', (req, res) => {
    const named = names(req, 'deleted');
    if (!named) throw parameterMissing('ids', 'users/destroy_many');
    sendJob(res, userJobs.destroy(scopeOf(res).account, named, actorOf(req, res)));
  });
}

function drafts(req: Request, res: Response, action: string): UserDraft[] {
  return itemsOf(req, 'users', 'created', action).map((user) => permit<UserDraft>(res, { user }, 'user', USER, action));
}

/** The users of `?ids=` or `?external_ids=`. */
function names(req: Request, verb: 'updated' | 'deleted'): UserName[] | undefined {
  const ids = bulkIds(req, 'users', verb);
  if (ids) return ids.map((id) => ({ id }));
  const external = queryOf(req).get('external_ids');
  const values = external?.split(',').filter((value) => value !== '');
  if (values && values.length > 100) throw tooManyValues('users', 100, verb);
  return values?.map((external_id) => ({ external_id }));
}
