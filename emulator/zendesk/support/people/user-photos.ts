import type { SupportContext } from '../context.ts';
import type { Actor, Attachment, User } from '../entities.ts';
import { invalidValue, recordNotFound } from '../errors.ts';
import { type AttachmentService, type FileDraft, PICTURE } from '../files/attachments.ts';
import { contentUrl } from '../wire.ts';
import { journalUser } from './user-journal.ts';

/** Pictures of users. */
export class UserPhotos {
  readonly #context: SupportContext;
  readonly #files: AttachmentService;

  constructor(context: SupportContext, files: AttachmentService) {
    this.#context = context;
    this.#files = files;
  }

  /** In the place of the one before, which is gone. @throws ApiError 404, or 422 for what is no image (inferred) */
  set(account: string, userId: number, file: Omit<FileDraft, 'token'>, actor: Actor): User {
    const { core, collections, accounts } = this.#context;
    if (!file.contentType.startsWith('image/')) throw invalidValue('photo', 'Photo', file.contentType);
    return core.store.transaction(() => {
      const before = collections.users.get(account, userId);
      if (!before?.active) throw recordNotFound();
      const photo = this.#files.keep(account, file, PICTURE);
      if (before.photo) this.#files.erase(account, [before.photo]);
      const user = { ...before, photo, updated_at: this.#context.now(account) };
      collections.users.put(account, user);
      const urlOf = (each: Attachment | undefined): string | null => (each ? contentUrl(each, accounts.url(account)) : null);
      const changes = [{ field: 'photo', previous: urlOf(before.photo), current: urlOf(photo) }];
      journalUser(this.#context, { account, what: 'updated', user, actor, changes });
      return user;
    });
  }
}
