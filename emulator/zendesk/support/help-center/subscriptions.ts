import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { blank, recordNotFound } from '../errors.ts';
import { noteMail } from '../mail.ts';
import type { Article, GuideSettings } from './entities.ts';
import { enabledLocale, translationIn } from './translations.ts';
import { type Viewer, visible } from './visibility.ts';

/** What can be followed. */
export interface Followed {
  readonly type: 'Article' | 'Section';
  readonly id: number;
}

/** Who is told of what is new in an article or section, in one language (vendor reference "Content Subscriptions"). */
export interface Subscription {
  readonly id: number;
  readonly user_id: number;
  readonly content: Followed;
  readonly locale: string;
  /** Of a section: of comments on its articles too. */
  readonly include_comments: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface SubscriptionDraft {
  readonly userId: number;
  readonly locale: string | null;
  readonly includeComments: boolean;
}

interface Guide {
  settings(account: string): GuideSettings;
  viewer(account: string, userId: number): Viewer;
}

const keyOf = ({ type, id }: Followed): string => `${type}:${id}`;

/** Subscriptions to articles and sections. */
export class Subscriptions {
  readonly #context: SupportContext;
  readonly #guide: Guide;
  readonly #rows: Collection<Subscription>;

  constructor(context: SupportContext, guide: Guide) {
    this.#context = context;
    this.#guide = guide;
    this.#rows = context.core.store.collection<Subscription>({
      name: 'guide_subscriptions',
      key: ({ id }) => id,
      indexes: { content: ({ content }) => keyOf(content), user_id: ({ user_id }) => user_id },
    });
  }

  of(account: string, content: Followed): Subscription[] {
    return this.#rows.find(account, { where: { content: keyOf(content) } });
  }

  by(account: string, userId: number): Subscription[] {
    return this.#rows.find(account, { where: { user_id: userId } });
  }

  /** One to the content. @throws ApiError 404 */
  expect(account: string, content: Followed, id: number): Subscription {
    const row = this.#rows.get(account, id);
    if (!row || keyOf(row.content) !== keyOf(content)) throw recordNotFound();
    return row;
  }

  /** Who subscribes once more, in the same language, changes what they have (inferred). @throws ApiError 422 */
  create(account: string, content: Followed, { userId, locale: wanted, includeComments }: SubscriptionDraft): Subscription {
    if (!wanted) throw blank('source_locale', 'Source locale');
    const locale = enabledLocale(this.#guide.settings(account), wanted);
    const now = this.#context.now(account);
    const before = this.of(account, content).find((row) => row.user_id === userId && row.locale === locale);
    const bare = before ?? { id: this.#context.ids(account)(), user_id: userId, content, locale, created_at: now };
    const row: Subscription = { ...bare, include_comments: content.type === 'Section' && includeComments, updated_at: now };
    this.#rows.put(account, row);
    return row;
  }

  /** @throws ApiError 404 */
  delete(account: string, content: Followed, id: number): void {
    this.#rows.delete(account, this.expect(account, content, id).id);
  }

  /** The content is gone. Inside a transaction. */
  forget(account: string, content: Followed): void {
    for (const { id } of this.of(account, content)) this.#rows.delete(account, id);
  }

  /** An article is new in these languages: those who follow its section in one of them are told. Inside a transaction. */
  tellOfArticle(account: string, article: Article, locales: readonly string[], authorId: number | null): void {
    const rows = this.of(account, { type: 'Section', id: article.section_id }).filter(({ locale }) => locales.includes(locale));
    this.#tell(account, article, rows, authorId, 'new article');
  }

  /** A comment was written: those who follow the article are told, and those who follow its section with its comments. Inside a transaction. */
  tellOfComment(account: string, article: Article, comment: { readonly author_id: number | null; readonly locale: string }): void {
    const ofSection = this.of(account, { type: 'Section', id: article.section_id }).filter((row) => row.include_comments);
    const rows = [...this.of(account, { type: 'Article', id: article.id }), ...ofSection].filter(({ locale }) => locale === comment.locale);
    this.#tell(account, article, rows, comment.author_id, 'new comment on the article');
  }

  /** Each once, the author aside, and nobody of what they cannot read. */
  #tell(account: string, article: Article, rows: readonly Subscription[], authorId: number | null, what: string): void {
    const told = new Set(authorId === null ? [] : [authorId]);
    for (const { user_id: userId, locale } of rows) {
      const user = this.#context.collections.users.get(account, userId);
      if (!user?.active || told.has(userId) || !translationIn(article, locale)) continue;
      const shown = visible(this.#guide.viewer(account, userId), article, locale);
      if (!shown || shown.draft) continue;
      told.add(userId);
      noteMail(this.#context, account, { userId, about: `${what} ${article.id}`, data: { article_id: article.id, title: shown.title } });
    }
  }
}
