import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { IdentityDraft } from '../drafts.ts';
import type { Actor, Identity, IdentityType } from '../entities.ts';
import { blank, duplicateIdentity, invalidAttribute, invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import { Identities, WRITABLE_IDENTITIES } from './identities.ts';
import { guardOwnersEmail } from './owner.ts';
import { journalIdentities, journalUser, keepUser } from './user-journal.ts';
import { validEmail } from './user-draft.ts';

/** `sso`, `embed` and `full` are refused (vendor's article, Verification method). */
const WRITABLE_METHODS = ['none', 'low'];

/** Identities written one by one. The user's `email`, `phone` and `verified` follow them. */
export class IdentityService {
  readonly #context: SupportContext;
  readonly #identities: Identities;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#identities = new Identities(context);
  }

  /** Of an active user; undefined when unknown or another user's. */
  get(account: string, userId: number, id: number): Identity | undefined {
    const identity = this.#identities.get(account, id);
    return identity?.user_id === userId ? identity : undefined;
  }

  list(account: string, userId: number): Identity[] {
    return this.#identities.of(account, userId);
  }

  /** @throws ApiError 404 for the user; 422 for a bad type or value, or one that somebody has; 400 for a method that cannot be set */
  create(account: string, userId: number, draft: Partial<IdentityDraft>, actor: Actor): Identity {
    const verified = wantsVerified(draft, 'user_identities/create');
    return this.#write(account, userId, actor, (user) => {
      const { type } = draft;
      if (type === undefined || !WRITABLE_IDENTITIES.includes(type)) throw invalidValue('type', 'Type', type ?? '');
      const value = this.#freeValue(account, type, draft.value);
      const id = this.#context.ids(account)();
      this.#identities.claim(account, { id, user_id: user.id, type, value, verified: verified === true });
      if (draft.primary === true) this.#identities.makePrimary(account, this.#expect(account, userId, id));
      return id;
    });
  }

  /**
   * Value and verification, which can be taken back (vendor article "User identities", Update Identity); `primary` is no
   * matter of this. @throws ApiError as `create`, 422 for the owner's e-mail
   */
  update(account: string, userId: number, id: number, patch: Partial<IdentityDraft>, actor: Actor): Identity {
    const verified = wantsVerified(patch, 'user_identities/update');
    return this.#write(account, userId, actor, () => {
      const identity = this.#expect(account, userId, id);
      const { type } = identity;
      const value = patch.value === undefined ? identity.value : this.#freeValue(account, type, patch.value, id);
      const change = { value, verified: verified ?? identity.verified };
      if (value === identity.value && change.verified === identity.verified) return id;
      if (value !== identity.value || !change.verified) guardOwnersEmail(this.#context, account, identity);
      this.#identities.change(account, identity, change);
      return id;
    });
  }

  /** @throws ApiError 404 */
  verify(account: string, userId: number, id: number, actor: Actor): Identity {
    return this.update(account, userId, id, { verified: true }, actor);
  }

  /** First of its type; the user's e-mail or phone is then this one. @throws ApiError 404 */
  makePrimary(account: string, userId: number, id: number, actor: Actor): Identity[] {
    this.#write(account, userId, actor, () => {
      this.#identities.makePrimary(account, this.#expect(account, userId, id));
      return id;
    });
    return this.list(account, userId);
  }

  /** Sends no mail; the journal says that one would have gone out. @throws ApiError 404 */
  requestVerification(account: string, userId: number, id: number, actor: Actor): void {
    this.#context.core.store.transaction(() => {
      const user = this.#user(account, userId);
      const identity = this.#expect(account, userId, id);
      journalUser(this.#context, { account, what: 'verification_requested', user, actor, about: { identity } });
    });
  }

  /**
   * A number stays visible as the user's phone, shared from now on (first part documented). @throws ApiError 404, or 422
   * for the last e-mail of an agent (inferred).
   */
  delete(account: string, userId: number, id: number, actor: Actor): void {
    this.#context.core.store.transaction(() => {
      const user = this.#user(account, userId);
      const before = this.list(account, userId);
      const identity = this.#expect(account, userId, id);
      guardOwnersEmail(this.#context, account, identity);
      const lastEmail = identity.type === 'email' && before.filter(({ type }) => type === 'email').length === 1;
      if (lastEmail && user.role !== 'end-user')
        throw recordInvalid({ base: [{ description: 'Identity: an agent needs an e-mail address', error: 'InvalidValue' }] });
      this.#identities.delete(account, identity);
      this.#follow(account, user, before, actor);
    });
  }

  #write(account: string, userId: number, actor: Actor, work: (user: StoredUser) => number): Identity {
    return this.#context.core.store.transaction(() => {
      const user = this.#user(account, userId);
      const before = this.list(account, userId);
      const id = work(user);
      this.#follow(account, user, before, actor);
      return this.#expect(account, userId, id);
    });
  }

  /** Brings the user in line with their identities and journals both. */
  #follow(account: string, user: StoredUser, before: readonly Identity[], actor: Actor): void {
    const after = this.list(account, user.id);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const email = after.find((identity) => identity.type === 'email' && identity.primary)?.value ?? null;
    const lost = before.some(({ id, verified }) => verified && after.find((each) => each.id === id)?.verified === false);
    const verified = (user.verified && !lost) || after.some((identity) => identity.verified);
    const kept = keepUser(this.#context, account, user, { ...user, ...phonesAfter(user, before, after), email, verified }, actor);
    journalIdentities(this.#context, { account, user: kept, actor }, before, after);
  }

  #freeValue(account: string, type: IdentityType, value: unknown, id?: number): string {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text === '') throw blank('value', 'Value');
    const clean = type === 'email' ? validEmail(text) : text;
    const holder = this.#identities.find(account, type, clean);
    if (holder && holder.id !== id) throw duplicateIdentity(clean);
    return clean;
  }

  #user(account: string, id: number): StoredUser {
    const user = this.#context.collections.users.get(account, id);
    if (!user?.active) throw recordNotFound();
    return user;
  }

  #expect(account: string, userId: number, id: number): Identity {
    const identity = this.get(account, userId, id);
    if (!identity) throw recordNotFound();
    return identity;
  }
}

