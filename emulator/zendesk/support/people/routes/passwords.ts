import type { Request, Response, Router } from 'express';
import { accountOf, principalOf, sendJson } from '../../../account/index.ts';
import type { User } from '../../entities.ts';
import { forbidden, parameterMissing, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, scopeOf } from '../../routes/http.ts';
import { isObject } from '../../routes/permit.ts';
import { PASSWORD_REQUIREMENTS } from '../user-passwords.ts';

/** Passwords of users (vendor article "User Passwords"). Answers are declared as texts; that they are empty is inferred. */
export function passwordRoutes(router: Router, support: Support): void {
  const { passwords } = support.people;

  router.post('/users/:user_id/password', (req, res) => {
    const { account } = scopeOf(res);
    const id = known(account, idOf(req, 'user_id', SET));
    expectSetter(res);
    passwords.set(account, id, written(req, 'password', SET), actorOf(req, res));
    sendJson(res, 200, '');
  });

  /** Nobody changes another's: it takes the password that holds. */
  router.put('/users/:user_id/password', (req, res) => {
    const { account } = scopeOf(res);
    const id = known(account, idOf(req, 'user_id', CHANGE));
    const principal = principalOf(res);
    if (principal.kind !== 'token' || principal.userId !== id) throw forbidden();
    const change = { previous: written(req, 'previous_password', CHANGE), password: written(req, 'password', CHANGE) };
    passwords.change(account, id, change, actorOf(req, res));
    sendJson(res, 200, '');
  });

  router.get('/users/:user_id/password/requirements', (req, res) => {
    known(scopeOf(res).account, idOf(req, 'user_id', 'password/requirements'));
    sendJson(res, 200, { requirements: PASSWORD_REQUIREMENTS });
  });

  function known(account: string, id: number): number {
    if (!support.users.get(account, id)?.active) throw recordNotFound();
    return id;
  }
}

/**
 * Writes a user with a password among the properties, both or neither; who may, and what it has to be, is as for
 * `POST /users/{user_id}/password` (inferred). Null is as none. @throws ApiError 403, 422
 */
export function withPassword(support: Support, req: Request, res: Response, password: string | null | undefined, write: () => User): User {
  if (password === undefined || password === null) return write();
  expectSetter(res);
  return support.context.core.store.transaction(() => {
    const user = write();
    support.people.passwords.set(scopeOf(res).account, user.id, password, actorOf(req, res));
    return user;
  });
}

/** Passwords are set by admins, where the owner lets them. @throws ApiError 403 */
function expectSetter(res: Response): void {
  const principal = principalOf(res);
  const isAdmin = principal.kind === 'token' && principal.role === 'admin';
  if (!isAdmin || accountOf(res).settings.adminsCanSetUserPasswords !== true) throw forbidden();
}

const SET = 'password/create';
const CHANGE = 'password/update';

/** @throws ApiError 400 for a body without that text */
function written(req: Request, name: 'password' | 'previous_password', action: string): string {
  const value: unknown = isObject(req.body) ? req.body[name] : undefined;
  if (typeof value !== 'string' || value === '') throw parameterMissing(name, action);
  return value;
}
