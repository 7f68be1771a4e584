import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, GroupMembership, User } from '../entities.ts';
import type { OrganizationMembership } from './entities.ts';
import { journalUser, keepUser, type UserAbout } from './user-journal.ts';

export type Membership = GroupMembership | OrganizationMembership;

/** What users can belong to. */
interface Tie<Row extends Membership> {
  readonly rows: Collection<Row>;
  /** In the journal's kinds: `user.{word}_membership_created`. */
  readonly word: 'group' | 'organization';
  /** Property of the user that names the default. */
  readonly property: 'default_group_id' | 'organization_id';
  readonly parentOf: (row: Row) => number;
  readonly make: (bare: Omit<GroupMembership, 'group_id'>, parentId: number) => Row;
  readonly about: (parentId: number) => UserAbout;
}

export type GroupMembers = Members<GroupMembership>;
export type OrganizationMembers = Members<OrganizationMembership>;

/** One of each for the whole room, so that what follows from them is told once. */
export interface PeopleTies {
  readonly groups: GroupMembers;
  readonly organizations: OrganizationMembers;
}

export function peopleTies(context: SupportContext): PeopleTies {
  return {
    groups: new Members(context, {
      rows: context.collections.memberships,
      word: 'group',
      property: 'default_group_id',
      parentOf: (row) => row.group_id,
      make: (bare, group_id) => ({ ...bare, group_id }),
      about: (group_id) => ({ group_id }),
    }),
    organizations: new Members(context, {
      rows: context.collections.organizationMemberships,
      word: 'organization',
      property: 'organization_id',
      parentOf: (row) => row.organization_id,
      make: (bare, organization_id) => ({ ...bare, organization_id }),
      about: (organization_id) => ({ organization_id }),
    }),
  };
}

/**
 * Who belongs to which groups, or to which organizations. One membership of a user is the default; the user's own
 * property names it and follows what is done here. All of it runs inside a transaction of the caller's.
 */
export class Members<Row extends Membership> {
  /** Called for each membership that is gone, in the same transaction: tickets follow. */
  onLeft: (account: string, row: Row, actor: Actor) => void = () => {};
  readonly #context: SupportContext;
  readonly #tie: Tie<Row>;

  constructor(context: SupportContext, tie: Tie<Row>) {
    this.#context = context;
    this.#tie = tie;
  }

  /** Oldest first. */
  of(account: string, userId: number): Row[] {
    return this.#tie.rows.find(account, { where: { user_id: userId } });
  }

  in(account: string, parentId: number): Row[] {
    return this.#tie.rows.find(account, { where: { [`${this.#tie.word}_id`]: parentId } });
  }

  /** Undefined when the user belongs to it already. The first is the default. */
  join(account: string, user: User, parentId: number, actor: Actor, isDefault = false): Row | undefined {
    const { rows, make, parentOf, property } = this.#tie;
    const own = this.of(account, user.id);
    if (own.some((row) => parentOf(row) === parentId)) return undefined;
    const now = this.#context.now(account);
    const id = this.#context.ids(account)();
    const isFirst = own.length === 0;
    const fresh = make({ id, user_id: user.id, default: isFirst, created_at: now, updated_at: now }, parentId);
    rows.insert(account, fresh);
    if (isFirst ? user[property] !== parentId : isDefault) this.makeDefault(account, fresh, actor);
    this.#journal(account, 'created', fresh, actor);
    return rows.get(account, id);
  }

  /** The oldest that is left becomes the default when that is what goes (inferred). */
  leave(account: string, row: Row, actor: Actor): void {
    const { rows, property } = this.#tie;
    rows.delete(account, row.id);
    const user = this.#context.collections.users.get(account, row.user_id);
    if (!user) return;
    const [next] = row.default ? this.of(account, user.id) : [];
    if (next) this.makeDefault(account, next, actor);
    else if (row.default && user[property] !== null) keepUser(this.#context, account, user, { ...user, [property]: null }, actor);
    this.#left(account, row, actor);
  }

  makeDefault(account: string, row: Row, actor: Actor): void {
    const { rows, parentOf, property } = this.#tie;
    const now = this.#context.now(account);
    for (const each of this.of(account, row.user_id)) {
      const isDefault = each.id === row.id;
      if (each.default !== isDefault) rows.put(account, { ...each, default: isDefault, updated_at: now });
    }
    const user = this.#context.collections.users.get(account, row.user_id);
    if (user && user[property] !== parentOf(row)) keepUser(this.#context, account, user, { ...user, [property]: parentOf(row) }, actor);
  }

  /** The user belongs to these and no other; the first, which the user's property names already, is the default. */
  set(account: string, user: User, parentIds: readonly number[], actor: Actor): void {
    const { rows, parentOf } = this.#tie;
    const before = this.of(account, user.id);
    for (const row of before) {
      if (parentIds.includes(parentOf(row))) continue;
      rows.delete(account, row.id);
      this.#left(account, row, actor);
    }
    for (const id of parentIds) this.join(account, user, id, actor, id === parentIds[0]);
    const first = before.find((row) => parentOf(row) === parentIds[0]);
    if (first && !first.default) this.makeDefault(account, first, actor);
  }

  /** Without a word: the user is gone. */
  forget(account: string, userId: number): void {
    for (const { id } of this.of(account, userId)) this.#tie.rows.delete(account, id);
  }

  #left(account: string, row: Row, actor: Actor): void {
    this.#journal(account, 'deleted', row, actor);
    this.onLeft(account, row, actor);
  }

  /** With the user as they are after it. */
  #journal(account: string, what: 'created' | 'deleted', row: Row, actor: Actor): void {
    const { word, about, parentOf } = this.#tie;
    const user = this.#context.collections.users.get(account, row.user_id);
    if (user) journalUser(this.#context, { account, what: `${word}_membership_${what}`, user, actor, about: about(parentOf(row)) });
  }
}