/** Undefined when the write says nothing of it. */
function wantsVerified({ verified, verification_method: method }: Partial<IdentityDraft>, action: string): boolean | undefined {
  if (method !== undefined && !WRITABLE_METHODS.includes(method))
    throw invalidAttribute('verification_method', `must be one of ${WRITABLE_METHODS.join(', ')}`, action);
  return verified === true || method === 'low' ? true : (verified ?? (method === 'none' ? false : undefined));
}

/** Which number is shown, whether it is a direct line, and the other numbers. */
function phonesAfter(
  user: StoredUser,
  before: readonly Identity[],
  after: readonly Identity[],
): Pick<StoredUser, 'phone' | 'shared_phone_number' | 'other_phones'> {
  const numbers = (identities: readonly Identity[]): Identity[] => identities.filter(({ type }) => type === 'phone_number');
  const shown = numbers(before).find(({ value }) => value === user.phone);
  const first = numbers(after).find(({ primary }) => primary);
  const isGone = shown !== undefined && !after.some(({ id }) => id === shown.id);
  const madeFirst = first !== undefined && before.some(({ id, primary }) => id === first.id && !primary);
  const takesOver = first !== undefined && (user.phone === null || (madeFirst && !isGone));
  const phone = takesOver ? first.value : (after.find(({ id }) => id === shown?.id)?.value ?? user.phone);
  const isDirect = numbers(after).some(({ value }) => value === phone);
  const others = numbers(after).map(({ value }) => value).filter((value) => value !== phone); // prettier-ignore
  return { phone, shared_phone_number: phone === null ? null : !isDirect, other_phones: others };
}
