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
  const people = (ticket: Ticket): (number | null)[] => [
    ticket.requester_id,
    ticket.submitter_id,
    ticket.assignee_id,
    ...ticket.email_cc_ids,
    ...ticket.follower_ids,
  ];
  return asked(wanted, {
    users: () => usersOf(support, scope, tickets.flatMap(people)),
    groups: () => groupsOf(support, scope, column(tickets, 'group_id')),
    organizations: () => organizationsOf(support, scope, column(tickets, 'organization_id')),
  });
}

export function besideUsers(support: Support, scope: Scope, wanted: Set<string>, users: readonly User[]): Record<string, Json[]> {
  return asked(wanted, {
    organizations: () => organizationsOf(support, scope, column(users, 'organization_id')),
    groups: () => groupsOf(support, scope, column(users, 'default_group_id')),
  });
}

export function asked(wanted: Set<string>, makers: Readonly<Record<string, () => Json[]>>): Record<string, Json[]> {
  const chosen = Object.entries(makers).filter(([name]) => wanted.has(name));
  return Object.fromEntries(chosen.map(([name, make]) => [name, make()]));
}

function column<Name extends string>(rows: readonly Readonly<Record<Name, number | null>>[], name: Name): (number | null)[] {
  return rows.map((row) => row[name]);
}

export function usersOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  const fields = support.fields.custom(account, 'user');
  return distinct(ids, (id) => support.users.get(account, id)).map((user) => wireUser(user, { base, fields }));
}

export function organizationsOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  const fields = support.fields.custom(account, 'organization');
  return distinct(ids, (id) => support.organizations.get(account, id)).map((organization) =>
    wireOrganization(organization, { base, fields }),
  );
}

export function groupsOf(support: Support, { account, base }: Scope, ids: readonly (number | null)[]): Json[] {
  return distinct(ids, (id) => support.groups.get(account, id)).map((group) => wireGroup(group, base));
}

export function distinct<Entity>(ids: readonly (number | null)[], get: (id: number) => Entity | undefined): Entity[] {
  const known = [...new Set(ids)].map((id) => (id === null ? undefined : get(id)));
  return known.filter((entity): entity is Entity & {} => entity !== undefined);
}
