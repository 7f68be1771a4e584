import type { Principal } from '../../account/index.ts';
import type { TicketLimit } from '../access/ticket-visibility.ts';
import type { Field, Organization, Ticket, User } from '../entities.ts';

/** Whoever asks for requests: a signed-in user. */
export interface Viewer {
  readonly user: User;
  /** The organizations whose requests an end user sees: those that share them, or all of the user's own. */
  readonly organizations: readonly Organization[];
  /** Of an agent who does not get to see every ticket: which. */
  readonly sees?: (ticket: Ticket) => boolean;
  readonly limit?: TicketLimit;
}

/** Statuses of `/requests/open`; the others are solved (vendor article "Requests"). */
export const OPEN: readonly string[] = ['new', 'open', 'pending', 'hold'];

/**
 * Whose requests a member of organizations sees beside those of their own: of an organization that shares its tickets, and of
 * each when the user's `ticket_restriction` says so; the more permissive counts (vendor article "What is the difference
 * between ticket access at the organization level and user level").
 */
export function sharedWith({ ticket_restriction: own }: User, memberOf: readonly Organization[]): Organization[] {
  return memberOf.filter(({ shared_tickets }) => shared_tickets || own === 'organization');
}

/** Whether the user gets to see the ticket as a request: an end user only what is public and theirs, or shared with them. */
export function mayView({ user, organizations, sees }: Viewer, ticket: Ticket): boolean {
  if (user.role !== 'end-user') return sees?.(ticket) ?? true;
  return ticket.is_public && (isTheirs(user, ticket) || organizations.some(({ id }) => id === ticket.organization_id));
}

/** Whether who sees the request may say something on it: an organization shares its tickets with or without comments (same article). */
export function mayComment({ user, organizations }: Viewer, ticket: Ticket): boolean {
  if (user.role !== 'end-user' || isTheirs(user, ticket)) return true;
  return organizations.some(
    ({ id, shared_tickets, shared_comments }) => id === ticket.organization_id && shared_tickets && shared_comments,
  );
}

function isTheirs({ id }: User, { requester_id, email_cc_ids }: Ticket): boolean {
  return requester_id === id || email_cc_ids.includes(id);
}

/**
 * Whether the user may mark the request as solved: its requester, while it is assigned to an agent and not a problem
 * (documented).
 */
export function canSolve(ticket: Ticket, userId: number | null): boolean {
  const solvable = ticket.assignee_id !== null && ticket.type !== 'problem' && OPEN.includes(ticket.status);
  return solvable && ticket.requester_id === userId;
}

/** Custom fields that end users see, or may fill in: neither unless it was said of the field. */
export function portalFields(fields: readonly Field[], may: 'visible_in_portal' | 'editable_in_portal' = 'visible_in_portal'): Field[] {
  return fields.filter(({ display }) => display?.[may] === true);
}

export function userIdOf(principal: Principal): number | null {
  return principal.kind === 'token' ? principal.userId : null;
}
