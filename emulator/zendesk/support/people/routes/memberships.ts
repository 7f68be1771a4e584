import type { Request, Response, Router } from 'express';
import type { Query } from '../../../../core/query.ts';
import { sendJson } from '../../../account/index.ts';
import type { GroupMembership, User } from '../../entities.ts';
import { parameterMissing, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { bulkIds, itemsOf } from '../../routes/bulk.ts';
import { actorOf, idOf, scopeOf } from '../../routes/http.ts';
import { sendJob } from '../../routes/jobs.ts';
import { arrayListing, tableListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import { asked, groupsOf, includes, organizationsOf, usersOf } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { OrganizationMembership } from '../entities.ts';
import type { Membership } from '../members.ts';
import type { MembershipJobs } from '../membership-jobs.ts';
import type { MembershipDraft, MembershipService } from '../memberships.ts';
import { endUserId, guardMember } from './callers.ts';
import { wireGroupMembership, wireOrganizationMembership } from '../wire-people.ts';

type Where = NonNullable<Query['where']>;

interface Kind<Row extends Membership> {
  /** `group_membership` */
  readonly name: string;
  readonly property: 'group_id' | 'organization_id';
  /** List below what users belong to. */
  readonly below: string;
  readonly service: MembershipService<Row>;
  readonly jobs: MembershipJobs;
  readonly exists: (account: string, parentId: number) => boolean;
  /** @throws ApiError 403 when the caller may not make this user a member */
  readonly guard?: (res: Response, userId: number | null | undefined) => void;
  readonly wire: (res: Response, row: Row) => Json;
  readonly beside: (scope: { account: string; base: string }, wanted: Set<string>, rows: readonly Row[]) => Record<string, Json[]>;
}

/** Memberships of groups and of organizations: the same verbs for both. */
export function membershipRoutes(router: Router, support: Support): void {
  const { people, users, groups, organizations } = support;
  const usersBeside = (scope: { account: string; base: string }, rows: readonly Membership[]): Json[] =>
    usersOf(support, scope, rows.map((row) => row.user_id)); // prettier-ignore

  const ofGroups: Kind<GroupMembership> = {
    name: 'group_membership',
    property: 'group_id',
    below: '/groups/:group_id/memberships',
    service: people.groupMemberships,
    jobs: people.groupMembershipJobs,
    exists: (account, id) => groups.get(account, id)?.deleted === false,
    wire: (res, row) => wireGroupMembership(row, scopeOf(res).base),
    beside: (scope, wanted, rows) =>
      asked(wanted, {
        users: () => usersBeside(scope, rows),
        groups: () => groupsOf(support, scope, rows.map((row) => row.group_id)), // prettier-ignore
      }),
  };
  const ofOrganizations: Kind<OrganizationMembership> = {
    name: 'organization_membership',
    property: 'organization_id',
    below: '/organizations/:organization_id/organization_memberships',
    service: people.organizationMemberships,
    jobs: people.organizationMembershipJobs,
    exists: (account, id) => organizations.get(account, id) !== undefined,
    guard: (res, userId) => guardMember(support, res, userId),
    wire: (res, row) => wireOrganizational(support, res, row),
    beside: (scope, wanted, rows) =>
      asked(wanted, {
        users: () => usersBeside(scope, rows),
        organizations: () => organizationsOf(support, scope, rows.map((row) => row.organization_id)), // prettier-ignore
      }),
  };

  /** Those of agents who can be given tickets: all that are not suspended. */
  const assignable = (account: string, where: Where): GroupMembership[] => {
    const isAssignable = (user: User | undefined): boolean => user?.active === true && !user.suspended && user.role !== 'end-user';
    return people.groupMemberships.list(account, { where }).filter((row) => isAssignable(users.get(account, row.user_id)));
  };
  const sendAssignable = (req: Request, res: Response, where: Where): void => {
    const rows = assignable(scopeOf(res).account, where);
    const spec = { key: 'group_memberships', action: 'group_memberships/assignable' };
    sendPage(req, res, spec, arrayListing(rows), (row) => ofGroups.wire(res, row));
  };
  router.get('/group_memberships/assignable', (req, res) => sendAssignable(req, res, {}));
  router.get('/groups/:group_id/memberships/assignable', (req, res) => {
    const id = idOf(req, 'group_id', 'group_memberships/assignable');
    if (!ofGroups.exists(scopeOf(res).account, id)) throw recordNotFound();
    sendAssignable(req, res, { group_id: id });
  });

  verbs(router, support, ofGroups);
  verbs(router, support, ofOrganizations);
}

export function wireOrganizational(support: Support, res: Response, row: OrganizationMembership): Json {
  const { account, base } = scopeOf(res);
  const organizationName = support.organizations.get(account, row.organization_id)?.name ?? '';
  const viewTickets = support.users.get(account, row.user_id)?.ticket_restriction === 'organization';
  return wireOrganizationMembership(row, { organizationName, viewTickets }, base);
}

function verbs<Row extends Membership>(router: Router, support: Support, kind: Kind<Row>): void {
  const { name, property, service, jobs } = kind;
  const key = `${name}s`;
  const root = `/${key}`;
  const ofUser = `/users/:user_id/${key}`;
  const idName = `${name}_id`;
  const SHAPE: Shape = { user_id: 'integer', [property]: 'integer', default: 'boolean' };

  router.get(root, (req, res) => {
    // End users see their own (vendor article "Organization memberships").
    const user_id = endUserId(res);
    list(req, res, user_id === undefined ? {} : { user_id });
  });
  router.post(root, (req, res) => create(req, res, draft(req, res)));

  router.post(`${root}/create_many`, (req, res) => {
    const action = `${key}/create_many`;
    const items = itemsOf(req, key, 'created', action);
    const drafts = items.map((item) => permit<MembershipDraft>(res, { [name]: item }, name, SHAPE, action));
    for (const { user_id } of drafts) kind.guard?.(res, user_id);
    sendJob(res, jobs.create(scopeOf(res).account, drafts, actorOf(req, res)));
  });
  router.delete(`${root}/destroy_many`, (req, res) => {
    const ids = bulkIds(req, key, 'deleted');
    if (!ids) throw parameterMissing('ids', `${key}/destroy_many`);
    sendJob(res, jobs.destroy(scopeOf(res).account, ids.map((id) => ({ id })), actorOf(req, res))); // prettier-ignore
  });

  router.get(`${root}/:${idName}`, (req, res) => sendJson(res, 200, { [name]: kind.wire(res, one(req, res, 'show')) }));
  router.delete(`${root}/:${idName}`, (req, res) => remove(req, res));

  router.get(kind.below, (req, res) => {
    const id = idOf(req, property, `${key}/index`);
    if (!kind.exists(scopeOf(res).account, id)) throw recordNotFound();
    list(req, res, { [property]: id });
  });

  router.get(ofUser, (req, res) => list(req, res, { user_id: userId(req, res, 'index') }));
  router.post(ofUser, (req, res) => {
    const user_id = userId(req, res, 'create');
    create(req, res, { ...draft(req, res), user_id });
  });
  router.get(`${ofUser}/:${idName}`, (req, res) => sendJson(res, 200, { [name]: kind.wire(res, one(req, res, 'show')) }));
  router.delete(`${ofUser}/:${idName}`, (req, res) => remove(req, res));

  /** The user's whole list comes back, without a page's properties. */
  router.put(`${ofUser}/:${idName}/make_default`, (req, res) => {
    const { account } = scopeOf(res);
    const action = `${key}/make_default`;
    const rows = service.makeDefault(account, idOf(req, 'user_id', action), idOf(req, idName, action), actorOf(req, res));
    sendJson(res, 200, { [key]: rows.map((row) => kind.wire(res, row)) });
  });

  function list(req: Request, res: Response, where: Where): void {
    const { account, base } = scopeOf(res);
    const listing = tableListing<Row>(
      (query) => service.list(account, { ...query, where: { ...where, ...query.where } }),
      () => service.count(account, where),
    );
    const beside = (rows: readonly Row[]): Json => kind.beside({ account, base }, includes(req), rows);
    sendPage(req, res, { key, action: `${key}/index`, beside }, listing, (row) => kind.wire(res, row));
  }

  function draft(req: Request, res: Response): MembershipDraft {
    return permit<MembershipDraft>(res, req.body, name, SHAPE, `${key}/create`);
  }

  function create(req: Request, res: Response, drafted: MembershipDraft): void {
    kind.guard?.(res, drafted.user_id);
    const body = kind.wire(res, service.create(scopeOf(res).account, drafted, actorOf(req, res)));
    res.set('Location', String(body['url']));
    sendJson(res, 201, { [name]: body });
  }

  /** By its id; below a user only that user's. */
  function one(req: Request, res: Response, verb: string): Row {
    const row = service.get(scopeOf(res).account, idOf(req, idName, `${key}/${verb}`));
    const isOther = req.params['user_id'] !== undefined && row?.user_id !== idOf(req, 'user_id', `${key}/${verb}`);
    if (!row || isOther) throw recordNotFound();
    return row;
  }

  function remove(req: Request, res: Response): void {
    service.delete(scopeOf(res).account, one(req, res, 'destroy').id, actorOf(req, res));
    res.status(204).end();
  }

  function userId(req: Request, res: Response, verb: string): number {
    const id = idOf(req, 'user_id', `${key}/${verb}`);
    if (!support.users.get(scopeOf(res).account, id)) throw recordNotFound();
    return id;
  }
}
