import type { JourneyId } from '../../../core/ids.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { Actor, Identity, TicketChange, User } from '../entities.ts';
import { changesBetween, journalRecord } from '../record-journal.ts';

/** Properties whose change is told (`user.updated`), in the order told. */
const TOLD = ['name', 'email', 'phone', 'shared_phone_number', 'role', 'external_id', 'organization_id', 'default_group_id', 'alias', 'details', 'notes', 'tags', 'suspended', 'active', 'time_zone', 'only_private_comments', 'custom_role_id', 'last_login_at', 'user_fields'] as const; // prettier-ignore

/** What a `user.*` entry is about besides the user; ids are numbers as in REST. */
export type UserAbout =
  | { readonly identity: Identity }
  | { readonly current: Identity; readonly previous: Identity }
  | { readonly group_id: number }
  | { readonly organization_id: number }
  /** `user.merged`: the user that goes on. */
  | { readonly into_id: number };

export interface UserEntry {
  readonly account: string;
  /** `created`, `updated`, `identity_created`, … */
  readonly what: string;
  readonly user: User;
  readonly actor: Actor;
  readonly changes?: readonly TicketChange[];
  readonly about?: UserAbout;
  readonly sequence?: string;
  readonly journey?: JourneyId | undefined;
}

/** Journals `user.{what}`, inside the transaction that makes the change. */
export function journalUser(context: SupportContext, entry: UserEntry): void {
  const { account, what, user, actor, changes, about, sequence, journey } = entry;
  const label = `user ${user.id} ${what.replaceAll('_', ' ')}: ${user.name}`;
  journalRecord(context, { account, kind: `user.${what}`, label, record: user, actorId: actor.userId, changes, about, sequence, journey });
}

export function userChanges(before: User, after: User): TicketChange[] {
  return changesBetween<User>(before, after, TOLD);
}

/** Writes a changed user and journals `user.updated` of what is told. */
export function keepUser(context: SupportContext, account: string, before: User, after: StoredUser, actor: Actor): StoredUser {
  const user = { ...after, updated_at: context.now(account) };
  context.collections.users.put(account, user);
  const changes = userChanges(before, user);
  if (changes.length > 0) journalUser(context, { account, what: 'updated', user, actor, changes });
  return user;
}

/** Journals which identities came, changed in value, verification or rank, and went. */
export function journalIdentities(
  context: SupportContext,
  { account, user, actor }: Pick<UserEntry, 'account' | 'user' | 'actor'>,
  before: readonly Identity[],
  after: readonly Identity[],
): void {
  const tell = (what: string, about: UserAbout): void => journalUser(context, { account, what, user, actor, about });
  for (const identity of before) if (!after.some(({ id }) => id === identity.id)) tell('identity_deleted', { identity });
  for (const current of after) {
    const previous = before.find(({ id }) => id === current.id);
    if (!previous) tell('identity_created', { identity: current });
    else if (changesBetween(previous, current, ['value', 'verified', 'primary']).length > 0)
      tell('identity_changed', { current, previous });
  }
}
