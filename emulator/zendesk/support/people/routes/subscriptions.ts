import type { Request, Response, Router } from 'express';
import type { Query } from '../../../../core/query.ts';
import { sendJson } from '../../../account/index.ts';
import { forbidden, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, scopeOf } from '../../routes/http.ts';
import { tableListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit } from '../../routes/permit.ts';
import type { OrganizationSubscription } from '../entities.ts';
import { endUserId } from './callers.ts';
import { wireOrganizationSubscription } from '../wire-people.ts';

/** `/organization_subscriptions`; end users see and write their own, of their organizations (vendor article "Organization subscriptions"). */
export function subscriptionRoutes(router: Router, support: Support): void {
  const { subscriptions } = support.people;
  const root = '/organization_subscriptions';
  const SHAPE = { user_id: 'integer', organization_id: 'integer' } as const;

  router.get(root, (req, res) => list(req, res, own(res)));

  router.get('/organizations/:organization_id/subscriptions', (req, res) => {
    const id = idOf(req, 'organization_id', 'organization_subscriptions/index');
    if (!support.organizations.get(scopeOf(res).account, id)) throw recordNotFound();
    list(req, res, { organization_id: id });
  });

  router.get('/users/:user_id/organization_subscriptions', (req, res) => {
    const id = idOf(req, 'user_id', 'organization_subscriptions/index');
    if (!support.users.get(scopeOf(res).account, id)) throw recordNotFound();
    list(req, res, { user_id: id });
  });

  /** 200, as the vendor's description says, not 201. */
  router.post(root, (req, res) => {
    const { user_id } = own(res);
    const draft = permit<{ user_id?: number; organization_id?: number }>(
      res,
      req.body,
      'organization_subscription',
      SHAPE,
      'organization_subscriptions/create',
    );
    if (user_id !== undefined) {
      const { user_id: whose = user_id, organization_id } = draft;
      const isMember =
        support.people.organizationMemberships.count(scopeOf(res).account, { user_id, organization_id: organization_id ?? 0 }) > 0;
      if (whose !== user_id || !isMember) throw forbidden();
    }
    const made = subscriptions.create(scopeOf(res).account, { ...draft, ...(user_id === undefined ? {} : { user_id }) });
    sendJson(res, 200, { organization_subscription: wireOrganizationSubscription(made) });
  });

  router.get(`${root}/:organization_subscription_id`, (req, res) => {
    sendJson(res, 200, { organization_subscription: wireOrganizationSubscription(one(req, res, 'show')) });
  });

  router.delete(`${root}/:organization_subscription_id`, (req, res) => {
    subscriptions.delete(scopeOf(res).account, one(req, res, 'destroy').id);
    res.status(204).end();
  });

  function list(req: Request, res: Response, where: NonNullable<Query['where']>): void {
    const { account } = scopeOf(res);
    const listing = tableListing<OrganizationSubscription>(
      (query) => subscriptions.list(account, { ...query, where: { ...where, ...query.where } }),
      () => subscriptions.count(account, where),
    );
    const spec = { key: 'organization_subscriptions', action: 'organization_subscriptions/index' };
    sendPage(req, res, spec, listing, wireOrganizationSubscription);
  }

  function one(req: Request, res: Response, verb: string): OrganizationSubscription {
    const row = subscriptions.get(scopeOf(res).account, idOf(req, 'organization_subscription_id', `organization_subscriptions/${verb}`));
    const { user_id } = own(res);
    if (!row || (user_id !== undefined && row.user_id !== user_id)) throw recordNotFound();
    return row;
  }
}

/** What an end user is confined to. */
function own(res: Response): { user_id?: number } {
  const user_id = endUserId(res);
  return user_id === undefined ? {} : { user_id };
}
