import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import { forbidden } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, isStaff } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, permit, type Shape } from '../../routes/permit.ts';
import { asked, includes } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { ArticleComment, ArticleCommentDraft } from '../comments.ts';
import type { Article } from '../entities.ts';
import type { Tally } from '../votes.ts';
import { htmlUrl, wireArticle } from '../wire.ts';
import { expectShown, type Guide, guideOf, NUMBERED, type Shown, shownTo } from './guide.ts';
import { authorsOf, notifies, readerId, userAsked } from './readers.ts';

const COMMENT: Shape = { body: 'text', locale: 'text' };
/** What those who manage the Help Center may write besides (documented). */
const MANAGED: Shape = { ...COMMENT, author_id: 'integer', created_at: 'text' };
const SORTS = ['created_at', 'updated_at'];

/** Comments on articles, each path with and without a locale. */
export function articleCommentRoutes(router: Router, support: Support): void {
  const { comments, articles, votes } = support.helpCenter;

  for (const root of ['/help_center', '/help_center/:locale']) {
    const all = `${root}/articles/:article_id/comments`;
    const one = `${all}/:comment_id`;

    /** End users list their own (documented). With a locale: those written in it (inferred). */
    router.get(all, (req, res) => {
      const guide = guideOf(support, req, res);
      const rows = comments.of(guide.account, article(req, res).id).filter(({ locale }) => guide.locale === undefined || locale === guide.locale); // prettier-ignore
      list(req, res, isStaff(res) ? rows : rows.filter(({ author_id }) => author_id === readerId(res)));
    });

    router.post(all, (req, res) => {
      const guide = guideOf(support, req, res);
      const draft = written(req, res, 'create');
      const { content } = article(req, res);
      const made = comments.create(guide.account, content, { ...draft, locale: draft.locale ?? guide.locale ?? null }, actorOf(req, res), notifies(req)); // prettier-ignore
      const comment = wire(guide, made, content);
      res.set('Location', String(comment['url']));
      sendJson(res, 201, { comment });
    });

    router.get(one, (req, res) => {
      const guide = guideOf(support, req, res);
      const { content } = article(req, res);
      const comment = comments.expect(guide.account, content.id, idOf(req, 'comment_id', 'comments/show'));
      sendJson(res, 200, { comment: wire(guide, comment, content), ...beside(guide, includes(req), [comment]) });
    });

    router.put(one, (req, res) => {
      const guide = guideOf(support, req, res);
      const { content } = article(req, res);
      const { id } = writable(req, res, content, 'update');
      sendJson(res, 200, { comment: wire(guide, comments.update(guide.account, content, id, written(req, res, 'update'), actorOf(req, res)), content) }); // prettier-ignore
    });

    router.delete(one, (req, res) => {
      const { account } = guideOf(support, req, res);
      const { content } = article(req, res);
      comments.delete(account, content.id, writable(req, res, content, 'destroy').id);
      res.status(204).end();
    });
  }

  router.get('/help_center/users/:user_id/comments', (req, res) => {
    list(req, res, comments.by(guideOf(support, req, res).account, userAsked(support, req, res, 'comments/index')));
  });

  /** The article, if the reader sees it. @throws ApiError 404 */
  function article(req: Request, res: Response): Shown<Article> {
    const guide = guideOf(support, req, res);
    return expectShown(guide, articles.expect(guide.account, idOf(req, 'article_id', 'comments/index')));
  }

  /** For agents, and the end user who wrote it (documented). @throws ApiError 404, 403 */
  function writable(req: Request, res: Response, { id: articleId }: Article, action: string): ArticleComment {
    const comment = comments.expect(guideOf(support, req, res).account, articleId, idOf(req, 'comment_id', `comments/${action}`));
    if (!isStaff(res) && comment.author_id !== readerId(res)) throw forbidden();
    return comment;
  }

  function written(req: Request, res: Response, action: string): ArticleCommentDraft {
    const principal = principalOf(res);
    const shape = principal.kind === 'token' && principal.role === 'admin' ? MANAGED : COMMENT;
    const body: unknown = isObject(req.body) ? { comment: req.body['comment'] } : req.body;
    return permit<ArticleCommentDraft>(res, body, 'comment', shape, `comments/${action}`);
  }

  function list(req: Request, res: Response, rows: readonly ArticleComment[]): void {
    const guide = guideOf(support, req, res);
    const wanted = includes(req);
    const spec = { key: 'comments', action: 'comments/index', ...NUMBERED, beside: (page: readonly ArticleComment[]) => beside(guide, wanted, page) }; // prettier-ignore
    sendPage(req, res, spec, arrayListing(rows, SORTS), (comment) => wire(guide, comment, articles.get(guide.account, comment.article_id)));
  }

  function beside(guide: Guide, wanted: Set<string>, rows: readonly ArticleComment[]): Record<string, Json[]> {
    const about = [...new Set(rows.map((row) => row.article_id))].flatMap((id) => articles.get(guide.account, id) ?? []);
    return asked(wanted, {
      users: () => authorsOf(support, guide, rows.map(({ author_id }) => author_id)), // prettier-ignore
      articles: () => shownTo(guide, about).map(({ content, translation }) => wireArticle(guide, content, translation)),
    });
  }

  function wire(guide: Guide, comment: ArticleComment, about: Article | undefined): Json {
    return wireComment(guide, comment, about, votes.tally(guide.account, { type: 'Comment', id: comment.id }));
  }
}

function wireComment(guide: Guide, comment: ArticleComment, about: Article | undefined, tally: Tally): Json {
  const { id, article_id, author_id, locale, body, non_author_editor_id, non_author_updated_at, created_at, updated_at } = comment;
  const shown = about?.translations.find((each) => each.locale === locale) ?? about?.translations[0];
  return {
    id,
    url: `${guide.base}/api/v2/help_center/${locale}/articles/${article_id}/comments/${id}.json`,
    body,
    author_id,
    source_id: article_id,
    source_type: 'Article',
    html_url: about && shown ? `${htmlUrl(guide, about, { ...shown, locale })}/comments/${id}` : null,
    locale,
    created_at,
    updated_at,
    ...tally,
    non_author_editor_id,
    non_author_updated_at,
  };
}
