import type { Request, Response, Router } from 'express';
import { DuplicateKeyError } from '../../../core/collection.ts';
import { forbidden, type OAuthClient, principalOf, sendJson } from '../../account/index.ts';
import { blank, invalidValue, recordNotFound, taken } from '../errors.ts';
import type { Support } from '../index.ts';
import { idOf, scopeOf } from '../routes/http.ts';
import { arrayListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { permit, type Shape } from '../routes/permit.ts';
import { wireClient } from './wire.ts';

const CLIENT: Shape = {
  name: 'text',
  identifier: 'text',
  kind: 'text',
  company: 'text',
  description: 'text',
  redirect_uri: 'tags',
  user_id: 'integer',
};

interface Written {
  name?: string | null;
  identifier?: string | null;
  kind?: string | null;
  company?: string | null;
  description?: string | null;
  redirect_uri?: readonly string[] | string | null;
  user_id?: number | null;
}

/** `/oauth/clients` (vendor reference "OAuth Clients"). */
export function oauthClientRoutes(router: Router, support: Support): void {
  const { accounts, core } = support.context;
  const { oauth } = accounts;

  router.get('/oauth/clients', (req, res) => list(req, res, oauth.clients(scopeOf(res).account)));

  /** The clients that the caller has let in. */
  router.get('/users/me/oauth/clients', (req, res) => {
    const { account } = scopeOf(res);
    const ids = new Set(oauth.tokens(account, { user_id: callerOf(res) }).map((token) => token.client_id));
    list(req, res, oauth.clients(account).filter((client) => ids.has(client.id))); // prettier-ignore
  });

  router.post('/oauth/clients', (req, res) => {
    const { account, base } = scopeOf(res);
    const draft = permit<Written>(res, req.body, 'client', CLIENT, 'oauth_clients/create');
    const checked = check(account, draft);
    const { name, identifier } = { name: checked.name ?? '', identifier: checked.identifier ?? '' };
    mayLend(res, draft.user_id ?? undefined);
    if (name === '') throw blank('name', 'Name');
    if (identifier === '') throw blank('identifier', 'Identifier');
    const client = kept(() =>
      oauth.createClient(account, support.context.ids(account)(), {
        ...checked,
        name,
        identifier,
        user_id: draft.user_id ?? callerOf(res),
      }),
    );
    const body = wireClient(client, base, true);
    res.set('Location', String(body['url']));
    sendJson(res, 201, { client: body });
  });

  router.get('/oauth/clients/:oauth_client_id', (req, res) => {
    sendJson(res, 200, { client: wireClient(one(req, res, 'show'), scopeOf(res).base) });
  });

  router.put('/oauth/clients/:oauth_client_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const client = one(req, res, 'update');
    const patch = check(account, permit<Written>(res, req.body, 'client', CLIENT, 'oauth_clients/update'));
    sendJson(res, 200, { client: wireClient(kept(() => oauth.updateClient(account, client, patch)), base) }); // prettier-ignore
  });

  router.delete('/oauth/clients/:oauth_client_id', (req, res) => {
    const { id } = one(req, res, 'destroy');
    core.store.transaction(() => oauth.deleteClient(scopeOf(res).account, id));
    res.status(204).end();
  });

  router.put('/oauth/clients/:oauth_client_id/generate_secret', (req, res) => {
    const { account, base } = scopeOf(res);
    const client = one(req, res, 'generate_secret');
    mayLend(res, client.user_id);
    sendJson(res, 200, { client: wireClient(oauth.renewSecret(account, client), base, true) });
  });

  function list(req: Request, res: Response, clients: readonly OAuthClient[]): void {
    const { base } = scopeOf(res);
    const spec = { key: 'clients', action: 'oauth_clients/index' };
    sendPage(req, res, spec, arrayListing(clients), (client) => wireClient(client, base));
  }

  function one(req: Request, res: Response, action: string): OAuthClient {
    const client = oauth.client(scopeOf(res).account, idOf(req, 'oauth_client_id', `oauth_clients/${action}`));
    if (!client) throw recordNotFound();
    return client;
  }

  /** What is written, without what it leaves alone. @throws ApiError 422 */
  function check(account: string, written: Written): Partial<Omit<OAuthClient, 'id' | 'secret' | 'user_id'>> {
    const { name, identifier, kind, company, description, redirect_uri: uris } = written;
    if (name !== undefined && !name?.trim()) throw blank('name', 'Name');
    if (identifier !== undefined && !identifier?.trim()) throw blank('identifier', 'Identifier');
    if (kind !== undefined && kind !== 'public' && kind !== 'confidential') throw invalidValue('kind', 'Kind', kind);
    const list = uris === undefined ? undefined : typeof uris === 'string' ? uris.split(/\s+/).filter((uri) => uri !== '') : (uris ?? []);
    const bad = list?.find((uri) => !URL.canParse(uri));
    if (bad !== undefined) throw invalidValue('redirect_uri', 'Redirect uri', bad);
    if (written.user_id !== undefined && written.user_id !== null && !support.users.get(account, written.user_id)?.active) {
      throw invalidValue('user_id', 'User', written.user_id);
    }
    return {
      ...(name ? { name: name.trim() } : {}),
      ...(identifier ? { identifier: identifier.trim() } : {}),
      ...(kind ? { kind } : {}),
      ...(company === undefined ? {} : { company }),
      ...(description === undefined ? {} : { description }),
      ...(list === undefined ? {} : { redirect_uri: list }),
    };
  }
}

/** @throws ApiError 422 when the identifier is taken */
function kept(write: () => OAuthClient): OAuthClient {
  try {
    return write();
  } catch (error) {
    if (error instanceof DuplicateKeyError) throw taken('identifier', 'Identifier');
    throw error;
  }
}

/** With its secret a client speaks for its user: admins may give that away, others their own voice only (inferred). @throws ApiError 403 */
function mayLend(res: Response, userId: number | undefined): void {
  const principal = principalOf(res);
  const isAdmin = principal.kind === 'token' && principal.role === 'admin';
  if (userId !== undefined && userId !== callerOf(res) && !isAdmin) throw forbidden();
}

/** The caller's id; the routes here are for nobody anonymous. */
function callerOf(res: Response): number {
  const principal = principalOf(res);
  return principal.kind === 'token' ? principal.userId : -1;
}
