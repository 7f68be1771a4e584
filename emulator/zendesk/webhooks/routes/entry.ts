import type { Request, RequestHandler, Response } from 'express';
import { accountOf, type Accounts, endpointRateLimited, principalOf } from '../../account/index.ts';
import { notAllowed } from '../errors.ts';

/** Requests per minute, from headers of a developer account (recorded). */
const LIMITS = { webhooks: 100, 'webhooks-test': 20 } as const;

/** Counts against the API's own limit, which its `X-Rate-Limit` headers show instead of the account's. */
export function limited(accounts: Accounts, bucket: keyof typeof LIMITS): RequestHandler {
  return (_req, res, next) => {
    const account = accountOf(res);
    const rate = accounts.limiter.take(account.name, bucket, LIMITS[bucket]);
    res.set({ 'X-Rate-Limit': String(rate.limit), 'X-Rate-Limit-Remaining': String(rate.remaining) });
    if (rate.exceeded && account.settings.rateLimits !== false) throw endpointRateLimited('Too many requests', rate.resetSeconds);
    next();
  };
}

/** Webhooks are for admins (documented). */
export function adminsOnly(): RequestHandler {
  return (_req, res, next) => {
    const principal = principalOf(res);
    if (principal.kind !== 'token' || principal.role !== 'admin') throw notAllowed();
    next();
  };
}

export function userOf(res: Response): number | null {
  const principal = principalOf(res);
  return principal.kind === 'token' ? principal.userId : null;
}

/** The query with brackets decoded, whatever query parser the application has. */
export function queryOf(req: Request): URLSearchParams {
  const mark = req.url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : req.url.slice(mark));
}
