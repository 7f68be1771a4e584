import type { Request, Response } from 'express';
import { principalOf } from '../../../account/index.ts';
import { forbidden, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, scopeOf } from '../../routes/http.ts';
import { isObject } from '../../routes/permit.ts';
import { usersOf } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { Guide } from './guide.ts';

/** Who has signed in. @throws ApiError 403 for nobody */
export function readerId(res: Response): number {
  const principal = principalOf(res);
  if (principal.kind !== 'token') throw forbidden();
  return principal.userId;
}

/** Whose the list is: `me`, or to agents anybody. @throws ApiError 404 */
export function userAsked(support: Support, req: Request, res: Response, action: string): number {
  const id = req.params['user_id'] === 'me' ? readerId(res) : idOf(req, 'user_id', action);
  if (!support.users.get(scopeOf(res).account, id)) throw recordNotFound();
  return id;
}

/** Users beside what they wrote; to others than staff only who they are (inferred). */
export function authorsOf(support: Support, guide: Guide, ids: readonly (number | null)[]): Json[] {
  const users = usersOf(support, guide, ids);
  if (guide.reader === 'staff') return users;
  return users.map(({ id, url, name, role, photo }) => ({ id, url, name, role, photo }));
}

/** Whether those who follow what is written to are told; only `notify_subscribers: false` beside it says no (documented). */
export function notifies(req: Request): boolean {
  return !isObject(req.body) || req.body['notify_subscribers'] !== false;
}
