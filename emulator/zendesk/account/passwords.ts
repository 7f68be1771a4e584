import { createHash, timingSafeEqual } from 'node:crypto';
import type { Collection } from '../../core/collection.ts';
import type { Core } from '../../core/core.ts';
import { Memo } from '../../core/memo.ts';

/** A user's password, never in clear. */
interface StoredPassword {
  readonly user_id: number;
  readonly salt: string;
  /** SHA-256 of salt and password: the passwords are made up for tests, and are checked with each request. */
  readonly hash: string;
}

/** Passwords of users, for password authentication, the password grant and the sign-in of the consent page. */
export class Passwords {
  readonly #core: Core;
  readonly #stored: Collection<StoredPassword>;
  readonly #known: Memo<StoredPassword | undefined>;

  constructor(core: Core) {
    this.#core = core;
    this.#stored = core.store.collection<StoredPassword>({ name: 'user_passwords', key: (stored) => stored.user_id });
    this.#known = new Memo(this.#stored);
  }

  set(account: string, userId: number, password: string): void {
    const salt = this.#core.ids.hex(16);
    this.#core.redactor.add(password, account);
    this.#stored.put(account, { user_id: userId, salt, hash: hashOf(salt, password) });
  }

  /** The user has none from now on. */
  forget(account: string, userId: number): void {
    this.#stored.delete(account, userId);
  }

  /** Whether it is the user's password; never for a user without one. */
  fits(account: string, userId: number, password: string): boolean {
    const stored = this.#known.get(`${account} ${userId}`, () => this.#stored.get(account, userId));
    if (!stored || !timingSafeEqual(Buffer.from(hashOf(stored.salt, password)), Buffer.from(stored.hash))) return false;
    // After a restart nobody knows it until it is used.
    this.#core.redactor.add(password, account);
    return true;
  }
}

function hashOf(salt: string, password: string): string {
  return createHash('sha256').update(`${salt}:${password}`).digest('hex');
}
