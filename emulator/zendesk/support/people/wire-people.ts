import type { GroupMembership } from '../entities.ts';
import type { Json } from '../wire.ts';
import type { OrganizationMembership, OrganizationMerge, OrganizationSubscription } from './entities.ts';

const url = (base: string, path: string): string => `${base}/api/v2/${path}.json`;

export function wireGroupMembership(membership: GroupMembership, base: string): Json {
  const { id, user_id, group_id, created_at, updated_at } = membership;
  return { url: url(base, `group_memberships/${id}`), id, user_id, group_id, default: membership.default, created_at, updated_at };
}

/** `default` is true or null, never false (documented). `view_tickets`: whether the user sees all of the organization's. */
export function wireOrganizationMembership(
  membership: OrganizationMembership,
  about: { readonly organizationName: string; readonly viewTickets: boolean },
  base: string,
): Json {
  const { id, user_id, organization_id, created_at, updated_at } = membership;
  return {
    url: url(base, `organization_memberships/${id}`),
    id,
    user_id,
    organization_id,
    default: membership.default ? true : null,
    organization_name: about.organizationName,
    created_at,
    updated_at,
    view_tickets: about.viewTickets,
  };
}

export function wireOrganizationSubscription({ id, organization_id, user_id, created_at }: OrganizationSubscription): Json {
  return { id, organization_id, user_id, created_at };
}

export function wireOrganizationMerge({ id, loser_id, winner_id, status }: OrganizationMerge, base: string): Json {
  return { id, url: url(base, `organization_merges/${id}`), winner_id, loser_id, status };
}
