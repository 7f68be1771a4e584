import type { Request, RequestHandler, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { parameterMissing } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf } from '../../routes/http.ts';
import { isObject, permit, type Shape } from '../../routes/permit.ts';
import { includes } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { AnyContent, Article, ArticleDraft, ContentDraft, ContentKind, SectionDraft, TranslationDraft } from '../entities.ts';
import { visible } from '../visibility.ts';
import { apiUrl, plural, wireContent, wireTranslation } from '../wire.ts';
import { expectShown, type Guide, guideOf, sendContent, type Shown, shownTo } from './guide.ts';
import { labelled, since } from './filters.ts';
import { authorsOf, notifies } from './readers.ts';
import { TRANSLATION } from './translations.ts';

const TEXTS: Shape = { locale: 'text', draft: 'boolean', position: 'integer', translations: 'objects' };
const NAMED: Shape = { ...TEXTS, name: 'text', description: 'text' };
const SHAPES: Readonly<Record<ContentKind, Shape>> = {
  category: NAMED,
  section: { ...NAMED, category_id: 'integer', parent_section_id: 'integer', sorting: 'text', theme_template: 'any', manageable_by: 'any', user_segment_id: 'any' }, // prettier-ignore
  article: {
    ...TEXTS,
    title: 'text',
    body: 'text',
    section_id: 'integer',
    author_id: 'integer',
    comments_disabled: 'boolean',
    promoted: 'boolean',
    label_names: 'tags',
    content_tag_ids: 'tags',
    permission_group_id: 'integer',
    user_segment_id: 'integer',
    user_segment_ids: 'integers',
  },
};

