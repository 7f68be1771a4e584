import type { Request, RequestHandler } from 'express';
import { operations, principalOf, RouteTable } from '../../account/index.ts';
import type { Support } from '../index.ts';
import { queryOf } from '../routes/http.ts';
import { type EndpointLimit, takeEndpoint } from '../routes/limits.ts';

interface TableLimit extends EndpointLimit {
  /** Lines of `METHOD… /path`. */
  readonly of: string;
  /** What is counted apart: each record that the path names, or that for each caller. */
  readonly per?: 'record' | 'caller and record';
  /** Only offset pages beyond this one count. */
  readonly beyondPage?: number;
}

const MINUTE = 60;
const list = { windowSeconds: MINUTE, title: 'Too many requests to list' };
const update = { windowSeconds: MINUTE, title: 'Too many requests to update' };
const remove = { windowSeconds: MINUTE, title: 'Too many requests to delete' };
const view = { windowSeconds: MINUTE, title: 'Too many requests to execute' };
const search = { windowSeconds: MINUTE, title: 'Too many requests to search' };

/**
 * Limits of single endpoints (vendor article "Rate limits", and "Rate limit" of the endpoints themselves). Names as in
 * `Zendesk-RateLimit-{name}`: recorded are `tickets-index`, `tickets-update`, `per-ticket-updates`, `tags-index` and
 * `deleted-tickets-destroy`, the others are inferred from them.
 */
const LIMITS: readonly TableLimit[] = [
  { name: 'tickets-index', of: 'GET /tickets', limit: 100, highVolume: 300, trialOnly: true, ...list },
  { name: 'tickets-index-deep', of: 'GET /tickets', limit: 50, beyondPage: 500, ...list },
  { name: 'tickets-update', of: 'PUT /tickets/{id}', limit: 100, trialLimit: 20, highVolume: 300, ...update },
  { name: 'per-ticket-updates', of: 'PUT /tickets/{id}', limit: 30, per: 'caller and record', ...update, windowSeconds: 10 * MINUTE },
  { name: 'tickets-destroy', of: 'DELETE /tickets/{id}', limit: 400, ...remove },
  { name: 'ticket-audits-index', of: 'GET /tickets/{id}/audits', limit: 500, ...list },
  { name: 'deleted-tickets-index', of: 'GET /deleted_tickets', limit: 10, ...list },
  { name: 'deleted-tickets-index-deep', of: 'GET /deleted_tickets', limit: 5, beyondPage: 100, ...list },
  { name: 'deleted-tickets-destroy', of: 'DELETE /deleted_tickets/{id}', limit: 1_000, ...remove },
  { name: 'deleted-tickets-destroy-many', of: 'DELETE /deleted_tickets/destroy_many', limit: 300, ...remove },
  { name: 'users-update', of: 'PUT /users/{id}', limit: 5, per: 'record', ...update },
  { name: 'users-update-account', of: 'PUT /users/{id}\nPOST /users/create_or_update', limit: 1, ...update, windowSeconds: 1 },
  { name: 'deleted-users-destroy', of: 'DELETE /deleted_users/{id}', limit: 700, ...remove, windowSeconds: 10 * MINUTE },
  { name: 'users-search', of: 'GET /users/search', limit: 2_500, ...search },
  { name: 'organizations-update', of: 'PUT /organizations/{id}', limit: 5, per: 'record', ...update },
  { name: 'ticket-fields-index', of: 'GET /ticket_fields', limit: 300, trialLimit: 20, ...list },
  { name: 'ticket-field-options-update', of: 'POST /ticket_fields/{id}/options', limit: 100, ...update },
  { name: 'tags-index', of: 'GET /tags', limit: 2_000, trialLimit: 100, ...list },
  { name: 'search-index', of: 'GET /search\nGET /search/count', limit: 2_500, ...search },
  { name: 'search-export', of: 'GET /search/export', limit: 100, ...search },
  {
    name: 'incremental-exports',
    of: 'GET /incremental/**',
    limit: 10,
    highVolume: 30,
    windowSeconds: MINUTE,
    title: 'Too many requests to export',
  },
  {
    name: 'incremental-exports-sample',
    of: 'GET /incremental/*/sample',
    limit: 10,
    windowSeconds: 20 * MINUTE,
    title: 'Too many requests to export',
  },
  { name: 'views-execute', of: 'GET /views/{id}/execute\nGET /views/{id}/count', limit: 5, per: 'caller and record', ...view },
  { name: 'views-preview', of: 'POST /views/preview', limit: 5, per: 'caller and record', ...view },
  { name: 'views-count-many', of: 'GET /views/count_many', limit: 6, per: 'caller and record', ...view, windowSeconds: 5 * MINUTE },
  {
    name: 'suspended-tickets-export',
    of: 'POST /suspended_tickets/export',
    limit: 1,
    windowSeconds: MINUTE,
    title: 'Too many requests to export',
  },
];

/** Limits of `create_or_update` for what is there already: only the body tells which record. */
export const USER_UPDATE: EndpointLimit = { name: 'users-update', limit: 5, ...update };
export const ORGANIZATION_UPDATE: EndpointLimit = { name: 'organizations-update', limit: 5, ...update };

/** Counts each request against the limits of its endpoint. Mounted behind the account's own limit. */
export function limitEndpoints(support: Support): RequestHandler {
  const table = tableOf(LIMITS);
  return (req, res, next) => {
    const limits = table.find(req.method, req.path);
    if (limits) {
      for (const limit of limits) {
        if (limit.beyondPage !== undefined && !(Number(queryOf(req).get('page')) > limit.beyondPage)) continue;
        takeEndpoint(support, res, limit, subjectOf(limit, req, principalOf(res)));
      }
    }
    next();
  };
}

function tableOf(limits: readonly TableLimit[]): RouteTable<readonly TableLimit[]> {
  const byOperation = new Map<string, TableLimit[]>();
  for (const limit of limits) {
    for (const operation of operations(limit.of)) byOperation.set(operation, [...(byOperation.get(operation) ?? []), limit]);
  }
  const table = new RouteTable<readonly TableLimit[]>();
  for (const [operation, its] of byOperation) table.add(operation, its);
  return table;
}

function subjectOf({ per }: TableLimit, req: Request, principal: ReturnType<typeof principalOf>): string {
  if (per === undefined) return '';
  const record = /\/(\d+)(?:\/|$)/.exec(req.path)?.[1] ?? '';
  return per === 'record' ? record : `${principal.kind === 'token' ? principal.userId : ''}/${record}`;
}
