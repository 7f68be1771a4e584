import type { SupportContext } from '../context.ts';
import type { Attachment } from '../entities.ts';
import { invalidValue, recordNotFound } from '../errors.ts';
import type { Measures } from './measure.ts';

const VALID_MS = 3_600_000;
/** How long a file is kept that nothing holds: what a link in an e-mail leads to, what waits for its article (three days are inferred). */
export const LENT_MS = 3 * 86_400_000;
/** What holds photos of users and logos of brands, and what holds files of suspended messages: agents find these by their id, too. */
export const [PICTURE, SUSPENDED] = ['picture', 'suspended_ticket'] as const;

/** Files that wait for the comment which will hold them. */
export interface Upload {
  readonly token: string;
  readonly attachments: readonly Attachment[];
  /** Milliseconds of the account's time: after that the token is worth nothing. */
  readonly until: number;
}

/** The comment that holds a file. */
export interface Holder {
  readonly audit_id: number;
  readonly comment_id: number;
}

export interface StoredFile {
  readonly token: string;
  readonly content_type: string;
  readonly base64: string;
  /** As it was uploaded; a comment keeps its own copy. */
  readonly attachment: Attachment;
  /** The upload that it waits in, the comment that has it, or the name of something else that does. */
  readonly held_by: Holder | string;
  /** Milliseconds of the account's time, for a file that nothing holds: after that it is gone. */
  readonly until?: number;
}

export interface FileDraft {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Of an image. */
  readonly measures?: Measures | undefined;
  /** Adds the file to an earlier upload. */
  readonly token?: string;
}

/** Uploads that nobody took, and files that nothing holds, that are thrown away with each new file: they are large. */
const MOST_SWEPT = 20;

/** Uploads, and the content of the files that comments make of them. */
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
      const token = earlier?.token ?? core.ids.hex(32);
      const attachment = this.keep(account, draft, token);
      const upload: Upload = {
        token,
        attachments: [...(earlier?.attachments ?? []), attachment],
        until: earlier?.until ?? core.businessClock(account).now() + VALID_MS,
      };
      collections.uploads.put(account, upload);
      return { upload, attachment };
    });
  }

  /**
   * Stores a file for whatever holds it: an upload, or something that sees to it itself; or, `lent`, for three days.
   * Inside a transaction.
   */
  keep(account: string, draft: Omit<FileDraft, 'token'>, heldBy: string, lent = false): Attachment {
    const { core, collections } = this.#context;
    this.#sweep(account);
    const attachment: Attachment = {
      id: this.#context.ids(account)(),
      file_name: draft.name,
      content_type: draft.contentType,
      size: draft.bytes.byteLength,
      token: core.ids.hex(32),
      ...draft.measures,
    };
    const { token, content_type } = attachment;
    collections.files.insert(account, {
      token,
      content_type,
      base64: Buffer.from(draft.bytes).toString('base64'),
      attachment,
      held_by: heldBy,
      ...(lent ? { until: core.businessClock(account).now() + LENT_MS } : {}),
    });
    return attachment;
  }

  /** An upload with copies of the files, as far as they are not gone. */
  copy(account: string, attachments: readonly Attachment[]): Upload {
    const { core, collections } = this.#context;
    return core.store.transaction(() => {
      let upload: Upload = { token: core.ids.hex(32), attachments: [], until: core.businessClock(account).now() + VALID_MS };
      collections.uploads.insert(account, upload);
      for (const { file_name: name, token: from, width, height } of attachments) {
        const content = this.content(account, from);
        const measures = width === undefined || height === undefined ? undefined : { width, height };
        if (content) ({ upload } = this.upload(account, { name, ...content, measures, token: upload.token }));
      }
      return upload;
    });
  }

  /** Throws an upload away that no comment took. @throws ApiError 404 */
  discard(account: string, token: string): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const upload = collections.uploads.get(account, token);
      if (!upload) throw recordNotFound();
      this.#forget(account, upload);
    });
  }

  /**
   * The files of uploads, which are used up by it; inside the transaction that writes the comment. One that the comment's
   * HTML shows is inline. @throws ApiError 422
   */
  claim(account: string, tokens: readonly string[] | string, holder: StoredFile['held_by'], html: string): Attachment[] {
    const { files, uploads } = this.#context.collections;
    return [...new Set([tokens].flat())].flatMap((token) => {
      const { attachments } = this.#upload(account, token, 'uploads');
      uploads.delete(account, token);
      return attachments.map((each) => {
        const attachment: Attachment = html.includes(`/attachments/token/${each.token}`) ? { ...each, inline: true } : each;
        const file = files.get(account, each.token);
        if (file) files.put(account, { ...file, attachment, held_by: holder });
        return attachment;
      });
    });
  }

  /** Undefined when the token opens nothing, or the content is gone. */
  content(account: string, token: string): { contentType: string; bytes: Buffer } | undefined {
    const file = this.#context.collections.files.get(account, token);
    if (file?.until !== undefined && file.until <= this.#context.core.businessClock(account).now()) return undefined;
    return file && !file.attachment.deleted ? { contentType: file.content_type, bytes: Buffer.from(file.base64, 'base64') } : undefined;
  }

  /** A file by the id of its attachment. */
  find(account: string, attachmentId: number): StoredFile | undefined {
    return this.#context.collections.files.first(account, { where: { attachment_id: attachmentId } });
  }

  /** Writes what an attachment has become; without `keepContent` its content is gone for good. Inside a transaction. */
  become(account: string, attachment: Attachment, keepContent: boolean): void {
    const { files, uploads } = this.#context.collections;
    const file = files.get(account, attachment.token);
    if (!file) return;
    const rest = keepContent ? {} : { content_type: attachment.content_type, base64: '' };
    files.put(account, { ...file, ...rest, attachment });
    const upload = typeof file.held_by === 'string' ? uploads.get(account, file.held_by) : undefined;
    if (upload) uploads.put(account, { ...upload, attachments: upload.attachments.map((each) => (each.id === attachment.id ? attachment : each)) }); // prettier-ignore
  }

  /** Forgets files with their content, as the permanent deletion of a ticket does. */
  erase(account: string, attachments: readonly Pick<Attachment, 'token'>[]): void {
    for (const { token } of attachments) this.#context.collections.files.delete(account, token);
  }

  /** What is too old to be taken goes with its files, and so does what was lent. */
  #sweep(account: string): void {
    const { uploads, files } = this.#context.collections;
    const old = { where: { until: { lte: this.#context.core.businessClock(account).now() } }, limit: MOST_SWEPT };
    for (const upload of uploads.find(account, old)) this.#forget(account, upload);
    for (const { token } of files.find(account, old)) files.delete(account, token);
  }

  #forget(account: string, { token, attachments }: Upload): void {
    this.erase(account, attachments);
    this.#context.collections.uploads.delete(account, token);
  }

  #upload(account: string, token: string, property: string): Upload {
    const upload = this.#context.collections.uploads.get(account, token);
    if (!upload || upload.until <= this.#context.core.businessClock(account).now()) throw invalidValue(property, 'Upload token', token);
    return upload;
  }
}
