import type { User } from '../entities.ts';
import { invalidAttribute } from '../errors.ts';
import { isObject, numberOf } from '../routes/permit.ts';
import type { Restriction } from './entities.ts';
import { refused } from './read-rule.ts';

/** Who looks at macros and views. */
export interface Viewer {
  readonly user: User;
  readonly groupIds: readonly number[];
  /** What the viewer's custom role allows; undefined without one. */
  readonly can?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * `{"type": "Group", "id", "ids"}`, `{"type": "User", "id"}` or null for everybody; undefined when the write leaves it alone.
 * @throws ApiError 400, 422
 */
export function readRestriction(written: unknown, action: string): Restriction | undefined {
  if (written === undefined) return undefined;
  if (written === null || (isObject(written) && Object.keys(written).length === 0)) return null;
  if (!isObject(written)) throw invalidAttribute('restriction', 'must be a hash', action);
  const number = (value: unknown): number => {
    const id = numberOf(value);
    if (!Number.isSafeInteger(id)) throw invalidAttribute('restriction.id', 'must be an integer', action);
    return id;
  };
  const ids = Array.isArray(written['ids']) ? written['ids'].map(number) : [];
  const id = written['id'] === undefined || written['id'] === null ? ids[0] : number(written['id']);
  if (id === undefined) throw refused('restriction', 'Restriction: needs an id');
  if (written['type'] === 'User') return { type: 'User', id };
  if (written['type'] === 'Group') return { type: 'Group', id, ids: ids.length === 0 ? [id] : ids };
  throw refused('restriction', 'Restriction: type is not valid');
}

/** Everybody's, one's own and one's groups'; admins see all but what is personal to others (inferred). */
export function mayUse(restriction: Restriction, { user, groupIds }: Viewer): boolean {
  if (restriction === null) return true;
  if (restriction.type === 'User') return restriction.id === user.id;
  return user.role === 'admin' || restriction.ids.some((id) => groupIds.includes(id));
}

/** Whether a macro is there for the viewer: all are for admins, others' personal ones too (vendor article "Macros", List Macros). */
export function maySee(restriction: Restriction, viewer: Viewer): boolean {
  return viewer.user.role === 'admin' || mayUse(restriction, viewer);
}

/** Whether it may be changed: by admins, by whom it belongs to, and by agents whose custom role gives them all of it. */
export function mayChange(restriction: Restriction, { user, can }: Viewer, property: 'macro_access' | 'view_access'): boolean {
  if (user.role === 'admin' || can?.[property] === 'full') return true;
  return restriction?.type === 'User' && restriction.id === user.id;
}

/** `?access=`: personal (one's own), agents (anybody's own), shared (by groups or all), account (all). Undefined for a word that is none. */
export function accessOf(restriction: Restriction, access: string, { user }: Viewer): boolean | undefined {
  if (access === 'personal') return restriction?.type === 'User' && restriction.id === user.id;
  if (access === 'agents') return restriction?.type === 'User';
  if (access === 'shared') return restriction?.type !== 'User';
  if (access === 'account') return restriction === null;
  return undefined;
}
