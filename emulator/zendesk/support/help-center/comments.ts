import type { Collection } from '../../../core/collection.ts';
import { isoSeconds } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { blank, forbidden, invalidValue, recordNotFound } from '../errors.ts';
import { journalRecord } from '../record-journal.ts';
import { momentOf } from '../tickets/ticket-build.ts';
import type { Article, GuideSettings } from './entities.ts';
import type { Subscriptions } from './subscriptions.ts';
import { enabledLocale } from './translations.ts';
import type { Votes } from './votes.ts';

/** What a reader wrote below an article, in one of its languages (vendor reference "Article Comments"). */
export interface ArticleComment {
  readonly id: number;
  readonly article_id: number;
  readonly author_id: number | null;
  readonly locale: string;
  readonly body: string;
  /** Who else than the author changed it last, and when. */
  readonly non_author_editor_id: number | null;
  readonly non_author_updated_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface ArticleCommentDraft {
  body?: string | null;
  locale?: string | null;
  author_id?: number | null;
  created_at?: string | null;
}

interface Rooms {
  readonly votes: Votes;
  readonly subscriptions: Subscriptions;
  readonly settings: (account: string) => GuideSettings;
}

/** Comments on articles. */
export class ArticleComments {
  readonly #context: SupportContext;
  readonly #votes: Votes;
  readonly #subscriptions: Subscriptions;
  readonly #settings: (account: string) => GuideSettings;
  readonly #rows: Collection<ArticleComment>;

  constructor(context: SupportContext, { votes, subscriptions, settings }: Rooms) {
    this.#context = context;
    this.#votes = votes;
    this.#subscriptions = subscriptions;
    this.#settings = settings;
    this.#rows = context.core.store.collection<ArticleComment>({
      name: 'guide_comments',
      key: ({ id }) => id,
      indexes: { article_id: ({ article_id }) => article_id, author_id: ({ author_id }) => author_id },
    });
  }

  of(account: string, articleId: number): ArticleComment[] {
    return this.#rows.find(account, { where: { article_id: articleId } });
  }

  by(account: string, userId: number): ArticleComment[] {
    return this.#rows.find(account, { where: { author_id: userId } });
  }

  /** One on the article. @throws ApiError 404 */
  expect(account: string, articleId: number, id: number): ArticleComment {
    const comment = this.#rows.get(account, id);
    if (comment?.article_id !== articleId) throw recordNotFound();
    return comment;
  }

  /** @param notify whether those who follow the article are told @throws ApiError 403 where comments are closed (inferred), 422 */
  create(account: string, article: Article, draft: ArticleCommentDraft, actor: Actor, notify = true): ArticleComment {
    if (article.comments_disabled) throw forbidden('Comments are disabled for this article');
    if (!draft.locale) throw blank('locale', 'Locale');
    const locale = enabledLocale(this.#settings(account), draft.locale);
    const now = this.#context.now(account);
    const at = draft.created_at ? timeOf(draft.created_at) : now;
    const comment: ArticleComment = {
      id: this.#context.ids(account)(),
      article_id: article.id,
      author_id: this.#author(account, draft.author_id ?? actor.userId),
      locale,
      body: bodyOf(draft.body),
      non_author_editor_id: null,
      non_author_updated_at: null,
      created_at: at,
      updated_at: at,
    };
    this.#context.core.store.transaction(() => {
      this.#rows.insert(account, comment);
      this.#journal(account, 'article.comment_created', article, comment, actor);
      if (notify) this.#subscriptions.tellOfComment(account, article, comment);
    });
    return comment;
  }

  /** @throws ApiError 404, 422 */
  update(account: string, article: Article, id: number, patch: ArticleCommentDraft, actor: Actor): ArticleComment {
    const before = this.expect(account, article.id, id);
    const now = this.#context.now(account);
    const foreign = before.author_id !== actor.userId;
    const comment: ArticleComment = {
      ...before,
      body: patch.body === undefined ? before.body : bodyOf(patch.body),
      locale: patch.locale ? enabledLocale(this.#settings(account), patch.locale) : before.locale,
      author_id: patch.author_id ? this.#author(account, patch.author_id) : before.author_id,
      ...(foreign ? { non_author_editor_id: actor.userId, non_author_updated_at: now } : {}),
      updated_at: now,
    };
    this.#context.core.store.transaction(() => {
      this.#rows.put(account, comment);
      this.#journal(account, 'article.comment_changed', article, comment, actor);
    });
    return comment;
  }

  /** Its votes go with it. @throws ApiError 404 */
  delete(account: string, articleId: number, id: number): void {
    this.#context.core.store.transaction(() => this.#remove(account, this.expect(account, articleId, id)));
  }

  /** The article is gone. Inside a transaction. */
  forget(account: string, articleId: number): void {
    for (const comment of this.of(account, articleId)) this.#remove(account, comment);
  }

  #remove(account: string, { id }: ArticleComment): void {
    this.#votes.forget(account, { type: 'Comment', id });
    this.#rows.delete(account, id);
  }

  #author(account: string, id: number | null): number | null {
    if (id !== null && !this.#context.collections.users.get(account, id)?.active) throw invalidValue('author_id', 'Author', id);
    return id;
  }

  #journal(account: string, kind: string, article: Article, comment: ArticleComment, actor: Actor): void {
    const label = `article ${article.id}: comment ${comment.id} ${kind.slice('article.comment_'.length)}`;
    journalRecord(this.#context, { account, kind, label, record: article, about: { comment }, actorId: actor.userId });
  }
}

function bodyOf(written: string | null | undefined): string {
  if (!written?.trim()) throw blank('body', 'Body');
  return written;
}

/** ISO 8601, as all times are. @throws ApiError 422 */
function timeOf(written: string): string {
  const at = momentOf(written);
  if (Number.isNaN(at)) throw invalidValue('created_at', 'Created at', written);
  return isoSeconds(at);
}
