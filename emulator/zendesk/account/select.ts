import type { Request, RequestHandler } from 'express';
import type { AccountService } from './accounts.ts';
import { sendError } from './answer.ts';
import { noHelpDesk } from './errors.ts';
import { localsOf } from './locals.ts';

const BY_PATH = /^\/zendesk\/([^/?]+)(?=\/|\?|$)/;
const BY_HOST = /^([a-z0-9-]+)\.zendesk\.com(?::\d+)?$/i;

/**
 * Finds the account by path (`/zendesk/{subdomain}/…`, taken off the URL) or by Host (`{subdomain}.zendesk.com`); the subdomains
 * and hosts of its brands name an account too. A subdomain that nobody has is answered like Zendesk does; a request that
 * names none goes on without an account.
 */
export function select(accounts: AccountService): RequestHandler {
  return (req, res, next) => {
    const byPath = BY_PATH.exec(req.url);
    const host = req.headers.host ?? '';
    const subdomain = byPath?.[1] ?? BY_HOST.exec(host)?.[1];
    if (localsOf(res).account) return next();
    const name = (subdomain ?? host.replace(/:\d+$/, '')).toLowerCase();
    const own = subdomain === undefined ? undefined : accounts.get(name);
    const brand = own ? undefined : accounts.brandHosts(name);
    const account = own ?? (brand && accounts.get(brand.account));
    if (!account && subdomain === undefined) return next();
    const locals = localsOf(res);
    locals.startedAt = accounts.core.clock.monotonic();
    locals.originalPath = req.url;
    if (!account) return sendError(res, noHelpDesk(name));
    locals.account = account;
    if (brand) locals.brandId = brand.brandId;
    locals.base = byPath ? `${origin(req) ?? accounts.baseUrl}/zendesk/${name}` : (origin(req) ?? accounts.url(name));
    if (byPath) req.url = req.url.slice(byPath[0].length).replace(/^(?!\/)/, '/');
    next();
  };
}

function origin(req: Request): string | undefined {
  return req.headers.host === undefined ? undefined : `${req.protocol}://${req.headers.host}`;
}
