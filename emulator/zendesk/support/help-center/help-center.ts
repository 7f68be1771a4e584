import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { invalidValue, recordInvalid, recordNotFound } from '../errors.ts';
import type { AttachmentService } from '../files/attachments.ts';
import { changesBetween, journalRecord, type RecordEntry } from '../record-journal.ts';
import { articleChanges, type Changing, newArticle, segmentIdsOf } from './articles.ts';
import type { AnyContent, Article, ArticleDraft, Category, ContentDraft, ContentKind, GuideSettings, Label, Section, SectionDraft, Translation, TranslationDraft } from './entities.ts'; // prettier-ignore
import { ArticleAttachments } from './attachments.ts';
import { ArticleComments } from './comments.ts';
import { Labels } from './labels.ts';
import { UserSegments } from './segments.ts';
import { Shelf } from './shelf.ts';
import { Subscriptions } from './subscriptions.ts';
import type { Viewer } from './visibility.ts';
import { Votes } from './votes.ts';
import { changedTranslation, enabledLocale, firstTranslations, localeName, newTranslation, translationIn, type Writing } from './translations.ts'; // prettier-ignore

/** Categories, sections and articles of an account, in its languages. Only this changes them. */
export class HelpCenter {
  readonly categories: Shelf<Category>;
  readonly sections: Shelf<Section>;
  readonly articles: Shelf<Article>;
  readonly labels: Labels;
  readonly votes: Votes;
  readonly comments: ArticleComments;
  readonly attachments: ArticleAttachments;
  readonly subscriptions: Subscriptions;
  readonly segments: UserSegments;
  readonly #context: SupportContext;
  readonly #settings: Collection<GuideSettings>;
  readonly #known: Memo<GuideSettings | undefined>;

  constructor(context: SupportContext, files: AttachmentService) {
    this.#context = context;
    this.categories = new Shelf(context, 'guide_categories');
    this.sections = new Shelf(context, 'guide_sections');
    this.articles = new Shelf(context, 'guide_articles');
    this.labels = new Labels(context, this.articles);
    this.votes = new Votes(context);
    this.votes.onTally = (account, { type, id }, tally) => {
      if (type === 'Article') this.articles.note(account, { ...this.articles.expect(account, id), ...tally });
    };
    const settings = (account: string): GuideSettings => this.settings(account);
    this.segments = new UserSegments(context, settings);
    this.segments.isUsed = (account, id) => this.articles.list(account).some((article) => segmentIdsOf(article).includes(id));
    this.subscriptions = new Subscriptions(context, this);
    this.comments = new ArticleComments(context, { votes: this.votes, subscriptions: this.subscriptions, settings });
    this.attachments = new ArticleAttachments(context, files, settings);
    this.#settings = context.core.store.collection<GuideSettings>({ name: 'guide_settings', key: () => 'guide' });
    this.#known = new Memo(this.#settings);
  }

  /** English only until a seed says otherwise; the built-in groups are made when they are first asked for. */
  settings(account: string): GuideSettings {
    return this.#known.get(account, () => this.#settings.get(account, 'guide')) ?? this.setLocales(account, ['en-us']);
  }

  /** The languages of the Help Center, the default one first. */
  setLocales(account: string, locales: readonly string[]): GuideSettings {
    const ids = this.#context.ids(account);
    const before = this.#settings.get(account, 'guide');
    const names = [...new Set(locales.map(localeName))];
    const settings: GuideSettings = {
      permission_group_id: before?.permission_group_id ?? ids(),
      segment_ids: before?.segment_ids ?? { signed_in_users: ids(), staff: ids() },
      locales: names,
      default_locale: names[0] ?? 'en-us',
    };
    this.#settings.put(account, settings);
    return settings;
  }

  /** @throws ApiError 422 */
  createCategory(account: string, draft: ContentDraft, actor: Actor, locale?: string): Category {
    return this.#transaction(() => this.categories.insert(account, { kind: 'category', ...this.#content(account, draft, actor, locale) }));
  }

