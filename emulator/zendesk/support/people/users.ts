import type { Query } from '../../../core/query.ts';
import { Memo } from '../../../core/memo.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { IdentityDraft, UserDraft, UserPatch } from '../drafts.ts';
import type { Actor, Identity, IdentityType, User } from '../entities.ts';
import { duplicateEmail, duplicateIdentity, invalidValue, recordNotFound, taken } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import { Identities, type WantedIdentity, WRITABLE_IDENTITIES } from './identities.ts';
import type { CustomRoleService } from '../roles/custom-roles.ts';
import type { OrganizationService } from './organizations.ts';
import { guardOwner } from './owner.ts';
import type { GroupMembers, OrganizationMembers, PeopleTies } from './members.ts';
import { freshUser, PLAIN, patchedUser, validEmail, validName } from './user-draft.ts';
import { forgetSubscriptions } from './subscriptions.ts';
import { journalIdentities, journalUser, userChanges } from './user-journal.ts';

interface Rooms {
  readonly fields: FieldService;
  readonly organizations: OrganizationService;
  readonly roles: CustomRoleService;
}

export class UserService {
  /** Called before a user is gone or no agent any more, in the same transaction: their tickets follow. */
  onLeaving: (account: string, user: User, actor: Actor) => void = () => {};
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #organizations: OrganizationService;
  readonly #identities: Identities;
  readonly #memberships: OrganizationMembers;
  readonly #groups: GroupMembers;
  readonly #roles: CustomRoleService;
  readonly #byEmail: Memo<User | undefined>;
  readonly #acting: Memo<User | undefined>;

  constructor(context: SupportContext, { fields, organizations, roles }: Rooms, ties: PeopleTies) {
    this.#context = context;
    this.#roles = roles;
    this.#fields = fields;
    this.#organizations = organizations;
    this.#identities = new Identities(context);
    this.#memberships = ties.organizations;
    this.#groups = ties.groups;
    this.#byEmail = new Memo(context.collections.identities, context.collections.users);
    this.#acting = new Memo(context.collections.users);
  }

  /** Deleted users are found too (`active: false`). */
  get(account: string, id: number): User | undefined {
    return this.#context.collections.users.get(account, id);
  }

