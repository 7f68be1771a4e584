import type { Response } from 'express';
import { accountOf, endpointRateLimited } from '../../account/index.ts';
import type { Support } from '../index.ts';

/** Limits of single endpoints (vendor article "Rate limits"); trial accounts have lower ones. */
export interface EndpointLimit {
  /** As in `Zendesk-RateLimit-{name}`. */
  readonly name: string;
  readonly limit: number;
  readonly trialLimit?: number;
  readonly windowSeconds: number;
  readonly title: string;
  /** Only shown and enforced on trial accounts. */
  readonly trialOnly?: boolean;
}

export const TICKETS_INDEX: EndpointLimit = {
  name: 'tickets-index',
  limit: 100,
  windowSeconds: 60,
  title: 'Too many requests to list',
  trialOnly: true,
};
export const TICKETS_UPDATE: EndpointLimit = {
  name: 'tickets-update',
  limit: 100,
  trialLimit: 20,
  windowSeconds: 60,
  title: 'Too many requests to update',
};
export const PER_TICKET_UPDATES: EndpointLimit = {
  name: 'per-ticket-updates',
  limit: 30,
  windowSeconds: 600,
  title: 'Too many requests to update',
};
export const USER_UPDATE: EndpointLimit = { name: 'users-update', limit: 5, windowSeconds: 60, title: 'Too many requests to update' };
export const ORGANIZATION_UPDATE: EndpointLimit = {
  name: 'organizations-update',
  limit: 5,
  windowSeconds: 60,
  title: 'Too many requests to update',
};
export const TICKET_FIELDS_INDEX: EndpointLimit = {
  name: 'ticket-fields-index',
  limit: 300,
  trialLimit: 20,
  windowSeconds: 60,
  title: 'Too many requests to list',
};
export const USERS_SEARCH: EndpointLimit = { name: 'users-search', limit: 2_500, windowSeconds: 60, title: 'Too many requests to search' };
export const SEARCH: EndpointLimit = { name: 'search-index', limit: 2_500, windowSeconds: 60, title: 'Too many requests to search' };
export const SEARCH_EXPORT: EndpointLimit = { name: 'search-export', limit: 100, windowSeconds: 60, title: 'Too many requests to search' };
export const INCREMENTAL: EndpointLimit = {
  name: 'incremental-exports',
  limit: 10,
  windowSeconds: 60,
  title: 'Too many requests to export',
};

/** Counts against an endpoint's limit and shows it. @throws ApiError 429 unless the account only shows its limits. */
export function takeEndpoint(support: Support, res: Response, endpoint: EndpointLimit, subject: string | number = ''): void {
  const { name: account, settings } = accountOf(res);
  const trial = settings.trial === true;
  if (endpoint.trialOnly && !trial) return;
  const limit = trial ? (endpoint.trialLimit ?? endpoint.limit) : endpoint.limit;
  const rate = support.context.accounts.limiter.take(account, `${endpoint.name}:${subject}`, limit, endpoint.windowSeconds);
  res.set(`Zendesk-RateLimit-${endpoint.name}`, `total=${limit}; remaining=${rate.remaining}; resets=${rate.resetSeconds}`);
  if (rate.exceeded && settings.rateLimits !== false) throw endpointRateLimited(endpoint.title, rate.resetSeconds);
}
