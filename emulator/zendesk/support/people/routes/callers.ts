import type { Response } from 'express';
import { principalOf } from '../../../account/index.ts';
import type { OrganizationPatch, UserPatch } from '../../drafts.ts';
import type { Organization, User } from '../../entities.ts';
import { forbidden } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { scopeOf } from '../../routes/http.ts';

/** What decides what a member of staff may do. */
const POWERS = ['role', 'custom_role_id', 'ticket_restriction', 'restricted_agent', 'only_private_comments', 'suspended', 'moderator'] as const; // prettier-ignore
/** What decides which tickets they see: memberships are admins' matter (vendor articles "Group memberships" and "Organization memberships"). */
const TIES = ['group_ids', 'organization_ids', 'organization_id', 'organization'] as const;

/**
 * What the caller may write of the user, who is undefined when new. Admins write everybody; agents write end users, whom
 * they cannot make staff, and themselves, but for what they may do and belong to (inferred). @throws ApiError 403
 */
export function writable<Patch extends UserPatch>(support: Support, res: Response, user: User | undefined, patch: Patch): Patch {
  const principal = principalOf(res);
  if (principal.kind === 'token' && principal.role === 'admin') return patch;
  const isOwn = principal.kind === 'token' && principal.userId === user?.id;
  const before: UserPatch = user ?? { role: 'end-user' };
  const decisive = isOwn ? [...POWERS, ...TIES] : (['role'] as const);
  const changesPowers = decisive.some((key) => patch[key] !== undefined && patch[key] !== before[key]);
  if (changesPowers || (!isOwn && before.role !== 'end-user')) throw forbidden();
  const group_id = patch.default_group_id;
  if (isOwn && group_id && support.people.groupMemberships.count(scopeOf(res).account, { user_id: user.id, group_id }) === 0)
    throw forbidden();
  return patch;
}

/** Agents put nobody but end users into organizations (vendor article "Organization memberships", Create Membership). @throws ApiError 403 */
export function guardMember(support: Support, res: Response, userId: number | null | undefined): void {
  const principal = principalOf(res);
  const user = support.users.get(scopeOf(res).account, userId ?? 0);
  if (principal.kind === 'token' && principal.role !== 'admin' && user && user.role !== 'end-user') throw forbidden();
}

/**
 * What the caller may write of the organization, which is undefined when new. Agents whose role does not let them edit
 * organizations change nothing but `notes` (vendor article "Organizations", Update Organization; the answer is inferred).
 * @throws ApiError 403
 */
export function writableOrganization<Patch extends OrganizationPatch>(
  res: Response,
  before: Organization | undefined,
  patch: Patch,
): Patch {
  const principal = principalOf(res);
  if (principal.kind === 'token' && (principal.role === 'admin' || principal.can?.['organization_editing'] === true)) return patch;
  const known: Readonly<Record<string, unknown>> = { ...before };
  const changed = Object.entries(patch).filter(([key, value]) => key !== 'id' && JSON.stringify(value) !== JSON.stringify(known[key]));
  if (!before || changed.some(([key]) => key !== 'notes')) throw forbidden();
  return patch;
}

/** The end user who calls, and gets to see and write nothing but their own; undefined for staff. */
export function endUserId(res: Response): number | undefined {
  const principal = principalOf(res);
  return principal.kind === 'token' && principal.role === 'end-user' ? principal.userId : undefined;
}
