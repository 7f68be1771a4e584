import type { SupportContext } from '../context.ts';
import type { Identity, IdentityType } from '../entities.ts';
import { duplicateEmail } from '../errors.ts';

/** E-mail addresses and direct lines of users. A value belongs to one user at most. */
export class Identities {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  /** Oldest first. */
  of(account: string, userId: number): Identity[] {
    return this.#context.collections.identities.find(account, { where: { user_id: userId } });
  }

  /** Exact, but for the case of letters. */
  owner(account: string, type: IdentityType, value: string): number | undefined {
    return this.#find(account, type, value)?.user_id;
  }

  /** @throws ApiError 422 when another user has the e-mail. */
  add(account: string, userId: number, type: IdentityType, value: string, verified: boolean, id: number): void {
    if (!this.claim(account, userId, type, value, verified, id)) throw duplicateEmail(value);
  }

  /** Adds the value to the user unless it is there already. False when it is another user's. */
  claim(account: string, userId: number, type: IdentityType, value: string, verified: boolean, id: number): boolean {
    const existing = this.#find(account, type, value);
    if (existing) return existing.user_id === userId;
    const now = this.#context.now(account);
    const primary = !this.of(account, userId).some((identity) => identity.type === type);
    const identity: Identity = { id, user_id: userId, type, value, verified, primary, created_at: now, updated_at: now };
    this.#context.collections.identities.insert(account, identity);
    return true;
  }

  remove(account: string, userId: number, type: IdentityType, value: string): void {
    const identity = this.#find(account, type, value);
    if (identity?.user_id === userId) this.#context.collections.identities.delete(account, identity.id);
  }

  removeAll(account: string, userId: number): void {
    for (const identity of this.of(account, userId)) this.#context.collections.identities.delete(account, identity.id);
  }

  verifyAll(account: string, userId: number): void {
    const { identities } = this.#context.collections;
    for (const identity of this.of(account, userId)) identities.put(account, { ...identity, verified: true });
  }

  #find(account: string, type: IdentityType, value: string): Identity | undefined {
    return this.#context.collections.identities.first(account, { where: { value: `${type}:${value.toLowerCase()}` } });
  }
}
