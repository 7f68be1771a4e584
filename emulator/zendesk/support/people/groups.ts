import { SYSTEM, type SupportContext } from '../context.ts';
import type { GroupDraft } from '../drafts.ts';
import type { Actor, Defaults, Group, User } from '../entities.ts';
import { blank, recordInvalid, recordNotFound } from '../errors.ts';
import type { GroupMembers } from './members.ts';

/** Groups and who belongs to them. */
export class GroupService {
  /** Called before a group is gone, in the same transaction: its tickets follow. */
  onDelete: (account: string, groupId: number, actor: Actor) => void = () => {};
  readonly #context: SupportContext;
  readonly #members: GroupMembers;

  constructor(context: SupportContext, members: GroupMembers) {
    this.#context = context;
    this.#members = members;
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

  /** @throws ApiError 404, or 422 for a blank name */
  update(account: string, id: number, patch: Partial<GroupDraft>): Group {
    return this.#context.core.store.transaction(() => {
      const before = this.#present(account, id);
      const { description = before.description, is_public = before.is_public } = patch;
      const name = (patch.name === undefined ? before.name : (patch.name ?? '')).trim();
      if (name === '') throw blank('name', 'Name');
      const group = { ...before, name, description, is_public, updated_at: this.#context.now(account) };
      this.#context.collections.groups.put(account, group);
      return group;
    });
  }

  /** Nobody belongs to it any more; it can still be shown. @throws ApiError 404, or 422 for the default group (inferred) */
  delete(account: string, id: number, actor: Actor): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const group = this.#present(account, id);
      if (group.default)
        throw recordInvalid({ base: [{ description: 'Group: the default group cannot be deleted', error: 'InvalidValue' }] });
      this.onDelete(account, id, actor);
      for (const membership of this.#members.in(account, id)) this.#members.leave(account, membership, actor);
      collections.groups.put(account, { ...group, deleted: true, updated_at: this.#context.now(account) });
    });
  }

  #present(account: string, id: number): Group {
    const group = this.get(account, id);
    if (group?.deleted !== false) throw recordNotFound();
    return group;
  }

  /** Belonging twice is belonging once. The first group of a user is their default. */
  addMember(account: string, groupId: number, userId: number): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const user = collections.users.get(account, userId);
      if (user) this.#members.join(account, user, groupId, SYSTEM);
    });
  }

  /** Active users of a group. */
  members(account: string, groupId: number): User[] {
    return this.#members
      .in(account, groupId)
      .map((membership) => this.#context.collections.users.get(account, membership.user_id))
      .filter((user): user is NonNullable<typeof user> => user?.active === true);
  }

  /** The groups of a user. */
  of(account: string, userId: number): Group[] {
    return this.#members
      .of(account, userId)
      .map((membership) => this.get(account, membership.group_id))
      .filter((group): group is Group => group?.deleted === false);
  }
}
