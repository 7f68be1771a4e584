import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { accountOf, sendJson } from '../../../account/index.ts';
import { forbidden, invalidAttribute, notEmulated, parameterMissing, recordNotFound, tooManyValues } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { bodyTooLarge } from '../../routes/attachments.ts';
import { fileIn, formOf } from '../../routes/form-file.ts';
import { idOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, numberOf } from '../../routes/permit.ts';
import type { Json } from '../../wire.ts';
import type { ArticleAttachment, ArticleFile } from '../attachments.ts';
import type { Article } from '../entities.ts';
import { seesFile } from '../visibility.ts';
import type { GuideScope } from '../wire.ts';
import { expectShown, type Guide, guideOf } from './guide.ts';

const CREATE = 'article_attachments/create';
/** Files that one call may give an article (documented). */
const MOST_ASSOCIATED = 20;
const ROOTS = ['/help_center', '/help_center/:locale'];

/** Files for articles, as a form of parts `file`, `inline` and `locale`. Mount before bodies are read as JSON. */
export function articleUploadRoutes(router: Router, support: Support): void {
  const { attachments, articles } = support.helpCenter;
  const body = express.raw({ type: () => true, limit: '50mb' });
  const take = (articleOf: (req: Request, res: Response) => number | null): RequestHandler => {
    return async (req, res) => {
      const guide = guideOf(support, req, res);
      const articleId = articleOf(req, res);
      const shown = wireAttachment(guide, attachments.create(guide.account, await draftOf(req), articleId));
      res.set('Location', String(shown['url']));
      sendJson(res, 201, { article_attachment: shown });
    };
  };
  const none = take(() => null);
  const named = take((req, res) => articles.expect(guideOf(support, req, res).account, idOf(req, 'article_id', CREATE)).id);
  router.post('/help_center/articles/attachments', body, bodyTooLarge, none);
  router.post('/help_center/articles/:article_id/attachments', body, bodyTooLarge, named);
}

/** Files of articles to look at, to give to an article and to delete. */
export function articleAttachmentRoutes(router: Router, support: Support): void {
  const { attachments, articles } = support.helpCenter;

  for (const root of ROOTS) {
    const all = `${root}/articles/:article_id/attachments`;
    router.get(all, (req, res) => list(req, res, () => true));
    router.get(`${all}/inline`, (req, res) => list(req, res, ({ inline }) => inline));
    router.get(`${all}/block`, (req, res) => list(req, res, ({ inline }) => !inline));

    router.post(`${root}/articles/:article_id/bulk_attachments`, (req, res) => {
      const { account } = guideOf(support, req, res);
      const action = 'articles/bulk_attachments';
      const { id } = articles.expect(account, idOf(req, 'article_id', action));
      const ids: unknown = isObject(req.body) ? req.body['attachment_ids'] : undefined;
      if (ids === undefined || ids === null) throw parameterMissing('attachment_ids', action);
      if (!Array.isArray(ids) || !ids.map(numberOf).every(Number.isSafeInteger))
        throw invalidAttribute('attachment_ids', 'must be an array of integers', action);
      if (ids.length > MOST_ASSOCIATED) throw tooManyValues('attachments', MOST_ASSOCIATED, 'associated');
      attachments.associate(account, id, ids.map(numberOf));
      res.status(200).end();
    });
  }

  router.get('/help_center/articles/attachments/:article_attachment_id', (req, res) => {
    const guide = guideOf(support, req, res);
    const row = attachments.expect(guide.account, idOf(req, 'article_attachment_id', 'article_attachments/show'));
    // Of an article that the reader sees; what has none is the agents'.
    if (row.article_id !== null) expectFile(guide, articles.expect(guide.account, row.article_id), row);
    else if (guide.reader !== 'staff') throw forbidden();
    sendJson(res, 200, { article_attachment: wireAttachment(guide, row) });
  });

  router.get('/help_center/articles/:article_id/attachments/:article_attachment_id', (req, res) => {
    const guide = guideOf(support, req, res);
    const article = articles.expect(guide.account, idOf(req, 'article_id', 'article_attachments/show'));
    const row = attachments.expect(guide.account, idOf(req, 'article_attachment_id', 'article_attachments/show'));
    expectFile(guide, article, row);
    sendJson(res, 200, { article_attachment: wireAttachment(guide, row) });
  });

  router.delete('/help_center/articles/attachments/:article_attachment_id', (req, res) => {
    attachments.delete(guideOf(support, req, res).account, idOf(req, 'article_attachment_id', 'article_attachments/destroy'));
    res.status(204).end();
  });

  function list(req: Request, res: Response, fits: (row: ArticleAttachment) => boolean): void {
    const guide = guideOf(support, req, res);
    const { id, content } = expectShown(guide, articles.expect(guide.account, idOf(req, 'article_id', 'article_attachments/index')));
    const rows = attachments.of(guide.account, id).filter((row) => fits(row) && seesFile(guide, content, row.locale));
    const spec = { key: 'article_attachments', action: 'article_attachments/index', numbered: true };
    sendPage(req, res, spec, arrayListing(rows), (row) => wireAttachment(guide, row));
  }
}

