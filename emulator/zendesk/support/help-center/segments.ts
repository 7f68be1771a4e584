import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { User } from '../entities.ts';
import { blank, forbidden, invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import type { GuideSettings } from './entities.ts';

export type UserType = 'signed_in_users' | 'staff';

/** Who may read an article (vendor reference "User Segments"). */
export interface UserSegment {
  readonly id: number;
  readonly name: string;
  readonly user_type: UserType;
  /** In one of these, if there are any; agents are in groups. */
  readonly group_ids: readonly number[];
  /** In one of these, if there are any. */
  readonly organization_ids: readonly number[];
  /** With all of these. */
  readonly tags: readonly string[];
  /** With one of these, if there are any. */
  readonly or_tags: readonly string[];
  /** Whatever the rest says. */
  readonly added_user_ids: readonly number[];
  readonly built_in: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface UserSegmentDraft {
  name?: string | null;
  user_type?: string | null;
  group_ids?: readonly number[] | null;
  organization_ids?: readonly number[] | null;
  tags?: readonly string[] | string | null;
  or_tags?: readonly string[] | string | null;
  added_user_ids?: readonly number[] | null;
}

const TYPES: readonly UserType[] = ['signed_in_users', 'staff'];
const OPEN = { group_ids: [], organization_ids: [], tags: [], or_tags: [], added_user_ids: [] };
/** Of an account (inferred). */
const MOST = 200;

/** The user segments of an account: two that every Help Center has, and those made. */
export class UserSegments {
  /** Whether an article is for those of the segment. */
  isUsed: (account: string, id: number) => boolean = () => false;
  readonly #context: SupportContext;
  readonly #settings: (account: string) => GuideSettings;
  readonly #rows: Collection<UserSegment>;

  constructor(context: SupportContext, settings: (account: string) => GuideSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#rows = context.core.store.collection<UserSegment>({ name: 'guide_user_segments', key: ({ id }) => id });
  }

  list(account: string): UserSegment[] {
    const { createdAt } = this.#context.accounts.expect(account);
    const { signed_in_users, staff } = this.#settings(account).segment_ids;
    const rest = { ...OPEN, built_in: true, created_at: createdAt, updated_at: createdAt };
    return [
      { id: signed_in_users, name: 'Signed-in users', user_type: 'signed_in_users', ...rest },
      { id: staff, name: 'Agents and admins', user_type: 'staff', ...rest },
      ...this.#rows.find(account),
    ];
  }

  get(account: string, id: number): UserSegment | undefined {
    return this.list(account).find((segment) => segment.id === id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): UserSegment {
    const segment = this.get(account, id);
    if (!segment) throw recordNotFound();
    return segment;
  }

  /** Those that the user is in. */
  of(account: string, user: User): UserSegment[] {
    return this.list(account).filter((segment) => this.#admits(account, segment, user));
  }

  /** @throws ApiError 422 */
  create(account: string, draft: UserSegmentDraft): UserSegment {
    if (this.list(account).length >= MOST)
      throw recordInvalid({ base: [{ description: `User segments: at most ${MOST}`, error: 'TooManyValues' }] });
    const now = this.#context.now(account);
    const bare = {
      id: this.#context.ids(account)(),
      name: '',
      user_type: '' as UserType,
      ...OPEN,
      built_in: false,
      created_at: now,
      updated_at: now,
    };
    return this.#keep(account, bare, draft);
  }

  /** @throws ApiError 404, 403 for one that every Help Center has (documented; form inferred), 422 */
  update(account: string, id: number, patch: UserSegmentDraft): UserSegment {
    return this.#keep(account, this.#own(account, id), patch);
  }

  /** @throws ApiError 404, 403 as `update`, 422 while articles have it (inferred) */
  delete(account: string, id: number): void {
    this.#own(account, id);
    if (this.isUsed(account, id)) throw recordInvalid({ base: [{ description: 'User segment: articles have it', error: 'InvalidValue' }] });
    this.#rows.delete(account, id);
  }

  #own(account: string, id: number): UserSegment {
    const segment = this.expect(account, id);
    if (segment.built_in) throw forbidden('Built-in user segments cannot be modified');
    return segment;
  }

  #keep(account: string, before: UserSegment, patch: UserSegmentDraft): UserSegment {
    const name = (patch.name ?? before.name).trim();
    if (name === '') throw blank('name', 'Name');
    const type = patch.user_type ?? before.user_type;
    const user_type = TYPES.find((each) => each === type);
    if (!user_type) throw invalidValue('user_type', 'User type', type);
    const { groups, organizations, users } = this.#context.collections;
    const segment: UserSegment = {
      ...before,
      name,
      user_type,
      group_ids: known(before, patch, 'group_ids', (id) => groups.get(account, id)?.deleted === false),
      organization_ids: known(before, patch, 'organization_ids', (id) => organizations.get(account, id) !== undefined),
      added_user_ids: known(before, patch, 'added_user_ids', (id) => users.get(account, id)?.active === true),
      tags: tagsIn(patch.tags ?? before.tags),
      or_tags: tagsIn(patch.or_tags ?? before.or_tags),
      updated_at: this.#context.now(account),
    };
    this.#rows.put(account, segment);
    return segment;
  }

  /** Tags are the user's and those of their organizations (inferred). */
  #admits(account: string, segment: UserSegment, user: User): boolean {
    if (segment.added_user_ids.includes(user.id)) return true;
    if (segment.user_type === 'staff' && user.role === 'end-user') return false;
    const { memberships, organizationMemberships, organizations } = this.#context.collections;
    const where = { where: { user_id: user.id } };
    if (segment.group_ids.length > 0 && !memberships.find(account, where).some(({ group_id }) => segment.group_ids.includes(group_id))) return false; // prettier-ignore
    const asksOrganizations = segment.organization_ids.length + segment.tags.length + segment.or_tags.length > 0;
    const theirs = asksOrganizations ? organizationMemberships.find(account, where).map(({ organization_id }) => organization_id) : [];
    if (segment.organization_ids.length > 0 && !theirs.some((id) => segment.organization_ids.includes(id))) return false;
    const tags = new Set([...user.tags, ...theirs.flatMap((id) => organizations.get(account, id)?.tags ?? [])]);
    return segment.tags.every((tag) => tags.has(tag)) && (segment.or_tags.length === 0 || segment.or_tags.some((tag) => tags.has(tag)));
  }
}

/** Each once; what is gone since it was named is no mistake of whoever writes now. @throws ApiError 422 for one that there is not */
function known(
  before: UserSegment,
  patch: UserSegmentDraft,
  property: 'group_ids' | 'organization_ids' | 'added_user_ids',
  isThere: (id: number) => boolean,
): readonly number[] {
  const ids = patch[property] ?? before[property];
  const stranger = ids.find((id) => !isThere(id) && !before[property].includes(id));
  if (stranger !== undefined) throw invalidValue(property, 'User segment', stranger);
  return [...new Set(ids)];
}

function tagsIn(written: readonly string[] | string): string[] {
  const list = typeof written === 'string' ? written.split(/[\s,]+/) : written;
  return [...new Set(list.map((tag) => tag.trim().toLowerCase()))].filter((tag) => tag !== '');
}
