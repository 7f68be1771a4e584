import type { Request, RequestHandler, Response } from 'express';
import { type AccountService, signedIn } from './accounts.ts';
import { requiredScopes, scopesSuffice } from './access/scopes.ts';
import { addHeader } from './answer-headers.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import type { Account, Principal } from './entities.ts';
import { accountRateLimited, forbidden, invalidToken, notAuthenticated, scopesMissing } from './errors.ts';
import { accountOf, localsOf } from './locals.ts';
import { requestsPerMinute } from './plans.ts';

/**
 * First middleware of every router under `/api/v2`: path without `.json` and extra slashes, common headers, the
 * account's rate limit, authentication, and whether the caller's role and scopes allow the operation. Several routers
 * may use it; it acts once per request.
 */
export function entry(accounts: AccountService): RequestHandler {
  return (req, res, next) => {
    const locals = localsOf(res);
    if (locals.principal) return next();
    const account = accountOf(res);
    const { clock } = accounts.core;
    const startedAt = locals.startedAt ?? clock.monotonic();
    const runtime = (): number => (clock.monotonic() - startedAt) / 1000;
    locals.runtime = runtime;
    req.url = plainUrl(req.url);
    commonHeaders(accounts, res);
    if (req.method === 'OPTIONS') return answerPreflight(req, res);
    takeRate(accounts, account, res);
    const principal = identify(accounts, account, req);
    admit(accounts, principal, req, res);
    locals.principal = principal;
    next();
  };
}

/** @throws ApiError 401 for wrong credentials, 403 for somebody else's name without the scope for it. */
function identify(accounts: AccountService, account: Account, req: Request): Principal {
  const { authorization } = req.headers;
  const principal = accounts.principal(account, authorization);
  if (!principal) {
    const aboutMe = (req.method === 'GET' || req.method === 'HEAD') && req.path === '/users/me';
    if (aboutMe && account.settings.usersMeWithWrongCredentials === 'anonymous') return { kind: 'anonymous' };
    throw /^bearer\s/i.test(authorization ?? '') ? invalidToken() : notAuthenticated();
  }
  const who = req.headers['x-on-behalf-of'];
  // With an API token or a password the header is ignored (inferred): those name whom they speak for.
  if (typeof who !== 'string' || principal.kind === 'anonymous' || principal.scopes === undefined) return principal;
  if (!principal.scopes.includes('impersonate')) throw scopesMissing(['impersonate']);
  if (principal.role !== 'admin') throw forbidden();
  const user = accounts.impersonated(account.name, who.trim());
  if (!user) throw invalidToken();
  return { ...signedIn(user), scopes: principal.scopes, ...(principal.oauthTokenId ? { oauthTokenId: principal.oauthTokenId } : {}) };
}

/** @throws ApiError 401 for anonymous callers, 403 for roles and tokens that may not do this. */
function admit(accounts: AccountService, principal: Principal, req: Request, res: Response): void {
  const { path } = req;
  const rule = accounts.access.rule(req.method, path);
  if (principal.kind === 'anonymous') {
    if (rule.audience !== 'anyone') throw notAuthenticated();
    return allowOrigin(res);
  }
  if (principal.scopes) {
    allowOrigin(res);
    const required = requiredScopes(req.method, path);
    if (!scopesSuffice(principal.scopes, required)) throw scopesMissing(required);
  }
  if (!accounts.access.admits(rule, principal, path)) throw forbidden();
}

/** Letters, digits and marks that mean the same percent-encoded or not (RFC 3986 §6.2.2.2). */
const UNRESERVED = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi;

/**
 * `/tickets//33/comments.json/?a=b` is `/tickets/33/comments?a=b`: every route works with and without the suffix. What
 * need not be encoded is decoded, so that all who look at the path see the same one.
 */
export function plainUrl(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!path.includes('%') && !path.includes('//') && !path.endsWith('/') && !path.endsWith('.json')) return url;
  const plain = (path.includes('%') ? path.replace(UNRESERVED, decodeURIComponent) : path)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\.json$/, '');
  return (plain || '/') + (mark < 0 ? '' : url.slice(mark));
}

function commonHeaders(accounts: AccountService, res: Response): void {
  res.removeHeader('X-Powered-By');
  addHeader(res, 'x-zendesk-api-version', 'v2');
  addHeader(res, 'x-zendesk-origin-server', 'ringback');
  addHeader(res, 'cache-control', 'max-age=0, private, must-revalidate');
  addHeader(res, 'x-frame-options', 'SAMEORIGIN');
  addHeader(res, 'strict-transport-security', 'max-age=31536000;');
  addHeader(res, 'x-request-id', accounts.core.ids.uuid());
}

function takeRate(accounts: AccountService, account: Account, res: Response): void {
  const rate = accounts.limiter.take(account.name, 'account', requestsPerMinute(account.plan));
  const [limit, remaining] = [String(rate.limit), String(rate.remaining)];
  addHeader(res, 'X-Rate-Limit', limit);
  addHeader(res, 'X-Rate-Limit-Remaining', remaining);
  addHeader(res, 'ratelimit-limit', limit);
  addHeader(res, 'ratelimit-remaining', remaining);
  addHeader(res, 'ratelimit-reset', String(rate.resetSeconds));
  if (rate.exceeded && account.settings.rateLimits !== false) throw accountRateLimited(rate.resetSeconds);
}
