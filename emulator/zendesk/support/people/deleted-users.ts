import type { Query } from '../../../core/query.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import { freshUser } from './user-draft.ts';
import { journalUser } from './user-journal.ts';
import type { UserSettingsService } from './user-settings.ts';

/** What is done, and by which part of Zendesk, to make a user be forgotten. */
export interface ComplianceDeletion {
  readonly action: 'request_deletion' | 'started' | 'complete';
  readonly application: string;
  readonly user_id: number;
  readonly executer_id: number | null;
  readonly created_at: string;
}

/** Deleted users: kept until they are deleted for good (vendor article "Users", Permanently Delete User). */
export class DeletedUsers {
  readonly #context: SupportContext;
  readonly #settings: UserSettingsService;

  constructor(context: SupportContext, settings: UserSettingsService) {
    this.#context = context;
    this.#settings = settings;
  }

  /** Undefined when unknown, not deleted, or deleted for good. */
  get(account: string, id: number): StoredUser | undefined {
    const user = this.#context.collections.users.get(account, id);
    return user && !user.active && !user.erased ? user : undefined;
  }

  list(account: string, query: Query = {}): StoredUser[] {
    return this.#context.collections.users.find(account, { ...query, where: { active: 0, erased: 0, ...query.where } });
  }

  count(account: string): number {
    return this.#context.collections.users.count(account, { where: { active: 0, erased: 0 } });
  }

  /**
   * Only the id, the role and what they did stays (how the rest reads is inferred). Answers the user as before.
   * @throws ApiError 404 for a user that is not deleted
   */
  erase(account: string, id: number, actor: Actor): StoredUser {
    return this.#context.core.store.transaction(() => {
      const before = this.get(account, id);
      if (!before) throw recordNotFound();
      const now = this.#context.now(account);
      const blank = freshUser(id, 'Permanently Deleted User', before.role, now);
      const user: StoredUser = { ...blank, created_at: before.created_at, active: false, erased: { at: now, by: actor.userId } };
      this.#context.collections.users.put(account, user);
      if (before.photo) this.#context.collections.files.delete(account, before.photo.token);
      this.#context.accounts.passwords.forget(account, id);
      this.#settings.forget(account, id);
      journalUser(this.#context, { account, what: 'permanently_deleted', user, actor });
      return before;
    });
  }

  /** Of the user's permanent deletion; Ringback is one area only, and done at once. @throws ApiError 404 without any user */
  compliance(account: string, id: number): ComplianceDeletion[] {
    const user = this.#context.collections.users.get(account, id);
    if (!user) throw recordNotFound();
    const { erased } = user;
    if (!erased) return [];
    const step = (action: ComplianceDeletion['action'], application: string): ComplianceDeletion => ({
      action,
      application,
      user_id: id,
      executer_id: action === 'request_deletion' ? erased.by : null,
      created_at: erased.at,
    });
    return [step('request_deletion', 'all'), step('started', 'support'), step('complete', 'support')];
  }
}
