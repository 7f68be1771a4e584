import type { Query } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { UserDraft, UserPatch } from '../drafts.ts';
import type { Actor, Identity, IdentityType, User } from '../entities.ts';
import { invalidValue, recordNotFound, taken } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import { Identities } from './identities.ts';
import type { OrganizationService } from './organizations.ts';
import { changesBetween, journalRecord } from '../record-journal.ts';
import { freshUser, patchedUser, validEmail, validName } from './user-draft.ts';
import { searchUsers } from './user-search.ts';

/** Properties whose change is told (`user.updated`), in the order told. */
const TOLD = ['name', 'email', 'phone', 'shared_phone_number', 'role', 'external_id', 'organization_id', 'default_group_id', 'alias', 'details', 'notes', 'tags', 'suspended', 'active', 'time_zone', 'only_private_comments', 'custom_role_id', 'last_login_at', 'user_fields'] as const; // prettier-ignore

const IDENTITY_TYPES: readonly IdentityType[] = ['email', 'phone_number', 'agent_forwarding'];

export class UserService {
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #organizations: OrganizationService;
  readonly #identities: Identities;
  readonly #byEmail: Memo<User | undefined>;

  constructor(context: SupportContext, fields: FieldService, organizations: OrganizationService) {
    this.#context = context;
    this.#fields = fields;
    this.#organizations = organizations;
    this.#identities = new Identities(context);
    this.#byEmail = new Memo(context.collections.identities, context.collections.users);
  }

  /** Deleted users are found too (`active: false`). */
  get(account: string, id: number): User | undefined {
    return this.#context.collections.users.get(account, id);
  }

  /** Active users only; `where` takes the columns of the collection. */
  list(account: string, query: Query = {}): User[] {
    return this.#context.collections.users.find(account, { ...query, where: { active: 1, ...query.where } });
  }

  count(account: string, where: NonNullable<Query['where']> = {}): number {
    return this.#context.collections.users.count(account, { where: { active: 1, ...where } });
  }

  findByEmail(account: string, email: string): User | undefined {
    return this.#owner(account, 'email', email);
  }

  /** Whoever uses the API token under this e-mail; staff's `last_login_at` moves at most once an hour (inferred). */
  signedIn(account: string, email: string): User | undefined {
    const user = this.#byEmail.get(`${account} ${email}`, () => this.findByEmail(account, email));
    if (!user?.active || user.role === 'end-user') return user;
    const now = this.#context.now(account);
    if (user.last_login_at !== null && Date.parse(now) - Date.parse(user.last_login_at) < 3_600_000) return user;
    const seen = { ...user, last_login_at: now };
    this.#context.collections.users.put(account, seen);
    return seen;
  }

  /**
   * The user whose direct line is exactly this text: Talk matches the E.164 form character by character, and a shared
   * number is no identity (Talk dossier §9.2).
   */
  findByDirectPhone(account: string, e164: string): User | undefined {
    return this.#owner(account, 'phone_number', e164);
  }

  findByExternalId(account: string, externalId: string): User | undefined {
    return this.list(account, { where: { external_id: externalId.toLowerCase() }, limit: 1 })[0];
  }

