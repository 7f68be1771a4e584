import type { Request, RequestHandler, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import type { IdentityDraft } from '../../drafts.ts';
import type { Identity } from '../../entities.ts';
import { forbidden, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import { wireIdentity } from '../../wire.ts';
import { endUserId, writable } from './callers.ts';

const UPDATED: Shape = { value: 'text', verified: 'boolean', verification_method: 'text' };
const CREATED: Shape = { ...UPDATED, type: 'text', primary: 'boolean', skip_verify_email: 'boolean' };

/** `/users/{id}/identities` for agents (and those that an end user may see), `/end_users/{id}/identities` for users themselves. */
export function identityRoutes(router: Router, support: Support): void {
  const { identities } = support.people;
  const root = '/users/:user_id/identities';
  const own = '/end_users/:user_id/identities';

  router.get(root, (req, res) => list(req, res));
  router.post(root, (req, res) => create(req, res));
  router.get(`${root}/:user_identity_id`, (req, res) => show(req, res));
  router.put(`${root}/:user_identity_id`, (req, res) => {
    const { account, base } = scopeOf(res);
    const action = 'user_identities/update';
    const [userId, id] = ids(req, action);
    guard(res, userId);
    const patch = permit<Partial<IdentityDraft>>(res, req.body, 'identity', UPDATED, action);
    sendJson(res, 200, { identity: wireIdentity(identities.update(account, userId, id, patch, actorOf(req, res)), base) });
  });
  router.put(`${root}/:user_identity_id/make_primary`, (req, res) => {
    makePrimary(req, res);
  });
  router.put(`${root}/:user_identity_id/verify`, (req, res) => {
    const { account, base } = scopeOf(res);
    const [userId, id] = ids(req, 'user_identities/verify');
    guard(res, userId);
    sendJson(res, 200, { identity: wireIdentity(identities.verify(account, userId, id, actorOf(req, res)), base) });
  });
  router.put(`${root}/:user_identity_id/request_verification`, (req, res) => requestVerification(req, res));
  router.delete(`${root}/:user_identity_id`, (req, res) => remove(req, res));

  router.get(own, themselves, (req, res) => list(req, res));
  router.post(own, themselves, (req, res) => create(req, res));
  router.get(`${own}/:user_identity_id`, themselves, (req, res) => show(req, res));
  router.put(`${own}/:user_identity_id/make_primary`, themselves, (req, res) => makePrimary(req, res));
  router.put(`${own}/:user_identity_id/request_verification`, themselves, (req, res) => requestVerification(req, res));
  router.delete(`${own}/:user_identity_id`, themselves, (req, res) => remove(req, res));

  /** Whom one cannot write one cannot give another way to sign in. */
  function guard(res: Response, userId: number): void {
    writable(support, res, support.users.get(scopeOf(res).account, userId), {});
  }

  function list(req: Request, res: Response): void {
    const { account, base } = scopeOf(res);
    const user = support.users.get(account, idOf(req, 'user_id', 'user_identities/index'));
    if (!user) throw recordNotFound();
    const query = queryOf(req);
    const types = [...query.getAll('type[]'), ...query.getAll('type')];
    const rows = identities.list(account, user.id).filter((identity) => types.length === 0 || types.includes(identity.type));
    const spec = { key: 'identities', action: 'user_identities/index' };
    sendPage<Identity>(req, res, spec, arrayListing(rows), (identity) => wireIdentity(identity, base));
  }

  function create(req: Request, res: Response): void {
    const { account, base } = scopeOf(res);
    const action = 'user_identities/create';
    const draft = permit<Partial<IdentityDraft>>(res, req.body, 'identity', CREATED, action);
    const userId = idOf(req, 'user_id', action);
    guard(res, userId);
    // What is not verified cannot be an end user's first (`makePrimary`).
    const checked = endUserId(res) === undefined ? draft : { ...draft, verified: false, verification_method: 'none', primary: false };
    const body = wireIdentity(identities.create(account, userId, checked, actorOf(req, res)), base);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { identity: body });
  }

  function show(req: Request, res: Response): void {
    const { account, base } = scopeOf(res);
    const identity = identities.get(account, ...ids(req, 'user_identities/show'));
    if (!identity) throw recordNotFound();
    sendJson(res, 200, { identity: wireIdentity(identity, base) });
  }

  /** The whole list comes back, without a page's properties. An end user's own e-mail must be verified (vendor article "User identities"). */
  function makePrimary(req: Request, res: Response): void {
    const { account, base } = scopeOf(res);
    const [userId, id] = ids(req, 'user_identities/make_primary');
    guard(res, userId);
    if (endUserId(res) !== undefined && identities.get(account, userId, id)?.verified === false)
      throw forbidden('The identity is not verified');
    const rows = identities.makePrimary(account, userId, id, actorOf(req, res));
    sendJson(res, 200, { identities: rows.map((identity) => wireIdentity(identity, base)) });
  }

  /** An empty text, as the vendor's description has it. */
  function requestVerification(req: Request, res: Response): void {
    identities.requestVerification(scopeOf(res).account, ...ids(req, 'user_identities/request_verification'), actorOf(req, res));
    sendJson(res, 200, '');
  }

  function remove(req: Request, res: Response): void {
    const [userId, id] = ids(req, 'user_identities/destroy');
    guard(res, userId);
    identities.delete(scopeOf(res).account, userId, id, actorOf(req, res));
    res.status(204).end();
  }
}

function ids(req: Request, action: string): [userId: number, id: number] {
  return [idOf(req, 'user_id', action), idOf(req, 'user_identity_id', action)];
}

/** Whoever it is, they speak for themselves here. */
const themselves: RequestHandler = (req, res, next) => {
  const principal = principalOf(res);
  if (principal.kind !== 'token' || String(principal.userId) !== req.params['user_id']) throw forbidden();
  next();
};
