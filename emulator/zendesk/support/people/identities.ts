import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { Identity, IdentityType } from '../entities.ts';

/** What can be added over the API (vendor article "User identities", Create Identity); other types come by their channels. */
export const WRITABLE_IDENTITIES: readonly IdentityType[] = ['email', 'twitter', 'facebook', 'google', 'phone_number', 'agent_forwarding'];

export type WantedIdentity = Pick<Identity, 'id' | 'user_id' | 'type' | 'value' | 'verified'>;

/** What users are known by: e-mail addresses, direct lines, names elsewhere. A value of a type belongs to one user at most. */
export class Identities {
  readonly #context: SupportContext;
  readonly #owned: Memo<Identity | undefined>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#owned = new Memo(context.collections.identities);
  }

  get(account: string, id: number): Identity | undefined {
    return this.#context.collections.identities.get(account, id);
  }

  /** Oldest first. */
  of(account: string, userId: number): Identity[] {
    return this.#context.collections.identities.find(account, { where: { user_id: userId } });
  }

  /** Exact, but for the case of letters. */
  owner(account: string, type: IdentityType, value: string): number | undefined {
    return this.find(account, type, value)?.user_id;
  }

  find(account: string, type: IdentityType, value: string): Identity | undefined {
    const typed = `${type}:${value.toLowerCase()}`;
    // Whoever makes a user looks whose the value is, and then claims it.
    return this.#owned.get(`${account}/${typed}`, () => this.#context.collections.identities.first(account, { where: { value: typed } }));
  }

  /**
   * Adds the value to the user unless it is there already; undefined when it is another user's. Who knows what the user has
   * says so in `own`: nobody has to look then, and what is still to be written can wait.
   */
  claim(account: string, wanted: WantedIdentity, own = this.of(account, wanted.user_id)): Identity | undefined {
    const { type, verified, user_id } = wanted;
    const value = wanted.value.toLowerCase();
    const existing = own.find((each) => each.type === type && each.value.toLowerCase() === value) ?? this.find(account, type, value);
    if (existing) return existing.user_id === user_id ? existing : undefined;
    const now = this.#context.now(account);
    const primary = !own.some((identity) => identity.type === type);
    const fresh: Identity = { ...wanted, primary, created_at: now, updated_at: now, ...(verified ? { verified_at: now } : {}) };
    this.#context.collections.identities.insert(account, fresh);
    return fresh;
  }

  change(account: string, identity: Identity, change: { value?: string; verified?: boolean; user_id?: number; primary?: boolean }): void {
    const now = this.#context.now(account);
    const { verified_at, ...kept } = { ...identity, ...change };
    const since = identity.verified ? verified_at : now;
    const verifiedAt = kept.verified && since !== undefined ? { verified_at: since } : {};
    this.#context.collections.identities.put(account, { ...kept, ...verifiedAt, updated_at: now });
  }

  /** The first of its type among the user's, and the others no longer. */
  makePrimary(account: string, identity: Identity): void {
    for (const other of this.of(account, identity.user_id)) {
      const primary = other.id === identity.id;
      if (other.type === identity.type && other.primary !== primary) this.change(account, other, { primary });
    }
  }

  /** The oldest of the same type that is left takes the place of a primary one (inferred). */
  delete(account: string, identity: Identity): void {
    this.#context.collections.identities.delete(account, identity.id);
    const next = identity.primary ? this.of(account, identity.user_id).find(({ type }) => type === identity.type) : undefined;
    if (next) this.change(account, next, { primary: true });
  }

  remove(account: string, userId: number, type: IdentityType, value: string): void {
    const identity = this.find(account, type, value);
    if (identity?.user_id === userId) this.delete(account, identity);
  }

  removeAll(account: string, userId: number): void {
    for (const identity of this.of(account, userId)) this.#context.collections.identities.delete(account, identity.id);
  }

  verifyAll(account: string, userId: number): void {
    for (const identity of this.of(account, userId)) if (!identity.verified) this.change(account, identity, { verified: true });
  }
}