  /** Fuzzy, also by phone; see `user-search.ts`. */
  search(account: string, query: string): User[] {
    return searchUsers(this.#context.collections.users, account, query);
  }

  identities(account: string, userId: number): Identity[] {
    return this.#identities.of(account, userId);
  }

  /** @throws ApiError 422 for a bad or taken name, e-mail, external id or field value. */
  create(account: string, draft: UserDraft, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const ids = this.#context.ids(account);
      const fresh = freshUser(ids(), validName(draft.name), draft.role ?? 'end-user', this.#context.now(account));
      this.#externalIdFree(account, draft.external_id, fresh.id);
      this.#checkOrganization(account, draft);
      let user: StoredUser = patchedUser(fresh, draft, this.#definitions(account, draft), fresh.created_at);
      user = { ...user, organization_id: user.organization_id ?? this.#organizationOf(account, draft, actor) };
      if (draft.email) user = this.#withEmail(account, user, draft.email, ids());
      for (const identity of draft.identities ?? []) user = this.#withIdentity(account, user, identity.type, identity.value, ids());
      if (draft.phone) user = this.#withPhone(account, user, draft.phone, draft.shared_phone_number, ids());
      this.#context.collections.users.insert(account, user);
      this.#journal(account, 'user.created', user, actor, draft.journey);
      return user;
    });
  }

  /** @throws ApiError 404, or 422 as `create`. A new e-mail is added as a secondary identity. */
  update(account: string, id: number, patch: UserPatch, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const before = this.#context.collections.users.get(account, id);
      if (!before?.active) throw recordNotFound();
      this.#externalIdFree(account, patch.external_id, id);
      this.#checkOrganization(account, patch);
      const ids = this.#context.ids(account);
      const now = this.#context.now(account);
      let user: StoredUser = patchedUser(before, patch, this.#definitions(account, patch), now);
      if (patch.organization?.name) user = { ...user, organization_id: this.#organizationOf(account, patch, actor) };
      if (patch.email) user = this.#withEmail(account, user, patch.email, ids());
      const { phone = user.phone, shared_phone_number: shared = user.shared_phone_number } = patch;
      if (phone !== user.phone || shared !== user.shared_phone_number) {
        user = this.#withPhone(account, this.#withoutPhone(account, user), phone, patch.shared_phone_number, ids());
      }
      if (user.verified && !before.verified) this.#identities.verifyAll(account, id);
      const changes = changesBetween<User>(before, user, TOLD);
      if (changes.length === 0 && user.verified === before.verified) return before;
      this.#context.collections.users.put(account, user);
      this.#journal(account, 'user.updated', user, actor, undefined, changes);
      return user;
    });
  }

  /** Deactivates; the record stays readable, its identities are free again (last part inferred). @throws ApiError 404 */
  delete(account: string, id: number, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const before = this.#context.collections.users.get(account, id);
      if (!before?.active) throw recordNotFound();
      const user = { ...before, active: false, updated_at: this.#context.now(account) };
      this.#identities.removeAll(account, id);
      this.#context.collections.users.put(account, user);
      this.#journal(account, 'user.deleted', user, actor);
      return user;
    });
  }

  #owner(account: string, type: IdentityType, value: string): User | undefined {
    const id = this.#identities.owner(account, type, value);
    return id === undefined ? undefined : this.get(account, id);
  }

  #definitions(account: string, patch: UserPatch): ReturnType<FieldService['list']> {
    return patch.user_fields ? this.#fields.list(account, 'user') : [];
  }

  #externalIdFree(account: string, externalId: string | null | undefined, id: number): void {
    if (externalId === null || externalId === undefined) return;
    const other = this.findByExternalId(account, String(externalId));
    if (other && other.id !== id) throw taken('external_id', 'External');
  }

  #checkOrganization(account: string, { organization_id: id }: UserPatch): void {
    if (id && !this.#organizations.get(account, id)) throw invalidValue('organization', 'Organization', id);
  }

  /** By the name given, else by the domain of the e-mail. */
  #organizationOf(account: string, patch: UserPatch, actor: Actor): number | null {
    const name = patch.organization?.name;
    if (name) return (this.#organizations.findByName(account, name) ?? this.#organizations.create(account, { name }, actor)).id;
    const domain = patch.email?.split('@')[1];
    return (domain === undefined ? undefined : this.#organizations.findByDomain(account, domain)?.id) ?? null;
  }

  #withEmail(account: string, user: StoredUser, email: string, id: number): StoredUser {
    const value = validEmail(email);
    this.#identities.add(account, user.id, 'email', value, user.verified, id);
    return user.email === null ? { ...user, email: value } : user;
  }

  #withIdentity(account: string, user: StoredUser, type: IdentityType, value: string, id: number): StoredUser {
    if (!IDENTITY_TYPES.includes(type) || typeof value !== 'string') throw invalidValue('identities', 'Identities', { type, value });
    if (type === 'email') return this.#withEmail(account, user, value, id);
    this.#identities.add(account, user.id, type, value, user.verified, id);
    return type === 'phone_number' ? { ...user, other_phones: [...(user.other_phones ?? []), value] } : user;
  }

  /** A number that another user has as direct line becomes a shared one here (inferred). */
  #withPhone(account: string, user: StoredUser, phone: string | null, shared: boolean | null | undefined, id: number): StoredUser {
    if (!phone) return { ...user, phone: null, shared_phone_number: null };
    const isDirect = shared !== true && this.#identities.claim(account, user.id, 'phone_number', phone, user.verified, id);
    return { ...user, phone, shared_phone_number: !isDirect };
  }

  #withoutPhone(account: string, user: StoredUser): StoredUser {
    if (user.phone !== null) this.#identities.remove(account, user.id, 'phone_number', user.phone);
    return user;
  }

  #journal(
    account: string,
    kind: string,
    user: User,
    actor: Actor,
    journey?: UserDraft['journey'],
    changes?: ReturnType<typeof changesBetween>,
  ): void {
    const label = `user ${user.id} ${kind.split('.')[1]}: ${user.name}`;
    journalRecord(this.#context, { account, kind, label, record: user, actorId: actor.userId, journey, ...(changes ? { changes } : {}) });
  }
}
