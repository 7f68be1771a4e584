import type { Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import type { OrganizationDraft, OrganizationPatch } from '../drafts.ts';
import type { Organization } from '../entities.ts';
import { parameterMissing, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { writableOrganization } from '../people/routes/callers.ts';
import { type Json, wireOrganization } from '../wire.ts';
import { actorOf, idOf, queryOf, scopeOf } from './http.ts';
import { arrayListing, tableListing } from './listing.ts';
import { sendPage } from './page.ts';
import { permit } from './permit.ts';
import { ORGANIZATION } from './shapes.ts';
import { manyOf, sendMany } from './show-many.ts';

export function organizationRoutes(router: Router, support: Support): void {
  const { organizations } = support;

  router.get('/organizations', (req, res) => {
    const { account } = scopeOf(res);
    const listing = tableListing<Organization>(
      (query) => organizations.list(account, query),
      () => organizations.count(account),
      ['name', 'created_at', 'updated_at'],
    );
    sendPage(req, res, { key: 'organizations', action: 'organizations/index' }, listing, wireOf(res));
  });

  router.get('/organizations/count', (_req, res) => {
    const { account } = scopeOf(res);
    sendJson(res, 200, { count: { value: organizations.count(account), refreshed_at: support.now(account) } });
  });

  /** Exact by name or external id, but for the case of letters. */
  router.get('/organizations/search', (req, res) => {
    const { account } = scopeOf(res);
    const query = queryOf(req);
    const [name, externalId] = [query.get('name'), query.get('external_id')];
    if (name === null && externalId === null) throw parameterMissing('external_id', 'organizations/search');
    const found = externalId === null ? organizations.findByName(account, name ?? '') : organizations.findByExternalId(account, externalId);
    const rows = found ? [found] : [];
    sendPage(req, res, { key: 'organizations', action: 'organizations/search' }, arrayListing(rows), wireOf(res));
  });

  router.get('/organizations/show_many', (req, res) => {
    const { account } = scopeOf(res);
    const rows = manyOf<Organization>(req, 'organizations', {
      ids: (id) => organizations.get(account, Number(id)),
      external_ids: (id) => organizations.findByExternalId(account, id),
    });
    sendMany(res, 'organizations', rows.map(wireOf(res)));
  });

  router.post('/organizations', (req, res) => {
    const draft = permit<OrganizationDraft>(res, req.body, 'organization', ORGANIZATION, 'organizations/create');
    const body = wireOf(res)(organizations.create(scopeOf(res).account, draft, actorOf(req, res)));
    res.set('Location', String(body['url']));
    sendJson(res, 201, { organization: body });
  });

  router.get('/organizations/:organization_id', (req, res) => {
    const organization = organizations.get(scopeOf(res).account, idOf(req, 'organization_id', 'organizations/show'));
    if (!organization) throw recordNotFound();
    sendJson(res, 200, { organization: wireOf(res)(organization) });
  });

  router.put('/organizations/:organization_id', (req, res) => {
    const id = idOf(req, 'organization_id', 'organizations/update');
    const before = organizations.get(scopeOf(res).account, id);
    if (!before) throw recordNotFound();
    const patch = writableOrganization(res, before, permit<OrganizationPatch>(res, req.body, 'organization', ORGANIZATION, 'organizations/update')); // prettier-ignore
    sendJson(res, 200, { organization: wireOf(res)(organizations.update(scopeOf(res).account, id, patch, actorOf(req, res))) });
  });

  router.delete('/organizations/:organization_id', (req, res) => {
    organizations.delete(scopeOf(res).account, idOf(req, 'organization_id', 'organizations/destroy'), actorOf(req, res));
    res.status(204).end();
  });

  function wireOf(res: Response): (organization: Organization) => Json {
    const { account, base } = scopeOf(res);
    const fields = support.fields.custom(account, 'organization');
    return (organization) => wireOrganization(organization, { base, fields });
  }
}