/** Categories, sections and articles to read and write, each path with and without a locale. */
export function contentRoutes(router: Router, support: Support): void {
  const { helpCenter } = support;

  both('/categories', (path) => {
    router.get(path, (req, res) => list(req, res, 'category', (guide) => helpCenter.categories.list(guide.account)));
    router.post(path, (req, res) => {
      const guide = guideOf(support, req, res);
      created(req, res, guide, helpCenter.createCategory(guide.account, draftOf(req, res, 'category'), actorOf(req, res), guide.locale));
    });
  });

  both('/sections', (path) => {
    router.get(path, (req, res) => list(req, res, 'section', (guide) => helpCenter.sections.list(guide.account)));
  });
  both('/categories/:category_id/sections', (path) => {
    router.get(path, (req, res) => list(req, res, 'section', (guide) => ofCategory(guide, idOf(req, 'category_id', 'sections/index'))));
    router.post(path, (req, res) => {
      const guide = guideOf(support, req, res);
      const id = idOf(req, 'category_id', 'sections/create');
      const draft = draftOf<SectionDraft>(req, res, 'section');
      created(req, res, guide, helpCenter.createSection(guide.account, id, draft, actorOf(req, res), guide.locale));
    });
  });

  both('/articles', (path) => {
    router.get(path, (req, res) => list(req, res, 'article', ({ account }) => helpCenter.articles.list(account)));
  });
  both('/sections/:section_id/articles', (path) => {
    router.get(path, (req, res) => list(req, res, 'article', (guide) => ofSection(guide, idOf(req, 'section_id', 'articles/index'))));
    router.post(path, (req, res) => {
      const guide = guideOf(support, req, res);
      const id = idOf(req, 'section_id', 'articles/create');
      const draft = draftOf<ArticleDraft>(req, res, 'article');
      created(req, res, guide, helpCenter.createArticle(guide.account, id, draft, actorOf(req, res), guide.locale, notifies(req)));
    });
  });
  both('/categories/:category_id/articles', (path) => {
    router.get(path, (req, res) =>
      list(req, res, 'article', (guide) => {
        const sections = new Set(ofCategory(guide, idOf(req, 'category_id', 'articles/index')).map(({ id }) => id));
        return helpCenter.articles.list(guide.account).filter(({ section_id }) => sections.has(section_id));
      }),
    );
  });
  router.get('/help_center/users/:user_id/articles', (req, res) => {
    const author = idOf(req, 'user_id', 'articles/index');
    list(req, res, 'article', ({ account }) => helpCenter.articles.list(account).filter(({ author_id }) => author_id === author));
  });

  for (const kind of ['category', 'section', 'article'] as const) {
    const key = plural(kind);
    both(`/${key}/:${kind}_id`, (path) => {
      router.get(path, (req, res) => send(req, res, 200, expectShown(guideOf(support, req, res), named(req, res, kind, 'show'))));
      router.put(path, update(kind));
      router.delete(path, (req, res) => {
        const { account } = guideOf(support, req, res);
        helpCenter.delete(account, kind, idOf(req, `${kind}_id`, `${key}/destroy`), actorOf(req, res));
        res.status(204).end();
      });
    });
    router.put(`/help_center/${key}/:${kind}_id/source_locale`, (req, res) => {
      const { account } = guideOf(support, req, res);
      const wanted: unknown = isObject(req.body) ? req.body[`${kind}_locale`] : undefined;
      if (typeof wanted !== 'string' || wanted === '') throw parameterMissing(`${kind}_locale`, `${key}/source_locale`);
      helpCenter.setSourceLocale(account, kind, idOf(req, `${kind}_id`, `${key}/source_locale`), wanted);
      res.status(200).end();
    });
  }

  function both(path: string, mount: (path: string) => void): void {
    mount(`/help_center${path}`);
    mount(`/help_center/:locale${path}`);
  }

  function update(kind: ContentKind): RequestHandler {
    return (req, res) => {
      const guide = guideOf(support, req, res);
      const id = idOf(req, `${kind}_id`, `${plural(kind)}/update`);
      const patch = draftOf(req, res, kind);
      // In a language that it lacks there is nothing to update.
      expectShown(guide, helpCenter.expect(guide.account, kind, id));
      const content =
        kind === 'article'
          ? helpCenter.updateArticle(guide.account, id, patch, actorOf(req, res))
          : kind === 'section'
            ? helpCenter.updateSection(guide.account, id, patch)
            : helpCenter.updateCategory(guide.account, id, patch);
      send(req, res, 200, expectShown(guide, content));
    };
  }

  function named(req: Request, res: Response, kind: ContentKind, action: string): AnyContent {
    const { account } = guideOf(support, req, res);
    return helpCenter.expect(account, kind, idOf(req, `${kind}_id`, `${plural(kind)}/${action}`));
  }

  function ofCategory(guide: Guide, id: number): ReturnType<typeof helpCenter.sections.list> {
    helpCenter.categories.expect(guide.account, id);
    return helpCenter.sections.list(guide.account).filter(({ category_id }) => category_id === id);
  }

  function ofSection(guide: Guide, id: number): Article[] {
    helpCenter.sections.expect(guide.account, id);
    return helpCenter.articles.list(guide.account).filter(({ section_id }) => section_id === id);
  }

  function list(req: Request, res: Response, kind: ContentKind, rows: (guide: Guide) => readonly AnyContent[]): void {
    const guide = guideOf(support, req, res);
    const filters = kind === 'article' ? [labelled(req), since(req)] : [];
    const found = rows(guide).filter((row) => row.kind !== 'article' || filters.every((fits) => fits(row)));
    const wanted = includes(req);
    sendContent(req, res, plural(kind), shownTo(guide, found), (row) => whole(guide, row, wanted), (page) => beside(guide, page, wanted)); // prettier-ignore
  }

  function send(req: Request, res: Response, status: number, row: Shown): void {
    const guide = guideOf(support, req, res);
    const wanted = includes(req);
    sendJson(res, status, { [row.content.kind]: whole(guide, row, wanted), ...beside(guide, [row], wanted) });
  }

  function created(req: Request, res: Response, guide: Guide, content: AnyContent): void {
    const row = expectShown({ ...guide, locale: content.source_locale }, content);
    res.set('Location', apiUrl(guide, content, row.translation.locale));
    send(req, res, 201, row);
  }

  /** Translations, as far as the reader sees them, are no list beside but in their content (documented). */
  function whole(guide: Guide, { content, translation }: Shown, wanted: Set<string>): Json {
    const shown = wireContent(guide, content, translation);
    if (!wanted.has('translations')) return shown;
    const seen = content.translations.filter(({ locale }) => visible(guide, content, locale));
    return { ...shown, translations: seen.map((each) => wireTranslation(guide, content, each)) };
  }

  function beside(guide: Guide, rows: readonly Shown[], wanted: Set<string>): Record<string, Json[]> {
    const contents = rows.map(({ content }) => content);
    const articles = contents.filter((content) => content.kind === 'article');
    const sectionIds = new Set(articles.map(({ section_id }) => section_id));
    const near = helpCenter.sections.list(guide.account).filter(({ id }) => sectionIds.has(id));
    const own = contents.filter((content) => content.kind === 'section');
    const categoryIds = new Set([...near, ...own].map(({ category_id }) => category_id));
    const categories = helpCenter.categories.list(guide.account).filter(({ id }) => categoryIds.has(id));
    const wired = (found: readonly AnyContent[]): Json[] => shownTo(guide, found).map((row) => whole(guide, row, wanted));
    return {
      ...(wanted.has('users')
        ? {
            users: authorsOf(
              support,
              guide,
              articles.map(({ author_id }) => author_id),
            ),
          }
        : {}),
      ...(wanted.has('sections') ? { sections: wired(near) } : {}),
      ...(wanted.has('categories') ? { categories: wired(categories) } : {}),
    };
  }
}

/** `notify_subscribers` stands beside an article. */
function draftOf<Draft extends ContentDraft>(req: Request, res: Response, kind: ContentKind): Draft {
  const body: unknown = isObject(req.body) ? { [kind]: req.body[kind] } : req.body;
  const action = `${plural(kind)}/${req.method === 'POST' ? 'create' : 'update'}`;
  const draft = permit<Draft>(res, body, kind, SHAPES[kind], action);
  if (!draft.translations) return draft;
  const translations = draft.translations.map((translation) => permit<TranslationDraft>(res, { translation }, 'translation', TRANSLATION, action)); // prettier-ignore
  return { ...draft, translations };
}
