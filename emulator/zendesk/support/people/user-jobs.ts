import type { UserDraft, UserPatch } from '../drafts.ts';
import type { User } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { JobService } from '../jobs/jobs.ts';
import type { UserService } from './users.ts';

/** How a bulk call names a user. */
export interface UserName {
  readonly id?: number;
  readonly external_id?: string;
}

export interface UserChange extends UserName {
  readonly patch: UserPatch;
}

/** Whom `create_or_update` updates: matched by e-mail or external id, never by phone. */
export function knownUser(users: UserService, account: string, draft: UserDraft): User | undefined {
  const byEmail = draft.email ? users.findByEmail(account, draft.email) : undefined;
  return byEmail ?? (draft.external_id ? users.findByExternalId(account, draft.external_id) : undefined);
}

export function userNamed(users: UserService, account: string, { id, external_id }: UserName): User | undefined {
  if (id !== undefined) return users.get(account, id);
  return external_id === undefined ? undefined : users.findByExternalId(account, external_id);
}

/** Users in bulk, as jobs. `Bulk Create User` and the results of creations are recorded, the rest follows tickets (inferred). */
// The shape of the makers is what `JobService.define` gives.
// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function userJobs(jobs: JobService, users: UserService) {
  const failed = (action: string) => (name: UserName) => ({ action, status: 'Failed', ...(name.id ? { id: name.id } : {}) });
  const named = (account: string, name: UserName): number => {
    const user = userNamed(users, account, name);
    if (!user) throw recordNotFound();
    return user.id;
  };
  return {
    create: jobs.define<UserDraft>({
      title: 'Bulk Create User',
      run: (account, draft, actor) => ({ id: users.create(account, draft, actor).id, status: 'Created' }),
      about: () => ({ status: 'Failed' }),
    }),
    createOrUpdate: jobs.define<UserDraft>({
      title: 'Bulk Create Or Update User',
      run: (account, draft, actor) => {
        const known = knownUser(users, account, draft);
        if (!known) return { id: users.create(account, draft, actor).id, status: 'Created' };
        return { id: users.update(account, known.id, draft, actor).id, status: 'Updated' };
      },
      about: () => ({ status: 'Failed' }),
    }),
    update: jobs.define<UserChange>({
      title: 'Bulk Update User',
      run: (account, change, actor) => {
        const { id } = users.update(account, named(account, change), change.patch, actor);
        return { action: 'update', status: 'Updated', success: true, id };
      },
      about: failed('update'),
    }),
    destroy: jobs.define<UserName>({
      title: 'Bulk Delete User',
      run: (account, name, actor) => {
        const { id } = users.delete(account, named(account, name), actor);
        return { action: 'delete', status: 'Deleted', success: true, id };
      },
      about: failed('delete'),
    }),
  };
}
