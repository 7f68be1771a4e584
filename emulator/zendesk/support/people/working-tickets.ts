import type { TicketPatch } from '../drafts.ts';
import type { Actor, Status } from '../entities.ts';
import type { Support } from '../index.ts';
import type { TicketService } from '../tickets/tickets.ts';
import type { PeopleTies } from './members.ts';

type Where = Partial<Record<'assignee_id' | 'requester_id' | 'group_id' | 'organization_id', number>>;

const WORKING: readonly Status[] = ['new', 'open', 'pending', 'hold'];

/**
 * Tickets let go of whom they are tied to: working ones of the agent who leaves their group, or whose requester leaves
 * their organization (vendor articles "Group memberships" and "Organization memberships", Delete), those of an agent who is
 * deleted or made an end user (inferred), and all of a group that is deleted but closed ones, which cannot change. Zendesk does it by a job,
 * Ringback at once (inferred).
 */
export function releaseTickets(tickets: TicketService, { users, groups }: Pick<Support, 'users' | 'groups'>, ties: PeopleTies): void {
  const change = (account: string, where: Where, patch: TicketPatch, { userId }: Actor, statuses: readonly Status[]): void => {
    for (const ticket of tickets.list(account, { where }))
      if (statuses.includes(ticket.status)) tickets.update(account, ticket.id, patch, { userId, via: 'system' });
  };
  ties.groups.onLeft = (account, { user_id, group_id }, actor) =>
    change(account, { assignee_id: user_id, group_id }, { assignee_id: null }, actor, WORKING);
  ties.organizations.onLeft = (account, { user_id, organization_id }, actor) =>
    change(account, { requester_id: user_id, organization_id }, { organization_id: null }, actor, WORKING);
  users.onLeaving = (account, { id, role }, actor) => {
    if (role !== 'end-user') change(account, { assignee_id: id }, { assignee_id: null }, actor, WORKING);
  };
  // A ticket without group has no assignee (vendor article "Groups").
  groups.onDelete = (account, group_id, actor) =>
    change(account, { group_id }, { group_id: null, assignee_id: null }, actor, [...WORKING, 'solved']);
}