  /** @throws ApiError 404 without the category, 422 */
  createSection(account: string, categoryId: number, draft: SectionDraft, actor: Actor, locale?: string): Section {
    return this.#transaction(() => {
      const { id } = this.categories.expect(account, categoryId);
      const parent = draft.parent_section_id ?? null;
      if (parent !== null && this.sections.get(account, parent)?.category_id !== id)
        throw invalidValue('parent_section_id', 'Parent section', parent);
      const content = this.#content(account, draft, actor, locale);
      return this.sections.insert(account, { kind: 'section', ...content, category_id: id, parent_section_id: parent, sorting: draft.sorting ?? 'manual' }); // prettier-ignore
    });
  }

  /** @param notify whether those who follow the section are told @throws ApiError 404 without the section, 422 */
  createArticle(account: string, sectionId: number, draft: ArticleDraft, actor: Actor, locale?: string, notify = true): Article {
    return this.#transaction(() => {
      const section = this.sections.expect(account, sectionId);
      const content = this.#content(account, draft, actor, locale);
      const article = newArticle(draft, { content, sectionId: section.id, authorId: actor.userId, ...this.#changing(account) });
      this.labels.note(account, article.label_names);
      this.articles.insert(account, article);
      this.#journal(account, 'article.created', article, actor);
      this.#noteReaders(account, article, [], article.translations, actor);
      const locales = article.translations.map((each) => each.locale);
      if (notify) this.subscriptions.tellOfArticle(account, article, locales, actor.userId);
      return article;
    });
  }

  /** What is not text: a title or body in the patch has no effect, they are the translations' (documented). */
  updateCategory(account: string, id: number, patch: ContentDraft): Category {
    const before = this.categories.expect(account, id);
    return this.categories.keep(account, { ...before, position: patch.position ?? before.position });
  }

  /** As `updateCategory`. Sections below it move with it to another category (inferred). @throws ApiError 404, 422 */
  updateSection(account: string, id: number, patch: SectionDraft): Section {
    const before = this.sections.expect(account, id);
    const { category_id, parent_section_id = before.parent_section_id, position, sorting } = patch;
    const category = category_id ?? before.category_id;
    if (!this.categories.get(account, category)) throw invalidValue('category_id', 'Category', category);
    const below = this.#below(account, [before]);
    if (parent_section_id !== null) {
      const parent = this.sections.get(account, parent_section_id);
      // No section lies within itself.
      if (parent?.category_id !== category || parent.id === id || below.some((each) => each.id === parent.id))
        throw invalidValue('parent_section_id', 'Parent section', parent_section_id);
    }
    return this.#transaction(() => {
      for (const each of category === before.category_id ? [] : below) this.sections.keep(account, { ...each, category_id: category });
      const changes = {
        category_id: category,
        parent_section_id,
        position: position ?? before.position,
        sorting: sorting ?? before.sorting,
      };
      return this.sections.keep(account, { ...before, ...changes });
    });
  }

  /** As `updateCategory`. @throws ApiError 404, 422 */
  updateArticle(account: string, id: number, patch: ArticleDraft, actor: Actor): Article {
    return this.#transaction(() => {
      const before = this.articles.expect(account, id);
      const changes = articleChanges(before, patch, this.#changing(account));
      if (!this.sections.get(account, changes.section_id)) throw invalidValue('section_id', 'Section', changes.section_id);
      this.labels.note(account, changes.label_names);
      const article = this.articles.keep(account, { ...before, ...changes });
      this.#journal(account, 'article.updated', article, actor, { changes: changesBetween(before, article, ['author_id']) });
      return article;
    });
  }

  /** Deletes a category with its sections, a section with those below it and its articles, or archives an article. @throws ApiError 404 */
  delete(account: string, kind: ContentKind, id: number, actor: Actor): void {
    this.#transaction(() => {
      const content = this.expect(account, kind, id);
      if (content.kind === 'article') return this.#archive(account, [content], actor);
      const tops = content.kind === 'section' ? [content] : this.sections.list(account).filter(({ category_id }) => category_id === id);
      const sections = new Set([...tops, ...this.#below(account, tops)].map((section) => section.id));
      const articles = this.articles.list(account).filter(({ section_id }) => sections.has(section_id));
      this.#archive(account, articles, actor);
      for (const section of sections) {
        this.subscriptions.forget(account, { type: 'Section', id: section });
        this.sections.delete(account, section);
      }
      if (content.kind === 'category') this.categories.delete(account, id);
    });
  }

  #archive(account: string, articles: readonly Article[], actor: Actor): void {
    for (const article of articles) {
      this.#journal(account, 'article.archived', article, actor);
      this.#noteReaders(account, article, article.translations, [], actor);
      this.comments.forget(account, article.id);
      this.subscriptions.forget(account, { type: 'Article', id: article.id });
      this.attachments.forget(account, article.id);
      this.votes.forget(account, { type: 'Article', id: article.id });
      this.articles.delete(account, article.id);
    }
  }

  /** The sections that lie, however deep, in those given. */
  #below(account: string, tops: readonly Section[]): Section[] {
    const all = this.sections.list(account);
    const found = new Set<Section>();
    let level = new Set(tops.map(({ id }) => id));
    while (level.size > 0) {
      const next = all.filter((section) => level.has(section.parent_section_id ?? 0) && !found.has(section));
      for (const section of next) found.add(section);
      level = new Set(next.map(({ id }) => id));
    }
    return [...found];
  }

  #changing(account: string): Changing {
    return {
      settings: this.settings(account),
      knows: (id) => this.segments.get(account, id) !== undefined,
      isUser: (id) => this.#context.collections.users.get(account, id)?.active === true,
    };
  }

  /** How somebody sees what is here; null is whoever did not sign in. User segments close nothing to admins (vendor's help "user segments"). */
  viewer(account: string, userId: number | null): Viewer {
    const user = userId === null ? undefined : this.#context.collections.users.get(account, userId);
    let segments: ReadonlySet<number> | undefined;
    return {
      settings: this.settings(account),
      reader: user ? (user.role === 'end-user' ? 'signed-in' : 'staff') : 'anonymous',
      isIn: (id) =>
        user?.role === 'admin' || (segments ??= new Set(user ? this.segments.of(account, user).map((segment) => segment.id) : [])).has(id),
    };
  }

  /** @throws ApiError 404 */
  expect(account: string, kind: ContentKind, id: number): AnyContent {
    return this.#shelf(kind).expect(account, id);
  }

  /** @throws ApiError 404, 422 */
  addLabel(account: string, articleId: number, name: string, actor: Actor): Label {
    return this.#transaction(() => {
      const label = this.labels.add(account, articleId, name);
      this.#journal(account, 'article.updated', this.articles.expect(account, articleId), actor);
      return label;
    });
  }

  /** @throws ApiError 404 */
  removeLabel(account: string, articleId: number, labelId: number, actor: Actor): void {
    this.#transaction(() => {
      this.labels.remove(account, articleId, labelId);
      this.#journal(account, 'article.updated', this.articles.expect(account, articleId), actor);
    });
  }

  /** @throws ApiError 404, 422 */
  addTranslation(account: string, kind: ContentKind, id: number, draft: TranslationDraft, actor: Actor): AnyContent {
    const content = this.expect(account, kind, id);
    const made = newTranslation(this.#writing(account, actor), draft, content.translations);
    return this.#translated(account, content, [...content.translations, made], actor);
  }

  /** @throws ApiError 404, 422 */
  updateTranslation(account: string, kind: ContentKind, id: number, locale: string, patch: TranslationDraft, actor: Actor): AnyContent {
    const content = this.expect(account, kind, id);
    const made = changedTranslation(this.#writing(account, actor), content, locale, patch);
    return this.#translated(
      account,
      content,
      content.translations.map((each) => (each.id === made.id ? made : each)),
      actor,
    );
  }

  /** The source's goes with all the others and the content itself (documented). @throws ApiError 404 */
  deleteTranslation(account: string, translationId: number, actor: Actor): void {
    const all = [...this.articles.list(account), ...this.sections.list(account), ...this.categories.list(account)];
    const content = all.find(({ translations }) => translations.some(({ id }) => id === translationId));
    const gone = content?.translations.find(({ id }) => id === translationId);
    if (!content || !gone) throw recordNotFound();
    if (gone.locale === content.source_locale) return this.delete(account, content.kind, content.id, actor);
    const left = content.translations.filter((each) => each !== gone);
    this.#translated(account, content, left, actor);
  }

  /** @throws ApiError 404, 422 for a language that the content is not in */
  setSourceLocale(account: string, kind: ContentKind, id: number, locale: string): AnyContent {
    const content = this.expect(account, kind, id);
    const name = enabledLocale(this.settings(account), locale);
    if (!translationIn(content, name))
      throw recordInvalid({ source_locale: [{ description: `Source locale: there is no translation in ${name}`, error: 'InvalidValue' }] });
    return this.#keep(account, { ...content, source_locale: name });
  }

  #translated(account: string, content: AnyContent, translations: AnyContent['translations'], actor: Actor): AnyContent {
    return this.#transaction(() => {
      if (content.kind !== 'article') return this.#keep(account, { ...content, translations });
      const article = this.articles.keep(account, { ...content, translations, edited_at: this.#context.now(account) });
      this.#journal(account, 'article.updated', article, actor);
      this.#noteReaders(account, article, content.translations, translations, actor);
      const published = translations.filter(
        ({ id, draft }) => !draft && content.translations.find((each) => each.id === id)?.draft !== false,
      );
      this.subscriptions.tellOfArticle(account, article, published.map((each) => each.locale), actor.userId); // prettier-ignore
      return article;
    });
  }

  #content(account: string, draft: ContentDraft, actor: Actor, locale: string | undefined): Omit<Category, 'kind'> {
    const translations = firstTranslations(this.#writing(account, actor), draft, locale);
    const now = this.#context.now(account);
    const source = translations[0]?.locale ?? '';
    const times = { created_at: now, updated_at: now };
    return { id: this.#context.ids(account)(), position: draft.position ?? 0, source_locale: source, translations, ...times };
  }

  #keep(account: string, content: AnyContent): AnyContent {
    if (content.kind === 'article') return this.articles.keep(account, content);
    return content.kind === 'section' ? this.sections.keep(account, content) : this.categories.keep(account, content);
  }

  #shelf(kind: ContentKind): Shelf<Article> | Shelf<Section> | Shelf<Category> {
    return kind === 'article' ? this.articles : kind === 'section' ? this.sections : this.categories;
  }

  #writing(account: string, actor: Actor): Writing {
    return { context: this.#context, account, settings: this.settings(account), userId: actor.userId };
  }

  /** Each language that readers of the article did not have, or have no longer. */
  #noteReaders(account: string, article: Article, before: readonly Translation[], after: readonly Translation[], actor: Actor): void {
    const open = (list: readonly Translation[]): Translation[] => list.filter(({ draft }) => !draft);
    const lacks = (list: readonly Translation[], { id }: Translation): boolean => !open(list).some((each) => each.id === id);
    for (const { locale, title } of open(after).filter((each) => lacks(before, each))) {
      const { category_id = null } = this.sections.get(account, article.section_id) ?? {};
      this.#journal(account, 'article.published', article, actor, { about: { locale, title, category_id } });
    }
    for (const { locale } of open(before).filter((each) => lacks(after, each)))
      this.#journal(account, 'article.unpublished', article, actor, { about: { locale } });
  }

  #journal(account: string, kind: string, record: Article, actor: Actor, more: Pick<RecordEntry<Article>, 'about' | 'changes'> = {}): void {
    const title = translationIn(record, record.source_locale)?.title ?? '';
    const { accounts, collections } = this.#context;
    const brand_id = collections.defaults.get(account, 'defaults')?.guide_brand_id ?? accounts.expect(account).brand.id;
    journalRecord(this.#context, {
      account,
      kind,
      label: `article ${record.id} ${kind.slice(8)}: ${title}`,
      record,
      actorId: actor.userId,
      ...more,
      about: { brand_id, ...more.about },
    });
  }

  #transaction<T>(work: () => T): T {
    return this.#context.core.store.transaction(work);
  }
}
