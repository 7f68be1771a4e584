import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../account/index.ts';
import type { Query } from '../../../core/query.ts';
import type { UserDraft, UserPatch } from '../drafts.ts';
import type { Role, User } from '../entities.ts';
import { invalidAttribute, parameterMissing, recordNotFound } from '../errors.ts';
import { USER_UPDATE } from '../access/endpoint-limits.ts';
import type { Support } from '../index.ts';
import type { Membership } from '../people/members.ts';
import type { MembershipService } from '../people/memberships.ts';
import { writable } from '../people/routes/callers.ts';
import { withPassword } from '../people/routes/passwords.ts';
import { takesPhotos } from '../people/routes/photos.ts';
import { knownUser } from '../people/user-jobs.ts';
import { type Finding, findingOf } from '../search/finding.ts';
import { type Json, wireAnonymous, wireUser, wireUserForEndUser } from '../wire.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { takeEndpoint } from './limits.ts';
import { arrayListing, tableListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit } from './permit.ts';
import { USER } from './shapes.ts';
import { manyOf, sendMany } from './show-many.ts';
import { besideSeenUsers } from './user-sideloads.ts';

type Where = NonNullable<Query['where']>;

interface Secret {
  readonly password?: string | null;
}

const SORTS = ['created_at', 'updated_at', 'name'];
/** Not in bulk: jobs keep what they have to write. */
const ONE_USER = { ...USER, password: 'text' } as const;
const ROLES: readonly string[] = ['end-user', 'agent', 'admin'] satisfies Role[];