  /** The same of somebody who acts, and will again: remembered, and so not to be changed. */
  acting(account: string, id: number): User | undefined {
    return this.#acting.get(`${account} ${id}`, () => this.get(account, id));
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
    const now = this.#context.core.businessClock(account).now();
    if (user.last_login_at !== null && now - Date.parse(user.last_login_at) < 3_600_000) return user;
    const seen = { ...user, last_login_at: this.#context.now(account) };
    const changes = userChanges(user, seen);
    return this.#context.core.store.transaction(() => {
      this.#context.collections.users.put(account, seen);
      journalUser(this.#context, { account, what: 'signed_in', user: seen, actor: { userId: user.id, via: 'api' }, changes });
      return seen;
    });
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

  identities(account: string, userId: number): Identity[] {
    return this.#identities.of(account, userId);
  }

  /** @throws ApiError 422 for a bad or taken name, e-mail, external id or field value; an unknown organization or group. */
  create(account: string, draft: UserDraft, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const ids = this.#context.ids(account);
      const fresh = freshUser(ids(), validName(draft.name), draft.role ?? 'end-user', this.#context.now(account));
      this.#externalIdFree(account, draft.external_id, fresh.id);
      const ties = this.#ties(account, fresh, draft, actor, true);
      let user: StoredUser = { ...this.#patched(account, fresh, draft, fresh.created_at), ...ties.defaults };
      const own: Identity[] = [];
      if (draft.email) user = this.#withEmail(account, user, draft.email, ids(), own);
      for (const identity of draft.identities ?? []) user = this.#withIdentity(account, user, identity, ids(), own);
      const phone = draft.phone || (draft.identities && this.#directLine(account, user.id));
      if (phone) user = this.#withPhone(account, user, phone, draft.phone ? draft.shared_phone_number : false, ids(), own);
      this.#context.collections.users.insert(account, user);
      journalUser(this.#context, { account, what: 'created', user, actor, journey: draft.journey });
      journalIdentities(this.#context, { account, user, actor }, [], draft.identities ? this.#identities.of(account, user.id) : own);
      ties.keep(user);
      return user;
    });
  }

  /** @throws ApiError 404, or 422 as `create`. A new e-mail is added as a secondary identity. */
  update(account: string, id: number, patch: UserPatch, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const before = this.#context.collections.users.get(account, id);
      if (!before?.active) throw recordNotFound();
      guardOwner(this.#context, account, before, patch);
      this.#externalIdFree(account, patch.external_id, id);
      const ids = this.#context.ids(account);
      const identities = this.#identities.of(account, id);
      const ties = this.#ties(account, before, patch, actor, false);
      let user: StoredUser = { ...this.#patched(account, before, patch, this.#context.now(account)), ...ties.defaults };
      if (patch.email) user = this.#withEmail(account, user, patch.email, ids(), [...identities]);
      const { phone = user.phone, shared_phone_number: shared = user.shared_phone_number } = patch;
      if (phone !== user.phone || shared !== user.shared_phone_number) {
        user = this.#withPhone(account, this.#withoutPhone(account, user), phone, patch.shared_phone_number, ids());
      }
      if (user.verified && !before.verified) this.#identities.verifyAll(account, id);
      const changes = userChanges(before, user);
      // Some properties change without being told of.
      const kept = changes.length === 0 && [...PLAIN, 'locale_id' as const].every((key) => user[key] === before[key]) ? before : user;
      if (kept !== before) {
        this.#context.collections.users.put(account, user);
        journalUser(this.#context, { account, what: 'updated', user, actor, changes });
      }
      journalIdentities(this.#context, { account, user: kept, actor }, identities, this.#identities.of(account, id));
      ties.keep(kept);
      if (user.role === 'end-user') this.onLeaving(account, before, actor);
      return kept;
    });
  }

  /** Deactivates; the record stays readable, its identities are free again (last part inferred). @throws ApiError 404 */
  delete(account: string, id: number, actor: Actor): User {
    return this.#context.core.store.transaction(() => {
      const before = this.#context.collections.users.get(account, id);
      if (!before?.active) throw recordNotFound();
      guardOwner(this.#context, account, before, 'deleted');
      this.onLeaving(account, before, actor);
      const user = { ...before, active: false, updated_at: this.#context.now(account) };
      this.#identities.removeAll(account, id);
      this.#memberships.forget(account, id);
      this.#groups.forget(account, id);
      forgetSubscriptions(this.#context, account, { user_id: id });
      this.#context.collections.users.put(account, user);
      journalUser(this.#context, { account, what: 'deleted', user, actor, changes: userChanges(before, user) });
      return user;
    });
  }

  #owner(account: string, type: IdentityType, value: string): User | undefined {
    const id = this.#identities.owner(account, type, value);
    return id === undefined ? undefined : this.get(account, id);
  }

  /** E-mail, phone, organizations and groups aside. A custom role is for agents, whose type of role it decides. */
  #patched(account: string, before: StoredUser, patch: UserPatch, now: string): StoredUser {
    const user = patchedUser(before, patch, patch.user_fields ? this.#fields.list(account, 'user') : [], now);
    if (user.role !== 'agent' || patch.custom_role_id === undefined) return user;
    const role = patch.custom_role_id === null ? null : this.#roles.get(account, patch.custom_role_id);
    if (role === undefined) throw invalidValue('custom_role_id', 'Custom role', patch.custom_role_id);
    return { ...user, role_type: role?.role_type ?? null };
  }

  #externalIdFree(account: string, externalId: string | null | undefined, id: number): void {
    if (externalId === null || externalId === undefined || externalId === '') return;
    const other = this.findByExternalId(account, String(externalId));
    if (other && other.id !== id) throw taken('external_id', 'External');
  }

  /**
   * The organizations and groups that a write asks for: the user's properties that name the defaults, and the memberships
   * themselves, kept once the user is.
   */
  #ties(account: string, before: User, patch: UserPatch, actor: Actor, isNew: boolean): Ties {
    const role = patch.role ?? before.role;
    const organizations = this.#organizationIds(account, before, patch, actor, isNew);
    const groups = role === 'end-user' ? (before.role === 'end-user' ? undefined : []) : this.#groupIds(account, before, patch);
    return {
      defaults: {
        organization_id: organizations ? (organizations[0] ?? null) : before.organization_id,
        default_group_id: groups ? (groups[0] ?? null) : before.default_group_id,
      },
      keep: (user) => {
        if (organizations) this.#memberships.set(account, user, organizations, actor);
        if (groups) this.#groups.set(account, user, groups, actor);
      },
    };
  }

  /** The default first; undefined when the write does not touch them. Setting one organization leaves no other (documented). */
  #organizationIds(account: string, before: User, patch: UserPatch, actor: Actor, isNew: boolean): number[] | undefined {
    const { organization_id: id, organization_ids: ids } = patch;
    for (const each of [...(ids ?? []), ...(id ? [id] : [])])
      if (!this.#organizations.get(account, each)) throw invalidValue('organization', 'Organization', each);
    if (ids) return defaultFirst(ids, id ?? before.organization_id);
    if (id) return [id];
    const named = patch.organization?.name || isNew ? this.#organizationOf(account, patch, actor) : null;
    if (named !== null) return [named];
    return id === null || ids === null ? [] : undefined;
  }

  /** As for organizations; but a default group is one more (inferred), and none is no default. */
  #groupIds(account: string, before: User, { group_ids: ids, default_group_id: id }: UserPatch): number[] | undefined {
    for (const each of [...(ids ?? []), ...(id ? [id] : [])])
      if (this.#context.collections.groups.get(account, each)?.deleted !== false) throw invalidValue('group', 'Group', each);
    if (!ids && !id) return ids === null ? [] : undefined;
    const own = ids ?? this.#groups.of(account, before.id).map((membership) => membership.group_id);
    return defaultFirst(id ? [...own, id] : own, id ?? before.default_group_id);
  }

  /** By the name given, else by the domain of the e-mail. */
  #organizationOf(account: string, patch: UserPatch, actor: Actor): number | null {
    const written: unknown = patch.organization?.name;
    // JSON can hold what is no name.
    if (typeof written === 'object' && written !== null) throw invalidValue('organization', 'Organization', written);
    const name = written === undefined || written === null ? '' : String(written);
    if (name) return (this.#organizations.findByName(account, name) ?? this.#organizations.create(account, { name }, actor)).id;
    const domain = patch.email?.split('@')[1];
    return (domain === undefined ? undefined : this.#organizations.findByDomain(account, domain)?.id) ?? null;
  }

  #withEmail(account: string, user: StoredUser, email: string, id: number, own: Identity[]): StoredUser {
    const { value } = this.#added(account, { id, user_id: user.id, type: 'email', value: validEmail(email), verified: user.verified }, own);
    return user.email === null ? { ...user, email: value } : user;
  }

  #withIdentity(account: string, user: StoredUser, draft: IdentityDraft, id: number, own: Identity[]): StoredUser {
    const { type, value, primary } = draft;
    const verified = typeof draft.verified === 'boolean' ? draft.verified : user.verified;
    if (!WRITABLE_IDENTITIES.includes(type) || typeof value !== 'string') throw invalidValue('identities', 'Identities', { type, value });
    const clean = type === 'email' ? validEmail(value) : value;
    const added = this.#added(account, { id, user_id: user.id, type, value: clean, verified }, own);
    if (primary === true) {
      this.#identities.makePrimary(account, added);
      own.splice(0, own.length, ...this.#identities.of(account, user.id));
    }
    if (type === 'email') return user.email === null || primary === true ? { ...user, email: added.value } : user;
    return type === 'phone_number' && added.id === id ? { ...user, other_phones: [...(user.other_phones ?? []), value] } : user;
  }

  /** @throws ApiError 422 when it is another user's */
  #added(account: string, wanted: WantedIdentity, own: Identity[]): Identity {
    const added = this.#identities.claim(account, wanted, own);
    if (!added) throw wanted.type === 'email' ? duplicateEmail(wanted.value) : duplicateIdentity(wanted.value);
    if (added.id === wanted.id) own.push(added);
    return added;
  }

  /** The first of the numbers among the user's identities. */
  #directLine(account: string, userId: number): string | undefined {
    return this.#identities.of(account, userId).find(({ type, primary }) => type === 'phone_number' && primary)?.value;
  }

  /** A number that another user has as direct line becomes a shared one here (inferred). `own` as for a claim. */
  #withPhone(
    account: string,
    user: StoredUser,
    phone: string | null,
    shared: boolean | null | undefined,
    id: number,
    own?: Identity[],
  ): StoredUser {
    if (!phone) return { ...user, phone: null, shared_phone_number: null };
    const wanted = { id, user_id: user.id, type: 'phone_number', value: phone, verified: user.verified } as const;
    const direct = shared === true ? undefined : this.#identities.claim(account, wanted, own);
    if (direct?.id === id) own?.push(direct);
    if (direct && !direct.primary) this.#identities.makePrimary(account, direct);
    const others = user.other_phones?.filter((value) => value !== phone);
    return { ...user, phone, shared_phone_number: !direct, ...(others ? { other_phones: others } : {}) };
  }

  #withoutPhone(account: string, user: StoredUser): StoredUser {
    if (user.phone !== null) this.#identities.remove(account, user.id, 'phone_number', user.phone);
    return user;
  }
}

interface Ties {
  readonly defaults: Pick<User, 'organization_id' | 'default_group_id'>;
  readonly keep: (user: User) => void;
}

/** Each once; `first` in front if it is among them. */
function defaultFirst(ids: readonly number[], first: number | null | undefined): number[] {
  const all = [...new Set(ids)];
  return first && all.includes(first) ? [first, ...all.filter((id) => id !== first)] : all;
}
