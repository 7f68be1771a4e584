import type { Principal } from '../../account/index.ts';
import type { Field, Organization, Ticket, User } from '../entities.ts';

/** Whoever asks for requests: a signed-in user. */
export interface Viewer {
  readonly user: User;
  /** The user's organization, when its members share tickets. */
  readonly shared: Organization | undefined;
  /** Of an agent who does not get to see every ticket: which. */
  readonly sees?: (ticket: Ticket) => boolean;
}

/** Statuses of `/requests/open`; the others are solved (vendor article "Requests"). */
export const OPEN: readonly string[] = ['new', 'open', 'pending', 'hold'];

/** Whether the user gets to see the ticket as a request: an end user only what is public and theirs, or shared with them. */
export function mayView({ user, shared, sees }: Viewer, ticket: Ticket): boolean {
  if (user.role !== 'end-user') return sees?.(ticket) ?? true;
  if (!ticket.is_public) return false;
  return ticket.requester_id === user.id || ticket.email_cc_ids.includes(user.id) || ticket.organization_id === shared?.id;
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
