import type { Query } from '../../../core/query.ts';
import type { SupportContext } from '../context.ts';
import { invalidValue, recordNotFound, taken } from '../errors.ts';
import type { OrganizationSubscription } from './entities.ts';

/** Without a word: the user or the organization is gone. Inside a transaction of the caller's. */
export function forgetSubscriptions(
  { collections }: SupportContext,
  account: string,
  where: { user_id: number } | { organization_id: number },
): void {
  const { organizationSubscriptions: rows } = collections;
  for (const { id } of rows.find(account, { where: { ...where } })) rows.delete(account, id);
}

/** Those of one user become another's, each once. Inside a transaction of the caller's. */
export function moveSubscriptions({ collections }: SupportContext, account: string, from: number, to: number): void {
  const { organizationSubscriptions: rows } = collections;
  for (const row of rows.find(account, { where: { user_id: from } })) {
    if (rows.count(account, { where: { user_id: to, organization_id: row.organization_id } }) > 0) rows.delete(account, row.id);
    else rows.put(account, { ...row, user_id: to });
  }
}

/** Who is told of all tickets of an organization. */
export class OrganizationSubscriptions {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  get(account: string, id: number): OrganizationSubscription | undefined {
    return this.#context.collections.organizationSubscriptions.get(account, id);
  }

  list(account: string, query: Query = {}): OrganizationSubscription[] {
    return this.#context.collections.organizationSubscriptions.find(account, query);
  }

  count(account: string, where: NonNullable<Query['where']> = {}): number {
    return this.#context.collections.organizationSubscriptions.count(account, { where });
  }

  /** @throws ApiError 422 for an unknown user or organization, or what is there already */
  create(account: string, draft: { user_id?: number | null; organization_id?: number | null }): OrganizationSubscription {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const { user_id = 0, organization_id = 0 } = draft;
      if (!collections.users.get(account, user_id ?? 0)?.active) throw invalidValue('user', 'User', user_id);
      if (!collections.organizations.get(account, organization_id ?? 0))
        throw invalidValue('organization', 'Organization', organization_id);
      const where = { user_id, organization_id };
      if (this.count(account, where) > 0) throw taken('user_id', 'User');
      const id = this.#context.ids(account)();
      const fresh = { id, user_id: Number(user_id), organization_id: Number(organization_id), created_at: this.#context.now(account) };
      collections.organizationSubscriptions.insert(account, fresh);
      return fresh;
    });
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    if (!this.#context.collections.organizationSubscriptions.delete(account, id)) throw recordNotFound();
  }
}
