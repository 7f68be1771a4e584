import type { Response } from 'express';
import { principalOf } from '../../../account/index.ts';
import type { UserPatch } from '../../drafts.ts';
import type { User } from '../../entities.ts';
import { forbidden } from '../../errors.ts';

/** What decides what a member of staff may do. */
const POWERS = ['role', 'custom_role_id', 'ticket_restriction', 'restricted_agent'] as const;

/**
 * What the caller may write of the user, who is undefined when new. Admins write everybody; agents write end users, whom
 * they cannot make staff, and themselves, but for what they may do (inferred). @throws ApiError 403
 */
export function writable<Patch extends UserPatch>(res: Response, user: User | undefined, patch: Patch): Patch {
  const principal = principalOf(res);
  if (principal.kind === 'token' && principal.role === 'admin') return patch;
  const isOwn = principal.kind === 'token' && principal.userId === user?.id;
  const before: UserPatch = user ?? { role: 'end-user' };
  const powers = isOwn ? POWERS : (['role'] as const);
  const changesPowers = powers.some((key) => patch[key] !== undefined && patch[key] !== before[key]);
  if (changesPowers || (!isOwn && before.role !== 'end-user')) throw forbidden();
  return patch;
}

/** The end user who calls, and gets to see and write nothing but their own; undefined for staff. */
export function endUserId(res: Response): number | undefined {
  const principal = principalOf(res);
  return principal.kind === 'token' && principal.role === 'end-user' ? principal.userId : undefined;
}
