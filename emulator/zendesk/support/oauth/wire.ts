import type { OAuthClient, OAuthToken } from '../../account/index.ts';
import type { Json } from '../wire.ts';

/** What is shown of secrets and tokens once they were handed out (documented for tokens). */
const SHOWN = 10;

/** @param whole whether the secret is shown in full, as it is to whoever just made it (documented) */
export function wireClient(client: OAuthClient, base: string, whole = false): Json {
  return {
    id: client.id,
    url: `${base}/api/v2/oauth/clients/${client.id}.json`,
    name: client.name,
    identifier: client.identifier,
    company: client.company,
    description: client.description,
    kind: client.kind,
    global: false,
    logo_url: null,
    redirect_uri: client.redirect_uri,
    secret: whole ? client.secret : client.secret.slice(0, SHOWN),
    user_id: client.user_id,
    created_at: client.created_at,
    updated_at: client.updated_at,
  };
}

/** @param whole only the answer to a creation has the token in full, as `full_token` and `token` (inferred: both). */
export function wireToken(token: OAuthToken, base: string, whole = false): Json {
  return {
    id: token.id,
    url: `${base}/api/v2/oauth/tokens/${token.id}.json`,
    client_id: token.client_id,
    user_id: token.user_id,
    scopes: token.scopes,
    token: whole ? token.token : token.token.slice(0, SHOWN),
    ...(whole ? { full_token: token.token } : {}),
    refresh_token: token.refresh_token === null ? null : token.refresh_token.slice(0, SHOWN),
    created_at: token.created_at,
    expires_at: token.expires_at,
    refresh_token_expires_at: token.refresh_token_expires_at,
    used_at: token.used_at,
  };
}
