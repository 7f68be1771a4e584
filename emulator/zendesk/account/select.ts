import type { Request, RequestHandler } from 'express';
import type { AccountService } from './accounts.ts';
import { sendError } from './answer.ts';
import { noHelpDesk } from './errors.ts';
import { localsOf } from './locals.ts';

const BY_PATH = /^\/zendesk\/([^/?]+)(?=\/|\?|$)/;
const BY_HOST = /^([a-z0-9-]+)\.zendesk\.com(?::\d+)?$/i;

/**
 * Finds the account by path (`/zendesk/{subdomain}/…`, taken off the URL) or by Host (`{subdomain}.zendesk.com`).
 * A subdomain that nobody has is answered like Zendesk does; a request that names none goes on without an account.
 */
export function select(accounts: AccountService): RequestHandler {
  return (req, res, next) => {
    const byPath = BY_PATH.exec(req.url);
    const subdomain = byPath?.[1] ?? BY_HOST.exec(req.headers.host ?? '')?.[1];
    if (subdomain === undefined || localsOf(res).account) return next();
    const name = subdomain.toLowerCase();
    const account = accounts.get(name);
    const locals = localsOf(res);
    locals.startedAt = accounts.core.clock.monotonic();
    locals.originalPath = req.url;
    if (!account) return sendError(res, noHelpDesk(name));
    locals.account = account;
    locals.base = byPath ? `${origin(req) ?? accounts.baseUrl}/zendesk/${name}` : (origin(req) ?? accounts.url(name));
    if (byPath) req.url = req.url.slice(byPath[0].length).replace(/^(?!\/)/, '/');
    next();
  };
}

function origin(req: Request): string | undefined {
  return req.headers.host === undefined ? undefined : `${req.protocol}://${req.headers.host}`;
}
