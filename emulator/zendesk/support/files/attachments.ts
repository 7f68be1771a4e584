import { commentsOf, isComment } from '../tickets/comments.ts';
import type { SupportContext } from '../context.ts';
import type { Attachment, Audit } from '../entities.ts';
import { invalidValue, recordNotFound } from '../errors.ts';

const VALID_MS = 3_600_000;

/** Files that wait for the comment which will hold them. */
export interface Upload {
  readonly token: string;
  readonly attachments: readonly Attachment[];
  /** Milliseconds of the account's time: after that the token is worth nothing. */
  readonly until: number;
}

export interface StoredFile {
  readonly token: string;
  readonly content_type: string;
  readonly base64: string;
}

export interface FileDraft {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Adds the file to an earlier upload. */
  readonly token?: string;
}

/** Uploads, and the files of comments that they become. */
export class AttachmentService {
  readonly #context: SupportContext;

  constructor(context: SupportContext) {
    this.#context = context;
  }

  /** @throws ApiError 422 for a token that is unknown, used or over an hour old (form inferred). */
  upload(account: string, draft: FileDraft): { upload: Upload; attachment: Attachment } {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const earlier = draft.token === undefined ? undefined : this.#upload(account, draft.token, 'token');
      const attachment: Attachment = {
        id: this.#context.ids(account)(),
        file_name: draft.name,
        content_type: draft.contentType,
        size: draft.bytes.byteLength,
        token: core.ids.hex(32),
      };
      const base64 = Buffer.from(draft.bytes).toString('base64');
      collections.files.insert(account, { token: attachment.token, content_type: attachment.content_type, base64 });
      const upload: Upload = {
        token: earlier?.token ?? core.ids.hex(32),
        attachments: [...(earlier?.attachments ?? []), attachment],
        until: earlier?.until ?? core.businessClock(account).now() + VALID_MS,
      };
      collections.uploads.put(account, upload);
      return { upload, attachment };
    });
  }

  /** Throws an upload away that no comment took. @throws ApiError 404 */
  discard(account: string, token: string): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const upload = collections.uploads.get(account, token);
      if (!upload) throw recordNotFound();
      for (const attachment of upload.attachments) collections.files.delete(account, attachment.token);
      collections.uploads.delete(account, token);
    });
  }

  /** The files of uploads, which are used up by it; inside the transaction that writes the comment. @throws ApiError 422 */
  claim(account: string, tokens: readonly string[] | string): Attachment[] {
    return [...new Set([tokens].flat())].flatMap((token) => {
      const { attachments } = this.#upload(account, token, 'uploads');
      this.#context.collections.uploads.delete(account, token);
      return attachments;
    });
  }

  content(account: string, token: string): { contentType: string; bytes: Buffer } | undefined {
    const file = this.#context.collections.files.get(account, token);
    return file && { contentType: file.content_type, bytes: Buffer.from(file.base64, 'base64') };
  }

  /** The file is gone for good; an empty `redacted.txt` stands in its place (inferred). @throws ApiError 404 */
  redact(account: string, place: { ticketId: number; commentId: number; attachmentId: number }): Attachment {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      const audits = collections.audits.find(account, { where: { ticket_id: place.ticketId, comments: { gt: 0 } } });
      const audit = audits.find((each) => commentsOf(each).some(({ id }) => id === place.commentId));
      const comment = audit && commentsOf(audit).find(({ id }) => id === place.commentId);
      const before = comment?.attachments?.find(({ id }) => id === place.attachmentId);
      if (!audit || !before || collections.tickets.get(account, place.ticketId)?.deleted_at !== null) throw recordNotFound();
      const after: Attachment = { ...before, file_name: 'redacted.txt', content_type: 'text/plain', size: 0 };
      collections.files.put(account, { token: after.token, content_type: after.content_type, base64: '' });
      collections.audits.put(account, replaced(audit, place.commentId, after));
      return after;
    });
  }

  #upload(account: string, token: string, property: string): Upload {
    const upload = this.#context.collections.uploads.get(account, token);
    if (!upload || upload.until <= this.#context.core.businessClock(account).now()) throw invalidValue(property, 'Upload token', token);
    return upload;
  }
}

function replaced(audit: Audit, commentId: number, after: Attachment): Audit {
  const events = audit.events.map((event) => {
    if (!isComment(event) || event.id !== commentId || !event.attachments) return event;
    return { ...event, attachments: event.attachments.map((each) => (each.id === after.id ? after : each)) };
  });
  return { ...audit, events };
}
