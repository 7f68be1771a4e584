import type { Collection } from '../../../core/collection.ts';
import type { Query } from '../../../core/query.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, GroupMembership, User } from '../entities.ts';
import { invalidValue, recordNotFound, taken } from '../errors.ts';
import type { OrganizationMembership } from './entities.ts';
import type { Membership, Members, PeopleTies } from './members.ts';

export interface MembershipDraft {
  user_id?: number | null;
  group_id?: number | null;
  organization_id?: number | null;
  default?: boolean;
}

interface Kind<Row extends Membership> {
  readonly rows: Collection<Row>;
  readonly members: Members<Row>;
  readonly property: 'group_id' | 'organization_id';
  readonly title: string;
  readonly exists: (account: string, parentId: number) => boolean;
  readonly mayJoin: (user: User) => boolean;
}

export type GroupMembershipService = MembershipService<GroupMembership>;
export type OrganizationMembershipService = MembershipService<OrganizationMembership>;

/** Only agents and admins belong to groups. */
export function groupMemberships(context: SupportContext, { groups: members }: PeopleTies): GroupMembershipService {
  const { memberships: rows, groups } = context.collections;
  const exists = (account: string, id: number): boolean => groups.get(account, id)?.deleted === false;
  return new MembershipService(context, {
    rows,
    members,
    property: 'group_id',
    title: 'Group',
    exists,
    mayJoin: ({ role }) => role !== 'end-user',
  });
}

export function organizationMemberships(context: SupportContext, { organizations: members }: PeopleTies): OrganizationMembershipService {
  const { organizationMemberships: rows, organizations } = context.collections;
  const exists = (account: string, id: number): boolean => organizations.get(account, id) !== undefined;
  return new MembershipService(context, { rows, members, property: 'organization_id', title: 'Organization', exists, mayJoin: () => true });
}

/** Memberships as the API writes them, one by one. */
export class MembershipService<Row extends Membership> {
  readonly #context: SupportContext;
  readonly #kind: Kind<Row>;

  constructor(context: SupportContext, kind: Kind<Row>) {
    this.#context = context;
    this.#kind = kind;
  }

  get(account: string, id: number): Row | undefined {
    return this.#kind.rows.get(account, id);
  }

  list(account: string, query: Query = {}): Row[] {
    return this.#kind.rows.find(account, query);
  }

  count(account: string, where: NonNullable<Query['where']> = {}): number {
    return this.#kind.rows.count(account, { where });
  }

  /** @throws ApiError 422 for an unknown user, group or organization, an end user in a group, or what is there already */
  create(account: string, draft: MembershipDraft, actor: Actor): Row {
    return this.#context.core.store.transaction(() => {
      const { property, title, exists, mayJoin, members } = this.#kind;
      const user = this.#context.collections.users.get(account, draft.user_id ?? 0);
      if (!user?.active || !mayJoin(user)) throw invalidValue('user', 'User', draft.user_id ?? '');
      const parentId = draft[property] ?? 0;
      if (!exists(account, parentId)) throw invalidValue(property.replace('_id', ''), title, draft[property] ?? '');
      const row = members.join(account, user, parentId, actor, draft.default === true);
      if (!row) throw taken('user_id', 'User');
      return row;
    });
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number, actor: Actor): void {
    this.#context.core.store.transaction(() => this.#kind.members.leave(account, this.#expect(account, id), actor));
  }

  /** All of the user's then. @throws ApiError 404 */
  makeDefault(account: string, userId: number, id: number, actor: Actor): Row[] {
    return this.#context.core.store.transaction(() => {
      const row = this.#expect(account, id);
      if (row.user_id !== userId) throw recordNotFound();
      this.#kind.members.makeDefault(account, row, actor);
      return this.#kind.members.of(account, userId);
    });
  }

  #expect(account: string, id: number): Row {
    const row = this.get(account, id);
    if (!row) throw recordNotFound();
    return row;
  }
}
