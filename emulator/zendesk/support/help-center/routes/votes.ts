import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import { forbidden, invalidValue } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, isStaff } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { isObject, permit } from '../../routes/permit.ts';
import type { Json } from '../../wire.ts';
import type { Vote, VoteItem } from '../votes.ts';
import type { GuideScope } from '../wire.ts';
import { expectShown, guideOf, NUMBERED } from './guide.ts';
import { readerId, userAsked } from './readers.ts';

const ROOTS = ['/help_center', '/help_center/:locale'];
const COMMENT = '/articles/:article_id/comments/:comment_id';

/** Votes on articles and comments. */
export function voteRoutes(router: Router, support: Support): void {
  const { votes, articles, comments } = support.helpCenter;

  for (const way of ['up', 'down'] as const) {
    const value = way === 'up' ? 1 : -1;
    // The vendor has a path with a locale for votes in favour alone.
    for (const root of way === 'up' ? ROOTS : ROOTS.slice(0, 1))
      router.post(`${root}/articles/:article_id/${way}`, (req, res) => cast(req, res, article(req, res), value));
    router.post(`/help_center${COMMENT}/${way}`, (req, res) => cast(req, res, comment(req, res), value));
  }

  for (const root of ROOTS) {
    router.get(`${root}/articles/:article_id/votes`, (req, res) => list(req, res, votes.of(guideOf(support, req, res).account, article(req, res)))); // prettier-ignore
    router.get(`${root}${COMMENT}/votes`, (req, res) => list(req, res, votes.of(guideOf(support, req, res).account, comment(req, res))));
  }

  router.get('/help_center/users/:user_id/votes', (req, res) => {
    list(req, res, votes.by(guideOf(support, req, res).account, userAsked(support, req, res, 'votes/index')));
  });

  router.get('/help_center/votes/:vote_id', (req, res) => sendJson(res, 200, { vote: wireVote(guideOf(support, req, res), own(req, res, 'show')) })); // prettier-ignore

  router.delete('/help_center/votes/:vote_id', (req, res) => {
    votes.delete(guideOf(support, req, res).account, own(req, res, 'destroy').id);
    res.status(204).end();
  });

  function article(req: Request, res: Response): VoteItem {
    const guide = guideOf(support, req, res);
    return { type: 'Article', id: expectShown(guide, articles.expect(guide.account, idOf(req, 'article_id', 'votes/index'))).id };
  }

  function comment(req: Request, res: Response): VoteItem {
    const { account } = guideOf(support, req, res);
    return { type: 'Comment', id: comments.expect(account, article(req, res).id, idOf(req, 'comment_id', 'votes/index')).id };
  }

  /** An admin may vote for somebody else (`user_id`). @throws ApiError 422 for nobody */
  function cast(req: Request, res: Response, item: VoteItem, value: Vote['value']): void {
    const guide = guideOf(support, req, res);
    const principal = principalOf(res);
    const written = isObject(req.body) && req.body['vote'] !== undefined;
    const { user_id } = written ? permit<{ user_id?: number | null }>(res, req.body, 'vote', { user_id: 'integer' }, 'votes/create') : {};
    const named = principal.kind === 'token' && principal.role === 'admin' ? user_id : undefined;
    if (named && !support.users.get(guide.account, named)?.active) throw invalidValue('user_id', 'User', named);
    const vote = wireVote(guide, votes.cast(guide.account, item, named ?? readerId(res), value));
    res.set('Location', String(vote['url']));
    sendJson(res, 200, { vote });
  }

  /** End users see and delete their own alone. @throws ApiError 404, 403 */
  function own(req: Request, res: Response, action: string): Vote {
    const vote = votes.expect(guideOf(support, req, res).account, idOf(req, 'vote_id', `votes/${action}`));
    if (!isStaff(res) && vote.user_id !== readerId(res)) throw forbidden();
    return vote;
  }

  function list(req: Request, res: Response, rows: readonly Vote[]): void {
    const guide = guideOf(support, req, res);
    sendPage(req, res, { key: 'votes', action: 'votes/index', ...NUMBERED }, arrayListing(rows), (vote) => wireVote(guide, vote));
  }
}

function wireVote({ base }: GuideScope, { id, user_id, value, item, created_at, updated_at }: Vote): Json {
  const url = `${base}/api/v2/help_center/votes/${id}.json`;
  return { id, url, user_id, value, item_id: item.id, item_type: item.type, created_at, updated_at };
}
