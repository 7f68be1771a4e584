import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Core } from '../../core/core.ts';
import { AccountService } from './accounts.ts';
import { errorAnswers } from './answer.ts';
import type { Account, Principal } from './entities.ts';
import { entry } from './entry.ts';
import { httpJournal } from './http-journal.ts';
import { jsonBody } from './json-body.ts';
import { select } from './select.ts';

/** The accounts and the HTTP middlewares that every Zendesk room shares. */
export class Accounts extends AccountService {
  /** Mount first: finds the account by path or Host. */
  select(): RequestHandler {
    return select(this);
  }

  /** Mount after `select()`: journals every exchange. */
  httpJournal(): RequestHandler {
    return httpJournal(this);
  }

  /** First in each router under `/api/v2`: headers, rate limit, authentication (401). Acts once per request. */
  entry(): RequestHandler {
    return entry(this);
  }

  /** JSON bodies; what is no JSON ends in `errors()` as 422. */
  jsonBody(): RequestHandler {
    return jsonBody();
  }

  /** Last in the application: vendor errors, unreadable bodies, bugs. */
  errors(): ErrorRequestHandler {
    return errorAnswers(this.core, this.errorForms);
  }

  /** Undefined when credentials were sent and are wrong. */
  authenticate(account: Account, req: Pick<Request, 'headers'>): Principal | undefined {
    return this.principal(account, req.headers.authorization);
  }
}

export function createAccounts(core: Core): Accounts {
  return new Accounts(core);
}

export type { HttpExchange } from './http-journal.ts';
export type { Account, AccountDraft, AccountSettings, Identified, PlanName, Principal, SignedIn } from './entities.ts';
export { sendError, sendJson } from './answer.ts';
export { addHeader } from './answer-headers.ts';
export { accountRateLimited, ApiError, endpointRateLimited, forbidden, notAuthenticated, unreadableJson } from './errors.ts';
export { type AccessRule, type Audience, granted, operations, type RoleConfiguration } from './access/access.ts';
export { RouteTable } from './access/route-table.ts';
export { requiredScopes } from './access/scopes.ts';
export type { Lifetimes, OAuthClient, OAuthClientDraft, OAuthToken } from './oauth/entities.ts';
export type { SurfaceRow } from './surface.ts';
export { accountOf, baseOf, brandOf, hasAccount, principalOf } from './locals.ts';
export { lazily } from './lazily.ts';
export { sortedRouter } from './routing/sorted-router.ts';
export { isoNow, isoSeconds } from './time.ts';
