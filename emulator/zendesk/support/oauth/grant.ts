import { createHash, timingSafeEqual } from 'node:crypto';
import type { Account, Lifetimes, OAuthClient, OAuthToken } from '../../account/index.ts';
import type { Support } from '../index.ts';
import { grantError } from './errors.ts';

/** Parameters of the token endpoint, as text whatever they came as. */
export type GrantRequest = Readonly<Record<string, string | undefined>>;

/** Seconds; both ends excluded (documented). */
const EXPIRES = { above: 300, below: 172_800 };
const REFRESH_EXPIRES = { above: 604_800, below: 7_776_000 };

type Grant = (support: Support, account: Account, client: OAuthClient, request: GrantRequest) => OAuthToken;

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
  client_credentials: byClientCredentials,
  password: byPassword,
};

/**
 * Exchanges what a client has for a token (vendor reference "Create Token for Grant Type"; RFC 6749, RFC 7636), all of it
 * in one transaction. @throws ApiError 400 and 401 in OAuth's own form
 */
export function grantToken(support: Support, account: Account, request: GrantRequest): OAuthToken {
  const type = request['grant_type'];
  if (!type) throw grantError('invalid_request', 'grant_type is required.');
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (!grant) throw grantError('unsupported_grant_type');
  const client = clientOf(support, account, request);
  return grant(support, account, client, request);
}

/** A confidential client shows its secret, a public one has none to show. */
function clientOf(support: Support, account: Account, request: GrantRequest): OAuthClient {
  const { oauth } = support.context.accounts;
  const client = oauth.clientNamed(account.name, request['client_id'] ?? '');
  if (!client) throw grantError('invalid_client');
  const secret = request['client_secret'];
  if (secret === undefined ? client.kind === 'confidential' : !same(secret, client.secret)) throw grantError('invalid_client');
  return client;
}

/** A code is good once, for 120 seconds, for the client and the address that it was made for. */
function byCode(support: Support, account: Account, client: OAuthClient, request: GrantRequest): OAuthToken {
  const { oauth } = support.context.accounts;
  const code = oauth.redeemable(account.name, client, required(request, 'code'));
  if (!code || request['redirect_uri'] !== code.redirect_uri) throw grantError('invalid_grant');
  if (code.challenge && !proves(request['code_verifier'], code.challenge)) throw grantError('invalid_grant');
  const lifetimes = lifetimesOf(request);
  return support.context.core.store.transaction(() => {
    const to = { client, userId: code.user_id, scopes: code.scopes };
    const token = oauth.grant(account.name, support.context.ids(account.name)(), to, lifetimes, true);
    oauth.redeemed(account.name, code, token.id);
    return token;
  });
}

/** The old pair is good no more (inferred). A narrower scope may be asked for (RFC 6749 §6). */
function byRefreshToken(support: Support, account: Account, client: OAuthClient, request: GrantRequest): OAuthToken {
  const { oauth } = support.context.accounts;
  const known = oauth.refreshable(account.name, client, required(request, 'refresh_token'));
  if (!known) throw grantError('invalid_grant');
  // The vendor's own example calls it `scopes` here.
  const asked = wordsOf(request['scope'] ?? request['scopes']);
  const scopes = asked.length === 0 ? known.scopes : asked.filter((scope) => known.scopes.includes(scope) || narrows(scope, known.scopes));
  const lifetimes = lifetimesOf(request);
  return support.context.core.store.transaction(() => {
    oauth.revoke(account.name, known.id);
    const to = { client, userId: known.user_id, scopes };
    return oauth.grant(account.name, support.context.ids(account.name)(), to, lifetimes, true);
  });
}

/** For confidential clients; the token speaks for the admin who made the client (documented). No refresh token (RFC 6749 §4.4.3). */
function byClientCredentials(support: Support, account: Account, client: OAuthClient, request: GrantRequest): OAuthToken {
  if (client.kind === 'public') throw grantError('unauthorized_client');
  const to = { client, userId: client.user_id, scopes: wordsOf(request['scope']) };
  return support.context.accounts.oauth.grant(account.name, support.context.ids(account.name)(), to, lifetimesOf(request), false);
}

/** Deprecated by the vendor: off unless the account takes passwords. */
function byPassword(support: Support, account: Account, client: OAuthClient, request: GrantRequest): OAuthToken {
  if (account.settings.apiPasswordAccess !== true) throw grantError('unauthorized_client', 'Password access is off for this account.');
  const { accounts } = support.context;
  const user = accounts.withPassword(account.name, required(request, 'username'), required(request, 'password'));
  if (!user?.active || user.suspended || !user.verified) throw grantError('invalid_grant');
  const to = { client, userId: user.id, scopes: wordsOf(request['scope']) };
  return accounts.oauth.grant(account.name, support.context.ids(account.name)(), to, lifetimesOf(request), true);
}

function required(request: GrantRequest, name: string): string {
  const value = request[name];
  if (!value) throw grantError('invalid_request', `${name} is required.`);
  return value;
}

/** @throws ApiError 400 for lifetimes outside the documented bounds */
function lifetimesOf(request: GrantRequest): Lifetimes {
  const expiresIn = seconds(request, 'expires_in', EXPIRES);
  const refreshExpiresIn = seconds(request, 'refresh_token_expires_in', REFRESH_EXPIRES);
  return { ...(expiresIn === undefined ? {} : { expiresIn }), ...(refreshExpiresIn === undefined ? {} : { refreshExpiresIn }) };
}

/** Whole seconds; the examples use the lower bound of refresh tokens itself, which the text excludes: it is let pass. */
function seconds(request: GrantRequest, name: string, { above, below }: { above: number; below: number }): number | undefined {
  const text = request[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < above || Number(text) > below) {
    throw grantError('invalid_request', `${name} must be a number of seconds from ${above} to ${below}.`);
  }
  return Number(text);
}

export function wordsOf(scope: string | undefined): string[] {
  return (scope ?? '').split(/\s+/).filter((word) => word !== '');
}

/** `tickets:read` is part of `read` and of `tickets`. */
function narrows(scope: string, held: readonly string[]): boolean {
  const [resource = '', access = ''] = scope.split(':');
  return access !== '' && (held.includes(access) || held.includes(resource));
}

/** RFC 7636 §4.6. */
function proves(verifier: string | undefined, challenge: { value: string; method: 'S256' | 'plain' }): boolean {
  if (verifier === undefined) return false;
  return same(challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'), challenge.value);
}

function same(a: string, b: string): boolean {
  const [given, known] = [Buffer.from(a), Buffer.from(b)];
  return given.length === known.length && timingSafeEqual(given, known);
}
