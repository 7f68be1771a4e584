import type { Request } from 'express';
import type { Ticket, User } from '../entities.ts';
import type { Support } from '../index.ts';
import { wireCustomRole } from '../roles/wire.ts';
import { type Json, wireGroup, wireIdentity, wireOrganization, wireUser } from '../wire.ts';
import { queryOf } from './http.ts';

/** The words of `?include=`. */
export function includes(req: Request): Set<string> {
  const include = queryOf(req).get('include');
  return new Set(include ? include.split(',').map((word) => word.trim()) : []);
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

/** All organizations, groups and identities of the users, and the custom roles that they have (vendor article "Side-loading"). */
export function besideUsers(support: Support, scope: Scope, wanted: Set<string>, users: readonly User[]): Record<string, Json[]> {
  const { organizationMemberships, groupMemberships, identities } = support.people;
  const of = <Row>(list: (userId: number) => readonly Row[]): Row[] => users.flatMap(({ id }) => list(id));
  const where = (user_id: number): { where: { user_id: number } } => ({ where: { user_id } });
  const { account, base } = scope;
  return asked(wanted, {
    organizations: () => organizationsOf(support, scope, column(of((id) => organizationMemberships.list(account, where(id))), 'organization_id')), // prettier-ignore
    groups: () => groupsOf(support, scope, column(of((id) => groupMemberships.list(account, where(id))), 'group_id')), // prettier-ignore
    identities: () => of((id) => identities.list(account, id)).map((identity) => wireIdentity(identity, base)),
    roles: () => distinct(column(users, 'custom_role_id'), (id) => support.roles.get(account, id)).map((role) => wireCustomRole(support.roles, account, role)), // prettier-ignore
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