/** `/users`, and the users of organizations and groups. */
export function userRoutes(router: Router, support: Support): void {
  const { users } = support;

  router.get('/users/me', (req, res) => {
    const { account, base } = scopeOf(res);
    const principal = principalOf(res);
    const user = principal.kind === 'token' ? users.get(account, principal.userId) : undefined;
    const token = support.context.core.ids.hex(40);
    sendJson(res, 200, {
      user: { ...(user ? wire(res, user) : wireAnonymous(base)), authenticity_token: token },
      ...besideSeenUsers(support, req, res, user ? [user] : []),
    });
  });

  router.get('/users', (req, res) => list(req, res, filter(req, 'users/index')));
  router.get('/users/count', (req, res) => sendCount(res, users.count(scopeOf(res).account, filter(req, 'users/count'))));

  router.get('/users/search', async (req, res) => {
    const { account } = scopeOf(res);
    const query = queryOf(req);
    const externalId = query.get('external_id');
    const text = query.get('query');
    if (externalId === null && text === null) throw parameterMissing('query', 'users/search');
    if (externalId === null) await support.search.ready(account, ['user']);
    const exact = externalId === null ? undefined : users.findByExternalId(account, externalId);
    sendFound(req, res, externalId === null ? support.search.users(account, text ?? '') : findingOf(exact ? [exact] : []));
  });

  router.get('/users/show_many', (req, res) => {
    const scope = scopeOf(res);
    const rows = manyOf<User>(req, 'users', {
      ids: (id) => users.get(scope.account, Number(id)),
      external_ids: (id) => users.findByExternalId(scope.account, id),
    });
    sendMany(res, 'users', rows.map((user) => wire(res, user)), besideSeenUsers(support, req, res, rows)); // prettier-ignore
  });

  router.post('/users', (req, res) => {
    const { password, ...draft } = permit<UserDraft & Secret>(res, req.body, 'user', ONE_USER, 'users/create');
    const made = writable(support, res, undefined, draft);
    const write = (): User => users.create(scopeOf(res).account, made, actorOf(req, res));
    sendCreated(res, withPassword(support, req, res, password, write));
  });

  /** Matches by e-mail or external id, never by phone. */
  router.post('/users/create_or_update', (req, res) => {
    const { account } = scopeOf(res);
    const { password, ...draft } = permit<UserDraft & Secret>(res, req.body, 'user', ONE_USER, 'users/create_or_update');
    const known = knownUser(users, account, draft);
    writable(support, res, known, draft);
    if (known) takeEndpoint(support, res, USER_UPDATE, known.id);
    const actor = actorOf(req, res);
    const write = (): User => (known ? users.update(account, known.id, draft, actor) : users.create(account, draft, actor));
    const user = withPassword(support, req, res, password, write);
    if (!known) return sendCreated(res, user);
    res.set('Location', String(wire(res, user)['url']));
    sendJson(res, 200, { user: wire(res, user) });
  });

  router.get('/users/:user_id', (req, res) => {
    const id = idOf(req, 'user_id', 'users/show');
    const user = users.get(scopeOf(res).account, id);
    if (!user) throw recordNotFound();
    sendJson(res, 200, { user: wire(res, user), ...besideSeenUsers(support, req, res, [user]) });
  });

  router.put('/users/:user_id', ...takesPhotos(support), (req: Request, res: Response) => {
    const id = idOf(req, 'user_id', 'users/update');
    const { account } = scopeOf(res);
    const { password, ...written } = permit<UserPatch & Secret>(res, req.body, 'user', ONE_USER, 'users/update');
    const patch = writable(support, res, users.get(account, id), written);
    const user = withPassword(support, req, res, password, () => users.update(account, id, patch, actorOf(req, res)));
    sendJson(res, 200, { user: wire(res, user) });
  });

  /** 200 with the deactivated user, not 204 (recorded). */
  router.delete('/users/:user_id', (req, res) => {
    const { account } = scopeOf(res);
    const id = idOf(req, 'user_id', 'users/destroy');
    writable(support, res, users.get(account, id), {});
    const user = users.delete(account, id, actorOf(req, res));
    sendJson(res, 200, { user: wire(res, user) });
  });

  router.get('/organizations/:organization_id/users', (req, res) => {
    const id = idOf(req, 'organization_id', 'users/index');
    if (!support.organizations.get(scopeOf(res).account, id)) throw recordNotFound();
    sendMembers(req, res, support.people.organizationMemberships, { organization_id: id });
  });

  router.get('/organizations/:organization_id/users/count', (req, res) => {
    const id = idOf(req, 'organization_id', 'users/count');
    if (!support.organizations.get(scopeOf(res).account, id)) throw recordNotFound();
    sendCount(res, members(req, res, support.people.organizationMemberships, { organization_id: id }).length);
  });

  router.get('/groups/:group_id/users', (req, res) => {
    sendMembers(req, res, support.people.groupMemberships, { group_id: group(req, res) });
  });

  router.get('/groups/:group_id/users/count', (req, res) => {
    sendCount(res, members(req, res, support.people.groupMemberships, { group_id: group(req, res) }).length);
  });

  function group(req: Request, res: Response): number {
    const id = idOf(req, 'group_id', 'users/index');
    if (support.groups.get(scopeOf(res).account, id)?.deleted !== false) throw recordNotFound();
    return id;
  }

  /** Active users with such a membership, of those that the query asks for. */
  function members<Row extends Membership>(req: Request, res: Response, memberships: MembershipService<Row>, where: Where): User[] {
    const { account } = scopeOf(res);
    const ids = memberships.list(account, { where }).map((row) => row.user_id);
    const asked = filter(req, 'users/index');
    const chunks = Array.from({ length: Math.ceil(ids.length / 500) }, (_, index) => ids.slice(index * 500, (index + 1) * 500));
    return chunks.flatMap((chunk) => users.list(account, { where: { ...asked, key: { in: chunk } } }));
  }

  function sendMembers<Row extends Membership>(req: Request, res: Response, memberships: MembershipService<Row>, where: Where): void {
    const listing = arrayListing(members(req, res, memberships, where), SORTS);
    sendPage(req, res, { key: 'users', action: 'users/index', beside: beside(req, res) }, listing, wireOf(res));
  }

  function sendCount(res: Response, value: number): void {
    sendJson(res, 200, { count: { value, refreshed_at: support.now(scopeOf(res).account) } });
  }

  function list(req: Request, res: Response, where: Where): void {
    const { account } = scopeOf(res);
    const listing = tableListing<User>(
      (query) => users.list(account, { ...query, where: { ...where, ...query.where } }),
      () => users.count(account, where),
      SORTS,
    );
    sendPage(req, res, { key: 'users', action: 'users/index', beside: beside(req, res) }, listing, wireOf(res));
  }

  /** Offset pages only; the best hits come first. */
  function sendFound(req: Request, res: Response, found: Finding<User>): void {
    const listing = {
      ...arrayListing<User>([]),
      count: () => found.count,
      slice: (_order: unknown, offset: number, limit: number) => found.slice(offset, limit),
    };
    sendPage(req, res, { key: 'users', action: 'users/search', offsetOnly: true, beside: beside(req, res) }, listing, wireOf(res));
  }

  function beside(req: Request, res: Response): (rows: readonly User[]) => Json {
    return (rows) => besideSeenUsers(support, req, res, rows);
  }

  function sendCreated(res: Response, user: User): void {
    const body = wire(res, user);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { user: body });
  }

  function wireOf(res: Response): (user: User) => Json {
    const { account, base } = scopeOf(res);
    const scope = { base, fields: support.fields.custom(account, 'user') };
    const principal = principalOf(res);
    const short = principal.kind !== 'token' || principal.role === 'end-user';
    return (user) => (short ? wireUserForEndUser(user, scope) : wireUser(user, scope));
  }

  function wire(res: Response, user: User): Json {
    return wireOf(res)(user);
  }
}

/** `role`, `role[]`, `external_id`, `permission_set` (a custom role). */
function filter(req: Request, action: string): Where {
  const query = queryOf(req);
  const roles = [...query.getAll('role[]'), ...query.getAll('role')];
  const unknown = roles.find((role) => !ROLES.includes(role));
  if (unknown !== undefined) throw invalidAttribute('role', `must be one of ${ROLES.join(', ')}`, action);
  const externalId = query.get('external_id');
  const set = query.get('permission_set');
  if (set !== null && !/^\d{1,16}$/.test(set)) throw invalidAttribute('permission_set', 'must be an integer', action);
  return {
    ...(set === null ? {} : { custom_role_id: Number(set) }),
    ...(roles.length > 0 ? { role: { in: roles } } : {}),
    ...(externalId === null ? {} : { external_id: externalId.toLowerCase() }),
  };
}
