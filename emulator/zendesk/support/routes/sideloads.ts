import type { Request } from 'express';
import type { Ticket, User } from '../entities.ts';
import type { Support } from '../index.ts';
import { type Json, wireGroup, wireOrganization, wireUser } from '../wire.ts';
import { queryOf } from './http.ts';

/** The words of `?include=`. */
export function includes(req: Request): Set<string> {
  return new Set((queryOf(req).get('include') ?? '').split(',').map((word) => word.trim()));
}

type Scope = { account: string; base: string };

/** What stands beside tickets: users, groups and organizations that they name. */
export function besideTickets(support: Support, scope: Scope, wanted: Set<string>, tickets: readonly Ticket[]): Record<string, Json[]> {
  const userIds = tickets.flatMap((ticket) => [
    ticket.requester_id,
    ticket.submitter_id,
    ticket.assignee_id,
    ...ticket.email_cc_ids,
    ...ticket.follower_ids,
  ]);
  return {
    ...(wanted.has('users') ? { users: usersOf(support, scope, userIds) } : {}),
    ...(wanted.has('groups')
      ? {
          groups: groupsOf(
            support,
            scope,
            tickets.map((ticket) => ticket.group_id),
          ),
        }
      : {}),
    ...(wanted.has('organizations')
      ? {
          organizations: organizationsOf(
            support,
            scope,
            tickets.map((ticket) => ticket.organization_id),
          ),
        }
      : {}),
  };
}

export function besideUsers(support: Support, scope: Scope, wanted: Set<string>, users: readonly User[]): Record<string, Json[]> {
  return {
    ...(wanted.has('organizations')
      ? {
          organizations: organizationsOf(
            support,
            scope,
            users.map((user) => user.organization_id),
          ),
        }
      : {}),
    ...(wanted.has('groups')
      ? {
          groups: groupsOf(
            support,
            scope,
            users.map((user) => user.default_group_id),
          ),
        }
      : {}),
  };
}

export function usersOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  const fields = support.fields.custom(account, 'user');
  return distinct(ids, (id) => support.users.get(account, id)).map((user) => wireUser(user, { base, fields }));
}

function organizationsOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  const fields = support.fields.custom(account, 'organization');
  return distinct(ids, (id) => support.organizations.get(account, id)).map((organization) =>
    wireOrganization(organization, { base, fields }),
  );
}

function groupsOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  return distinct(ids, (id) => support.groups.get(account, id)).map((group) => wireGroup(group, base));
}

function distinct<Entity>(ids: readonly (number | null)[], get: (id: number) => Entity | undefined): Entity[] {
  const known = [...new Set(ids)].map((id) => (id === null ? undefined : get(id)));
  return known.filter((entity): entity is Entity & {} => entity !== undefined);
}
