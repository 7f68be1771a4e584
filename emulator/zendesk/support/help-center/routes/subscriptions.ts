import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import { invalidValue, recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, isStaff } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import { asked, includes } from '../../routes/sideloads.ts';
import type { Json } from '../../wire.ts';
import type { AnyContent } from '../entities.ts';
import type { Followed, Subscription } from '../subscriptions.ts';
import { wireContent } from '../wire.ts';
import { expectShown, type Guide, guideOf, NUMBERED, shownTo } from './guide.ts';
import { authorsOf, readerId, userAsked } from './readers.ts';

const SUBSCRIPTION: Shape = { source_locale: 'text', locale: 'text', include_comments: 'boolean', user_id: 'integer' };

interface Written {
  readonly source_locale?: string | null;
  readonly locale?: string | null;
  readonly include_comments?: boolean;
  readonly user_id?: number | null;
}

/** Subscriptions to articles and sections, each path with and without a locale. */
export function subscriptionRoutes(router: Router, support: Support): void {
  const { helpCenter } = support;
  const { subscriptions } = helpCenter;

  for (const kind of ['article', 'section'] as const) {
    for (const root of ['/help_center', '/help_center/:locale']) {
      const all = `${root}/${kind}s/:${kind}_id/subscriptions`;
      const one = `${all}/:subscription_id`;

      router.get(all, (req, res) => {
        const rows = subscriptions.of(guideOf(support, req, res).account, content(req, res, kind));
        list(req, res, isStaff(res) ? rows : rows.filter(({ user_id }) => user_id === readerId(res)));
      });

      router.post(all, (req, res) => {
        const guide = guideOf(support, req, res);
        const followed = content(req, res, kind);
        const draft = permit<Written>(res, req.body, 'subscription', SUBSCRIPTION, 'subscriptions/create');
        const locale = draft.source_locale ?? draft.locale ?? guide.locale ?? null;
        const includeComments = draft.include_comments ?? false;
        const made = subscriptions.create(guide.account, followed, { userId: subscriber(guide, res, draft.user_id), locale, includeComments }); // prettier-ignore
        const subscription = wire(guide, made);
        res.set('Location', String(subscription['url']));
        sendJson(res, 201, { subscription });
      });

      router.get(one, (req, res) => {
        const guide = guideOf(support, req, res);
        const row = own(req, res, content(req, res, kind), 'show');
        sendJson(res, 200, { subscription: wire(guide, row), ...beside(guide, includes(req), [row]) });
      });

      router.delete(one, (req, res) => {
        const followed = content(req, res, kind);
        subscriptions.delete(guideOf(support, req, res).account, followed, own(req, res, followed, 'destroy').id);
        res.status(204).end();
      });
    }
  }

  router.get('/help_center/users/:user_id/subscriptions', (req, res) => {
    list(req, res, subscriptions.by(guideOf(support, req, res).account, userAsked(support, req, res, 'subscriptions/index')));
  });

  /** What the path names, if the reader sees it. @throws ApiError 404 */
  function content(req: Request, res: Response, kind: 'article' | 'section'): Followed {
    const guide = guideOf(support, req, res);
    const found = helpCenter.expect(guide.account, kind, idOf(req, `${kind}_id`, 'subscriptions/index'));
    return { type: kind === 'article' ? 'Article' : 'Section', id: expectShown(guide, found).id };
  }

  /** Whoever asks; an admin may name somebody else (documented). @throws ApiError 422 for nobody */
  function subscriber({ account }: Guide, res: Response, named: number | null | undefined): number {
    const principal = principalOf(res);
    if (!named || principal.kind !== 'token' || principal.role !== 'admin') return readerId(res);
    if (!support.users.get(account, named)?.active) throw invalidValue('user_id', 'User', named);
    return named;
  }

  /** End users see their own alone (documented). @throws ApiError 404 */
  function own(req: Request, res: Response, followed: Followed, action: string): Subscription {
    const { account } = guideOf(support, req, res);
    const row = subscriptions.expect(account, followed, idOf(req, 'subscription_id', `subscriptions/${action}`));
    if (!isStaff(res) && row.user_id !== readerId(res)) throw recordNotFound();
    return row;
  }

  function list(req: Request, res: Response, rows: readonly Subscription[]): void {
    const guide = guideOf(support, req, res);
    const wanted = includes(req);
    const spec = { key: 'subscriptions', action: 'subscriptions/index', ...NUMBERED };
    sendPage(req, res, { ...spec, beside: (page: readonly Subscription[]) => beside(guide, wanted, page) }, arrayListing(rows), (row) => wire(guide, row)); // prettier-ignore
  }

  /** Sections beside articles are those that the articles lie in. */
  function beside(guide: Guide, wanted: Set<string>, rows: readonly Subscription[]): Record<string, Json[]> {
    const { account } = guide;
    const named = (type: Followed['type']): Set<number> => new Set(rows.flatMap(({ content: { type: its, id } }) => (its === type ? [id] : []))); // prettier-ignore
    const articles = [...named('Article')].flatMap((id) => helpCenter.articles.get(account, id) ?? []);
    const near = wanted.has('articles') ? articles.map(({ section_id }) => section_id) : [];
    const sections = [...new Set([...named('Section'), ...near])].flatMap((id) => helpCenter.sections.get(account, id) ?? []);
    const wired = (found: readonly AnyContent[]): Json[] => shownTo(guide, found).map((row) => wireContent(guide, row.content, row.translation)); // prettier-ignore
    return asked(wanted, {
      users: () => authorsOf(support, guide, rows.map(({ user_id }) => user_id)), // prettier-ignore
      articles: () => wired(articles),
      sections: () => wired(sections),
    });
  }
}

function wire({ base }: Guide, { id, user_id, content, locale, include_comments, created_at, updated_at }: Subscription): Json {
  const place = `${content.type === 'Article' ? 'articles' : 'sections'}/${content.id}`;
  return {
    id,
    url: `${base}/api/v2/help_center/${locale}/${place}/subscriptions/${id}.json`,
    user_id,
    locale,
    content_id: content.id,
    content_type: content.type,
    ...(content.type === 'Section' ? { include_comments } : {}),
    created_at,
    updated_at,
  };
}
