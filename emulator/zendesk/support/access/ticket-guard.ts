import type { Router } from 'express';
import { principalOf } from '../../account/index.ts';
import { forbidden } from '../errors.ts';
import type { Support } from '../index.ts';
import { scopeOf } from '../routes/http.ts';

/** Everything below `/tickets/{ticket_id}` is refused (403, inferred) to agents who do not get to see the ticket. */
export function guardTickets(router: Router, support: Support): void {
  router.param('ticket_id', (_req, res, next, id: string) => {
    const principal = principalOf(res);
    if (principal.kind !== 'token' || principal.ticketRestriction === undefined) return next();
    const { account } = scopeOf(res);
    const ticket = /^\d{1,16}$/.test(id) ? support.tickets.get(account, Number(id)) : undefined;
    if (ticket && !support.visibility.sees(account, principal, ticket)) throw forbidden();
    next();
  });
}
