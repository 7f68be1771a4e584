import type { Collection } from '../../../core/collection.ts';
import type { Store } from '../../../core/store.ts';
import type { OrganizationMembership, OrganizationMerge, OrganizationSubscription } from './entities.ts';

export interface PeopleCollections {
  readonly organizationMemberships: Collection<OrganizationMembership>;
  readonly organizationSubscriptions: Collection<OrganizationSubscription>;
  readonly organizationMerges: Collection<OrganizationMerge>;
}

const ofUserAndOrganization = {
  user_id: (row: { user_id: number }): number => row.user_id,
  organization_id: (row: { organization_id: number }): number => row.organization_id,
};

export function openPeopleCollections(store: Store): PeopleCollections {
  return {
    organizationMemberships: store.collection<OrganizationMembership>({
      name: 'organization_memberships',
      key: (membership) => membership.id,
      indexes: ofUserAndOrganization,
    }),
    organizationSubscriptions: store.collection<OrganizationSubscription>({
      name: 'organization_subscriptions',
      key: (subscription) => subscription.id,
      indexes: ofUserAndOrganization,
    }),
    organizationMerges: store.collection<OrganizationMerge>({
      name: 'organization_merges',
      key: (merge) => merge.id,
      indexes: {
        loser_id: (merge) => merge.loser_id,
        winner_id: (merge) => merge.winner_id,
        open: (merge) => (merge.status === 'complete' || merge.status === 'error' ? 0 : 1),
      },
    }),
  };
}
