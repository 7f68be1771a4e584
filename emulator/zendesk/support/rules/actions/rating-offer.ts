import type { Ticket } from '../../entities.ts';
import type { Action } from '../entities.ts';

/** The action that asks the requester for a rating; `offered` is all that it can be (vendor article "Actions reference"). */
export const OFFER_FIELD = 'satisfaction_score';
export const OFFERED = 'offered';

/** The ticket as the action leaves it: one that was offered a rating, or has one, stays as it is (inferred). */
export function withOffer(ticket: Ticket, { field }: Action): Ticket {
  return field !== OFFER_FIELD || ticket.satisfaction ? ticket : { ...ticket, satisfaction: { score: OFFERED } };
}