/** @throws ApiError 404 for a file that is not the article's, or that the reader does not see */
function expectFile(guide: Guide, article: Article, { article_id, locale }: ArticleAttachment): void {
  if (article_id !== article.id || !seesFile(guide, article, locale)) throw recordNotFound();
}

/** What `content_url` names: `/hc/article_attachments/{id}`. Whoever may read the article may; a file without one is for who signed in (documented). */
export function articleContent(support: Support): RequestHandler {
  const { helpCenter } = support;
  const { attachments, articles } = helpCenter;
  const router = express.Router();
  for (const path of ['/article_attachments/:id', '/article_attachments/:id/:name']) {
    router.get(path, (req, res) => {
      const account = accountOf(res);
      if (support.brands.isGuideGone(account.name)) throw recordNotFound();
      const principal = support.context.accounts.principal(account, req.headers.authorization) ?? { kind: 'anonymous' as const };
      const row = attachments.expect(account.name, idOf(req, 'id', 'article_attachments/content'));
      const viewer = helpCenter.viewer(account.name, principal.kind === 'token' ? principal.userId : null);
      const article = row.article_id === null ? undefined : articles.expect(account.name, row.article_id);
      const isShown = article ? seesFile(viewer, article, row.locale) : viewer.reader !== 'anonymous';
      const file = isShown ? attachments.content(account.name, row) : undefined;
      if (!file) throw recordNotFound();
      res.attachment(row.file_name).set('Content-Type', file.contentType).set('X-Content-Type-Options', 'nosniff').send(file.bytes);
    });
  }
  return router;
}

/** @throws ApiError 400 without a file, 501 for one of the media library */
async function draftOf(req: Request): Promise<ArticleFile> {
  const form = await formOf(req, 'file', CREATE);
  if (form?.has('guide_media_id')) throw notEmulated('guide_media_id');
  const text = (name: string): string | null => {
    const value = form?.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const inline = text('inline') ?? 'false';
  if (inline !== 'true' && inline !== 'false') throw invalidAttribute('inline', 'must be a boolean', CREATE);
  return { ...(await fileIn(form, 'file', CREATE)), inline: inline === 'true', locale: text('locale') };
}

function wireAttachment({ base }: GuideScope, row: ArticleAttachment): Json {
  const { id, article_id, file_name, content_type, size, inline, locale, created_at, updated_at } = row;
  const place = article_id === null ? 'articles/attachments' : `articles/${article_id}/attachments`;
  const content_url = `${base}/hc/article_attachments/${id}`;
  return { id, url: `${base}/api/v2/help_center/${place}/${id}.json`, article_id, file_name, content_type, content_url, size, inline, locale, created_at, updated_at }; // prettier-ignore
}
