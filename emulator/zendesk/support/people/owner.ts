import type { SupportContext } from '../context.ts';
import type { UserPatch } from '../drafts.ts';
import type { Identity, User } from '../entities.ts';
import { recordInvalid } from '../errors.ts';

/** The account's owner is whoever has the account's e-mail address. */
function isOwner({ accounts, collections }: SupportContext, account: string, user: User): boolean {
  const email = accounts.get(account)?.email.toLowerCase();
  return email !== undefined && collections.identities.first(account, { where: { value: `email:${email}` } })?.user_id === user.id;
}

/**
 * The owner stays an active admin (vendor article "Users", Delete User, and "Understanding the account owner"; status and
 * wording inferred). @throws ApiError 422
 */
export function guardOwner(context: SupportContext, account: string, user: User, change: UserPatch | 'deleted'): void {
  const staysAdmin = change !== 'deleted' && (change.role ?? user.role) === 'admin' && change.suspended !== true;
  if (!staysAdmin && user.role === 'admin' && isOwner(context, account, user))
    throw refused(change === 'deleted' ? 'the account owner cannot be deleted' : 'the account owner must be an active admin');
}

/**
 * The address that makes the owner one is neither changed nor taken away (vendor article "User identities"; form inferred).
 * @throws ApiError 422
 */
export function guardOwnersEmail({ accounts }: SupportContext, account: string, identity: Identity): void {
  if (identity.type === 'email' && identity.value.toLowerCase() === accounts.get(account)?.email.toLowerCase())
    throw refused("the account owner's e-mail address cannot be changed");
}

function refused(why: string): Error {
  return recordInvalid({ base: [{ description: `User: ${why}`, error: 'InvalidValue' }] });
}
