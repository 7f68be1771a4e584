import type { RequestHandler, Response } from 'express';
import type { AccountService } from './accounts.ts';
import type { Account } from './entities.ts';
import { accountRateLimited, notAuthenticated } from './errors.ts';
import { accountOf, localsOf } from './locals.ts';
import { requestsPerMinute } from './plans.ts';

/**
 * First middleware of every router under `/api/v2`: path without `.json` and extra slashes, common headers, the
 * account's rate limit, authentication. Several routers may use it; it acts once per request.
 */
export function entry(accounts: AccountService): RequestHandler {
  return (req, res, next) => {
    const locals = localsOf(res);
    if (locals.principal) return next();
    const account = accountOf(res);
    const { clock } = accounts.core;
    const startedAt = locals.startedAt ?? clock.monotonic();
    locals.runtime = () => (clock.monotonic() - startedAt) / 1000;
    req.url = plainUrl(req.url);
    commonHeaders(accounts, res);
    takeRate(accounts, account, res);
    const principal = accounts.principal(account, req.headers.authorization);
    const aboutMe = req.method === 'GET' && /^\/users\/me(?:\?|$)/.test(req.url);
    const lenient = aboutMe && account.settings.usersMeWithWrongCredentials === 'anonymous';
    if (!principal && !lenient) throw notAuthenticated();
    if (principal?.kind === 'anonymous' && !aboutMe) throw notAuthenticated();
    locals.principal = principal ?? { kind: 'anonymous' };
    next();
  };
}

/** `/tickets//33/comments.json/?a=b` is `/tickets/33/comments?a=b`: every route works with and without the suffix. */
export function plainUrl(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const plain = path
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\.json$/, '');
  return (plain || '/') + (mark < 0 ? '' : url.slice(mark));
}

const COMMON = Object.entries({
  'x-zendesk-api-version': 'v2',
  'x-zendesk-origin-server': 'ringback',
  'cache-control': 'max-age=0, private, must-revalidate',
  'x-frame-options': 'SAMEORIGIN',
  'strict-transport-security': 'max-age=31536000;',
});

/** With Node's own `setHeader`: Express's `set` does more with each, and there are eleven on every answer. */
function commonHeaders(accounts: AccountService, res: Response): void {
  res.removeHeader('X-Powered-By');
  for (const [name, value] of COMMON) res.setHeader(name, value);
  res.setHeader('x-request-id', accounts.core.ids.uuid());
}

function takeRate(accounts: AccountService, account: Account, res: Response): void {
  const rate = accounts.limiter.take(account.name, 'account', requestsPerMinute(account.plan));
  const [limit, remaining] = [String(rate.limit), String(rate.remaining)];
  res.setHeader('X-Rate-Limit', limit);
  res.setHeader('X-Rate-Limit-Remaining', remaining);
  res.setHeader('ratelimit-limit', limit);
  res.setHeader('ratelimit-remaining', remaining);
  res.setHeader('ratelimit-reset', String(rate.resetSeconds));
  if (rate.exceeded && account.settings.rateLimits !== false) throw accountRateLimited(rate.resetSeconds);
}
