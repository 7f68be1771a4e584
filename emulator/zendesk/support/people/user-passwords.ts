import type { SupportContext } from '../context.ts';
import type { Actor, User } from '../entities.ts';
import { recordInvalid, recordNotFound } from '../errors.ts';
import { journalUser } from './user-journal.ts';

const SHORTEST = 5;

/** What a password has to be (vendor article "User Passwords", example of "List password requirements"). */
export const PASSWORD_REQUIREMENTS: readonly string[] = [`must be at least ${SHORTEST} characters`, 'must be different from email address'];

/** Users' passwords as the API sets them. */
export class UserPasswords {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  /** @throws ApiError 404, or 422 for a password that does not meet the requirements (wording inferred) */
  set(account: string, userId: number, password: string, actor: Actor): void {
    const { core, accounts } = this.#context;
    const user = this.#user(account, userId);
    if (password.length < SHORTEST) throw unfit('password', `is too short (minimum is ${SHORTEST} characters)`);
    if (password.toLowerCase() === user.email) throw unfit('password', 'must be different from email address');
    core.store.transaction(() => {
      accounts.passwords.set(account, userId, password);
      journalUser(this.#context, { account, what: 'password_changed', user, actor });
    });
  }

  /** Takes who knows the one that holds. @throws ApiError as `set`, and 422 for a wrong one (inferred) */
  change(account: string, userId: number, { previous, password }: { previous: string; password: string }, actor: Actor): void {
    if (!this.#context.accounts.passwords.fits(account, userId, previous)) throw unfit('previous_password', 'is incorrect');
    this.set(account, userId, password, actor);
  }

  #user(account: string, id: number): User {
    const user = this.#context.collections.users.get(account, id);
    if (!user?.active) throw recordNotFound();
    return user;
  }
}

function unfit(property: 'password' | 'previous_password', why: string): Error {
  const title = property === 'password' ? 'Password' : 'Previous password';
  return recordInvalid({ [property]: [{ description: `${title}: ${why}`, error: 'InvalidValue' }] });
}
