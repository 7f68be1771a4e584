import type { Request, Response, Router } from 'express';
import { type OAuthToken, principalOf, sendJson, type SignedIn } from '../../account/index.ts';
import { blank, forbidden, invalidAttribute, invalidValue, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { idOf, queryOf, scopeOf } from '../routes/http.ts';
import { arrayListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { permit, type Shape } from '../routes/permit.ts';
import { wireToken } from './wire.ts';

const TOKEN: Shape = { client_id: 'integer', scopes: 'tags' };

/** `/api/v2/oauth/tokens` (vendor reference "OAuth Tokens"). */
export function oauthTokenRoutes(router: Router, support: Support): void {
  const { oauth } = support.context.accounts;

  /** The caller's own, or everybody's with `all`; by client with `client_id` (documented). */
  router.get('/oauth/tokens', (req, res) => {
    const { account, base } = scopeOf(res);
    const query = queryOf(req);
    const client = query.get('client_id');
    if (client !== null && !/^\d{1,16}$/.test(client)) throw invalidAttribute('client_id', 'must be an integer', 'oauth_tokens/index');
    // No token is of a global client: there are none.
    const none = query.has('global_client_id');
    const rows = none
      ? []
      : oauth.tokens(account, {
          ...(query.get('all') === 'true' ? {} : { user_id: caller(res).userId }),
          ...(client === null ? {} : { client_id: Number(client) }),
        });
    sendPage(req, res, { key: 'tokens', action: 'oauth_tokens/index' }, arrayListing(rows), (token) => wireToken(token, base));
  });

  /** Any scopes are taken; those that do not exist open nothing (documented). */
  router.post('/oauth/tokens', (req, res) => {
    const { account, base } = scopeOf(res);
    const written = permit<{ client_id?: number | null; scopes?: readonly string[] | string | null }>(
      res,
      req.body,
      'token',
      TOKEN,
      'oauth_tokens/create',
    );
    if (written.client_id === undefined || written.client_id === null) throw blank('client_id', 'Client');
    const client = oauth.client(account, written.client_id);
    if (!client) throw invalidValue('client_id', 'Client', written.client_id);
    const scopes = typeof written.scopes === 'string' ? written.scopes.split(/\s+/) : (written.scopes ?? []);
    const token = oauth.issue(account, support.context.ids(account)(), { client, userId: caller(res).userId, scopes });
    const body = wireToken(token, base, true);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { token: body });
  });

  router.get('/oauth/tokens/current', (_req, res) => {
    sendJson(res, 200, { token: wireToken(current(res), scopeOf(res).base) });
  });

  router.delete('/oauth/tokens/current', (_req, res) => {
    oauth.revoke(scopeOf(res).account, current(res).id);
    res.status(204).end();
  });

  router.get('/oauth/tokens/:oauth_token_id', (req, res) => {
    sendJson(res, 200, { token: wireToken(one(req, res, 'show'), scopeOf(res).base) });
  });

  router.delete('/oauth/tokens/:oauth_token_id', (req, res) => {
    oauth.revoke(scopeOf(res).account, one(req, res, 'destroy').id);
    res.status(204).end();
  });

  /** The token with which the request was made. @throws ApiError 404 when it was made without one (inferred) */
  function current(res: Response): OAuthToken {
    const { oauthTokenId } = caller(res);
    const token = oauthTokenId === undefined ? undefined : oauth.token(scopeOf(res).account, oauthTokenId);
    if (!token) throw recordNotFound();
    return token;
  }

  /** @throws ApiError 404; others' tokens are for admins to see and revoke (inferred) */
  function one(req: Request, res: Response, action: string): OAuthToken {
    const token = oauth.token(scopeOf(res).account, idOf(req, 'oauth_token_id', `oauth_tokens/${action}`));
    const { role, userId } = caller(res);
    if (!token || (role !== 'admin' && token.user_id !== userId)) throw recordNotFound();
    return token;
  }
}

function caller(res: Response): SignedIn {
  const principal = principalOf(res);
  if (principal.kind === 'anonymous') throw forbidden();
  return principal;
}
