import type { OrganizationDraft, OrganizationPatch } from '../drafts.ts';
import type { Organization } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { OrganizationService } from './organizations.ts';

/** How a bulk call names an organization. */
export interface OrganizationName {
  readonly id?: number;
  readonly external_id?: string;
}

export interface OrganizationChange extends OrganizationName {
  readonly patch: OrganizationPatch;
}

/** Whom `create_or_update` updates: matched by id or external id, not by name (vendor article "Organizations"). */
export function knownOrganization(
  organizations: OrganizationService,
  account: string,
  { id, external_id }: { id?: number; external_id?: string | null },
): Organization | undefined {
  const byId = id ? organizations.get(account, id) : undefined;
  return byId ?? (external_id ? organizations.findByExternalId(account, String(external_id)) : undefined);
}

/** Organizations in bulk, as jobs; titles and results follow those of users (inferred). */
// The shape of the makers is what `JobService.define` gives.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function organizationJobs(jobs: JobService, organizations: OrganizationService) {
  const failed = (action: string) => (name: OrganizationName) => ({ action, status: 'Failed', ...(name.id ? { id: name.id } : {}) });
  const named = (account: string, name: OrganizationName): number => {
    const known = knownOrganization(organizations, account, name);
    if (!known) throw recordNotFound();
    return known.id;
  };
  return {
    create: jobs.define<OrganizationDraft>({
      title: 'Bulk Create Organization',
      run: (account, draft, actor, index) => ({ index, id: organizations.create(account, draft, actor).id, status: 'Created' }),
      about: () => ({ status: 'Failed' }),
    }),
    update: jobs.define<OrganizationChange>({
      title: 'Bulk Update Organization',
      run: (account, change, actor) => {
        const { id } = organizations.update(account, named(account, change), change.patch, actor);
        return { action: 'update', status: 'Updated', success: true, id };
      },
      about: failed('update'),
    }),
    destroy: jobs.define<OrganizationName>({
      title: 'Bulk Delete Organization',
      run: (account, name, actor) => {
        const id = named(account, name);
        organizations.delete(account, id, actor);
        return { action: 'delete', status: 'Deleted', success: true, id };
      },
      about: failed('delete'),
    }),
  };
}
