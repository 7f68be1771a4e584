import type { Request, Router } from 'express';
import { principalOf, type SignedIn } from '../../account/index.ts';
import { forbidden } from '../errors.ts';
import type { Support } from '../index.ts';
import { idsIn, queryOf, scopeOf } from '../routes/http.ts';
import { isObject, numberOf } from '../routes/permit.ts';

/**
 * Refuses (403, inferred) what names a ticket that the agent does not get to see: everything below
 * `/tickets/{ticket_id}`, and what is done to many tickets at once. Most callers see all, and pay nothing.
 */
export function guardTickets(router: Router, support: Support): void {
  router.param('ticket_id', (_req, res, next, id: string) => {
    const principal = principalOf(res);
    if (principal.kind === 'token' && principal.ticketRestriction !== undefined) expectSeen(scopeOf(res).account, principal, idsIn(id));
    next();
  });

  router.use((req, res, next) => {
    const principal = principalOf(res);
    if (
      principal.kind === 'token' &&
      principal.ticketRestriction !== undefined &&
      req.method !== 'GET' &&
      /^\/(?:deleted_)?tickets\/./.test(req.path)
    ) {
      expectSeen(scopeOf(res).account, principal, idsNamed(req));
    }
    next();
  });

  function expectSeen(account: string, principal: SignedIn, ids: readonly number[]): void {
    for (const id of ids) {
      // Deleted ones too: to restore is to see.
      const ticket = support.context.collections.tickets.get(account, id);
      if (ticket && !support.visibility.sees(account, principal, ticket)) throw forbidden();
    }
  }
}

/** The tickets of `?ids=`, of `{"tickets": [{"id": …}]}` and of `{"ids": […]}`. */
function idsNamed(req: Request): number[] {
  const body: Record<string, unknown> = isObject(req.body) ? req.body : {};
  const { tickets, ids } = body;
  const items = Array.isArray(tickets) ? tickets.map((ticket: unknown) => (isObject(ticket) ? ticket['id'] : undefined)) : [];
  const sources: unknown[] = Array.isArray(ids) ? ids : [];
  const written = [...items, ...sources].map(numberOf).filter(Number.isSafeInteger);
  return [...idsIn(queryOf(req).get('ids') ?? ''), ...written];
}
