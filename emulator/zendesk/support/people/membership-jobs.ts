import type { Actor } from '../entities.ts';
import type { Job } from '../jobs/job.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { Membership } from './members.ts';
import type { MembershipDraft, MembershipService } from './memberships.ts';

export interface MembershipJobs {
  readonly create: (account: string, drafts: readonly MembershipDraft[], actor: Actor) => Job;
  readonly destroy: (account: string, names: readonly { readonly id: number }[], actor: Actor) => Job;
}

/** Memberships in bulk; titles and results follow those of tickets (inferred). */
export function membershipJobs<Row extends Membership>(
  jobs: JobService,
  memberships: MembershipService<Row>,
  title: 'Group' | 'Organization',
): MembershipJobs {
  return {
    create: jobs.define<MembershipDraft>({
      title: `Bulk Create ${title} Membership`,
      run: (account, draft, actor, index) => ({ index, id: memberships.create(account, draft, actor).id, status: 'Created' }),
      about: () => ({ status: 'Failed' }),
    }),
    destroy: jobs.define<{ readonly id: number }>({
      title: `Bulk Delete ${title} Membership`,
      run: (account, { id }, actor) => {
        memberships.delete(account, id, actor);
        return { action: 'delete', status: 'Deleted', success: true, id };
      },
      about: ({ id }) => ({ action: 'delete', status: 'Failed', id }),
    }),
  };
}
