import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { beginningWith } from '../../collections.ts';
import type { OrganizationDraft, OrganizationPatch } from '../../drafts.ts';
import type { Organization } from '../../entities.ts';
import { ORGANIZATION_UPDATE } from '../../access/endpoint-limits.ts';
import { invalidAttribute, parameterMissing, recordNotFound, tooManyValues } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { bulkIds, itemsOf, ownName } from '../../routes/bulk.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { sendJob } from '../../routes/jobs.ts';
import { takeEndpoint } from '../../routes/limits.ts';
import { arrayListing, tableListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import { ORGANIZATION } from '../../routes/shapes.ts';
import { type Json, wireOrganization } from '../../wire.ts';
import { knownOrganization, type OrganizationName } from '../organization-jobs.ts';
import { wireOrganizationMerge } from '../wire-people.ts';
import { writableOrganization } from './callers.ts';
import { wireOrganizational } from './memberships.ts';

const NAMED: Shape = { ...ORGANIZATION, id: 'integer' };

/** Organizations in bulk, found by the beginning of their name, merged; and those of a user. */
export function organizationPeopleRoutes(router: Router, support: Support): void {
  const { organizations, people, users } = support;
  const { organizationJobs: jobs, organizationMerges: merges, organizationMemberships: memberships } = people;

  router.get('/organizations/autocomplete', (req, res) => {
    const { account } = scopeOf(res);
    const action = 'organizations/autocomplete';
    const name = queryOf(req).get('name')?.trim().toLowerCase();
    if (name === undefined) throw parameterMissing('name', action);
    if (name.length < 2) throw invalidAttribute('name', 'must have at least 2 characters', action);
    const where = { name: beginningWith(name) };
    const listing = tableListing<Organization>(
      (query) => organizations.list(account, { ...query, where }),
      () => organizations.count(account, where),
    );
    sendPage(req, res, { key: 'organizations', action, offsetOnly: true }, listing, wireOf(res));
  });

  /** Matches by id or external id, else creates. */
  router.post('/organizations/create_or_update', (req, res) => {
    const { account } = scopeOf(res);
    const draft = permit<OrganizationDraft & { id?: number }>(res, req.body, 'organization', NAMED, 'organizations/create_or_update');
    const { id, ...rest } = draft;
    const known = knownOrganization(organizations, account, draft);
    if (id && !known) throw recordNotFound();
    writableOrganization(res, known, rest);
    if (known) takeEndpoint(support, res, ORGANIZATION_UPDATE, known.id);
    const actor = actorOf(req, res);
    const body = wireOf(res)(known ? organizations.update(account, known.id, rest, actor) : organizations.create(account, rest, actor));
    res.set('Location', String(body['url']));
    sendJson(res, known ? 200 : 201, { organization: body });
  });

  router.post('/organizations/create_many', (req, res) => {
    const action = 'organizations/create_many';
    const items = itemsOf(req, 'organizations', 'created', action);
    const drafts = items.map((organization) => permit<OrganizationDraft>(res, { organization }, 'organization', ORGANIZATION, action));
    for (const draft of drafts) writableOrganization(res, undefined, draft);
    sendJob(res, jobs.create(scopeOf(res).account, drafts, actorOf(req, res)));
  });

  /** One change of the organizations of `ids` or `external_ids`, or a change for each of `organizations`. */
  router.put('/organizations/update_many', (req, res) => {
    const action = 'organizations/update_many';
    const named = names(req, 'updated');
    const patch = (organization: unknown): OrganizationPatch =>
      permit<OrganizationPatch>(res, { organization }, 'organization', ORGANIZATION, action);
    const changes = named
      ? named.map((name) => ({ ...name, patch: patch((req.body as { organization?: unknown } | undefined)?.organization) }))
      : itemsOf(req, 'organizations', 'updated', action).map(({ id, ...item }) => ({
          ...ownName({ id, external_id: item['external_id'] }, 'organizations', action),
          patch: patch(item),
        }));
    for (const change of changes) {
      const known = knownOrganization(organizations, scopeOf(res).account, change);
      if (known) writableOrganization(res, known, change.patch);
    }
    sendJob(res, jobs.update(scopeOf(res).account, changes, actorOf(req, res)));
  });

  router.delete('/organizations/destroy_many', (req, res) => {
    const named = names(req, 'deleted');
    if (!named) throw parameterMissing('ids', 'organizations/destroy_many');
    sendJob(res, jobs.destroy(scopeOf(res).account, named, actorOf(req, res)));
  });

  router.get('/organizations/:organization_id/related', (req, res) => {
    const { account } = scopeOf(res);
    const organization_id = organization(req, res, 'related');
    const tickets_count = support.tickets.count(account, { organization_id });
    const users_count = memberships.count(account, { organization_id });
    sendJson(res, 200, { organization_related: { tickets_count, users_count } });
  });

  router.post('/organizations/:organization_id/merge', (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'organizations/merge';
    const { winner_id } = permit<{ winner_id?: number }>(res, req.body, 'organization_merge', { winner_id: 'integer' }, action);
    if (!winner_id) throw parameterMissing('winner_id', action);
    const merge = merges.start(account, idOf(req, 'organization_id', action), winner_id, actorOf(req, res));
    sendJson(res, 200, { organization_merge: wireOrganizationMerge(merge, base) });
  });

  router.get('/organizations/:organization_id/merges', (req, res) => {
    const { account, base } = scopeOf(res);
    const rows = merges.of(account, idOf(req, 'organization_id', 'organizations/merges')).map((merge, id) => ({ id, merge }));
    const spec = { key: 'organization_merges', action: 'organizations/merges' };
    sendPage(req, res, spec, arrayListing(rows), ({ merge }) => wireOrganizationMerge(merge, base));
  });

  router.get('/organization_merges/:organization_merge_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const merge = merges.get(account, String(req.params['organization_merge_id']));
    if (!merge) throw recordNotFound();
    sendJson(res, 200, { organization_merge: wireOrganizationMerge(merge, base) });
  });

  router.get('/users/:user_id/organizations', (req, res) => {
    const rows = ofUser(req, res);
    sendPage(req, res, { key: 'organizations', action: 'organizations/index' }, arrayListing(rows), wireOf(res));
  });

  router.get('/users/:user_id/organizations/count', (req, res) => {
    sendJson(res, 200, { count: { value: ofUser(req, res).length, refreshed_at: support.now(scopeOf(res).account) } });
  });

  router.delete('/users/:user_id/organizations/:organization_id', (req, res) => {
    memberships.delete(scopeOf(res).account, membership(req, res), actorOf(req, res));
    res.status(204).end();
  });

  router.put('/users/:user_id/organizations/:organization_id/make_default', (req, res) => {
    const { account } = scopeOf(res);
    const id = membership(req, res);
    const rows = memberships.makeDefault(account, idOf(req, 'user_id', 'organizations/make_default'), id, actorOf(req, res));
    const made = rows.find((row) => row.id === id);
    if (!made) throw recordNotFound();
    sendJson(res, 200, { organization_membership: wireOrganizational(support, res, made) });
  });

  function ofUser(req: Request, res: Response): Organization[] {
    const { account } = scopeOf(res);
    const userId = idOf(req, 'user_id', 'organizations/index');
    if (!users.get(account, userId)) throw recordNotFound();
    const rows = memberships.list(account, { where: { user_id: userId } }).map((row) => organizations.get(account, row.organization_id));
    return rows.filter((row): row is Organization => row !== undefined);
  }

  function membership(req: Request, res: Response): number {
    const action = 'organizations/destroy';
    const where = { user_id: idOf(req, 'user_id', action), organization_id: idOf(req, 'organization_id', action) };
    const [row] = memberships.list(scopeOf(res).account, { where });
    if (!row) throw recordNotFound();
    return row.id;
  }

  function organization(req: Request, res: Response, verb: string): number {
    const id = idOf(req, 'organization_id', `organizations/${verb}`);
    if (!organizations.get(scopeOf(res).account, id)) throw recordNotFound();
    return id;
  }

  function wireOf(res: Response): (organization: Organization) => Json {
    const { account, base } = scopeOf(res);
    const fields = support.fields.custom(account, 'organization');
    return (row) => wireOrganization(row, { base, fields });
  }
}

/** The organizations of `?ids=` or `?external_ids=`. */
function names(req: Request, verb: 'updated' | 'deleted'): OrganizationName[] | undefined {
  const ids = bulkIds(req, 'organizations', verb);
  if (ids) return ids.map((id) => ({ id }));
  const values = queryOf(req).get('external_ids')?.split(',').filter((value) => value !== ''); // prettier-ignore
  if (values && values.length > 100) throw tooManyValues('organizations', 100, verb);
  return values?.map((external_id) => ({ external_id }));
}
