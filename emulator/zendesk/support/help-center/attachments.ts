import type { Collection } from '../../../core/collection.ts';
import { isoSeconds } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import { attachmentTooLarge, invalidValue, recordNotFound } from '../errors.ts';
import { type AttachmentService, type FileDraft, LENT_MS } from '../files/attachments.ts';
import type { GuideSettings } from './entities.ts';
import { enabledLocale } from './translations.ts';

/** Bytes (vendor reference "Article Attachments"). */
const LARGEST = 20 * 1_024 * 1_024;
const HOLDER = 'article';
/** Files for which no article came and that are thrown away with each new one. */
const MOST_SWEPT = 20;

/** A file of an article, or one that waits for its article (null). */
export interface ArticleAttachment {
  readonly id: number;
  readonly article_id: number | null;
  /** Of the stored file. */
  readonly token: string;
  readonly file_name: string;
  readonly content_type: string;
  readonly size: number;
  /** Shown in the text, not below it. */
  readonly inline: boolean;
  /** The translation that shows it; inline ones alone. */
  readonly locale: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface ArticleFile extends Omit<FileDraft, 'token'> {
  readonly inline: boolean;
  readonly locale: string | null;
}

/** Files of articles. */
export class ArticleAttachments {
  readonly #context: SupportContext;
  readonly #files: AttachmentService;
  readonly #settings: (account: string) => GuideSettings;
  readonly #rows: Collection<ArticleAttachment>;

  constructor(context: SupportContext, files: AttachmentService, settings: (account: string) => GuideSettings) {
    this.#context = context;
    this.#files = files;
    this.#settings = settings;
    this.#rows = context.core.store.collection<ArticleAttachment>({
      name: 'guide_attachments',
      key: ({ id }) => id,
      indexes: { article_id: ({ article_id }) => article_id, waiting: (row) => (row.article_id === null ? row.created_at : null) },
    });
  }

  of(account: string, articleId: number): ArticleAttachment[] {
    return this.#rows.find(account, { where: { article_id: articleId } });
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): ArticleAttachment {
    const row = this.#get(account, id);
    if (!row) throw recordNotFound();
    return row;
  }

  /** Not what waited for its article in vain. */
  #get(account: string, id: number): ArticleAttachment | undefined {
    const row = this.#rows.get(account, id);
    return row?.article_id === null && row.created_at <= this.#oldest(account) ? undefined : row;
  }

  content(account: string, { token }: ArticleAttachment): ReturnType<AttachmentService['content']> {
    return this.#files.content(account, token);
  }

  /** Without an article it waits for one, for three days (inferred). @throws ApiError 413, 422 for a language that the Help Center, or a file beside the text, does not have */
  create(account: string, { inline, locale, ...draft }: ArticleFile, articleId: number | null): ArticleAttachment {
    if (draft.bytes.byteLength > LARGEST) throw attachmentTooLarge(20);
    if (locale !== null && !inline) throw invalidValue('locale', 'Locale', locale);
    const shownIn = locale === null ? null : enabledLocale(this.#settings(account), locale);
    return this.#context.core.store.transaction(() => {
      const old = this.#rows.find(account, { where: { waiting: { lte: this.#oldest(account) } }, limit: MOST_SWEPT });
      for (const row of old) this.#remove(account, row);
      const { id, token, file_name, content_type, size } = this.#files.keep(account, draft, HOLDER);
      const now = this.#context.now(account);
      const times = { created_at: now, updated_at: now };
      const row = { id, article_id: articleId, token, file_name, content_type, size, inline, locale: shownIn, ...times };
      this.#rows.insert(account, row);
      return row;
    });
  }

  /** Gives files that wait an article, all or none. @throws ApiError 422 for one that is unknown or another article's (inferred) */
  associate(account: string, articleId: number, ids: readonly number[]): void {
    this.#context.core.store.transaction(() => {
      for (const id of ids) {
        const row = this.#get(account, id);
        if (!row || (row.article_id !== null && row.article_id !== articleId)) throw invalidValue('attachment_ids', 'Attachments', id);
        this.#rows.put(account, { ...row, article_id: articleId, updated_at: this.#context.now(account) });
      }
    });
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    this.#context.core.store.transaction(() => this.#remove(account, this.expect(account, id)));
  }

  /** The article is gone. Inside a transaction. */
  forget(account: string, articleId: number): void {
    for (const row of this.of(account, articleId)) this.#remove(account, row);
  }

  /** No article can come any more for files that wait since then. */
  #oldest(account: string): string {
    return isoSeconds(this.#context.core.businessClock(account).now() - LENT_MS);
  }

  #remove(account: string, row: ArticleAttachment): void {
    this.#files.erase(account, [row]);
    this.#rows.delete(account, row.id);
  }
}
