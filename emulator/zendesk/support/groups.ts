import type { SupportContext } from './context.ts';
import type { GroupDraft } from './drafts.ts';
import type { Defaults, Group, GroupMembership, User } from './entities.ts';
import { blank } from './errors.ts';

/** Groups and who belongs to them. */
export class GroupService {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  get(account: string, id: number): Group | undefined {
    return this.#context.collections.groups.get(account, id);
  }

  list(account: string): Group[] {
    return this.#context.collections.groups.find(account, { where: { deleted: 0 } });
  }

  count(account: string): number {
    return this.#context.collections.groups.count(account, { where: { deleted: 0 } });
  }

  findByName(account: string, name: string): Group | undefined {
    return this.#context.collections.groups.first(account, { where: { name: name.toLowerCase(), deleted: 0 } });
  }

  /** @throws Error when the account was never founded. */
  default(account: string): Group {
    const defaults: Defaults | undefined = this.#context.collections.defaults.get(account, 'defaults');
    const group = defaults && this.get(account, defaults.group_id);
    if (!group) throw new Error(`account ${account} has no default group: create it through accounts.create()`);
    return group;
  }

  create(account: string, draft: GroupDraft, isDefault = false): Group {
    const name = draft.name.trim();
    if (name === '') throw blank('name', 'Name');
    const now = this.#context.now(account);
    const group: Group = {
      id: this.#context.ids(account)(),
      name,
      description: draft.description ?? '',
      is_public: draft.is_public ?? true,
      default: isDefault,
      deleted: false,
      created_at: now,
      updated_at: now,
    };
    this.#context.collections.groups.insert(account, group);
    return group;
  }

  /** Belonging twice is belonging once. The first group of a user is their default. */
  addMember(account: string, groupId: number, userId: number): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const own = this.#memberships(account, { user_id: userId });
      if (own.some((membership) => membership.group_id === groupId)) return;
      const now = this.#context.now(account);
      const id = this.#context.ids(account)();
      const first = own.length === 0;
      collections.memberships.insert(account, { id, user_id: userId, group_id: groupId, default: first, created_at: now, updated_at: now });
      const user = collections.users.get(account, userId);
      if (first && user) collections.users.put(account, { ...user, default_group_id: groupId });
    });
  }

  /** Active users of a group. */
  members(account: string, groupId: number): User[] {
    return this.#memberships(account, { group_id: groupId })
      .map((membership) => this.#context.collections.users.get(account, membership.user_id))
      .filter((user): user is NonNullable<typeof user> => user?.active === true);
  }

  /** The groups of a user. */
  of(account: string, userId: number): Group[] {
    return this.#memberships(account, { user_id: userId })
      .map((membership) => this.get(account, membership.group_id))
      .filter((group): group is Group => group?.deleted === false);
  }

  #memberships(account: string, where: { user_id: number } | { group_id: number }): GroupMembership[] {
    return this.#context.collections.memberships.find(account, { where });
  }
}
