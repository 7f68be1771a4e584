import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { actorOf, idOf, queryOf, scopeOf } from '../routes/http.ts';
import { arrayListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { permit, type Shape } from '../routes/permit.ts';
import type { Json } from '../wire.ts';
import type { RatingDraft, SatisfactionRating, SatisfactionReason } from './entities.ts';

const RATING: Shape = { score: 'text', comment: 'text', reason_id: 'integer', reason_code: 'integer' };

/** Which ratings a `score` of the list asks for; of what was not offered there is none. */
const SCORES: Readonly<Record<string, (rating: SatisfactionRating) => boolean>> = {
  offered: ({ score }) => score === 'offered',
  unoffered: () => false,
  received: ({ score }) => score !== 'offered',
  received_with_comment: ({ score, comment }) => score !== 'offered' && comment !== null,
  received_without_comment: ({ score, comment }) => score !== 'offered' && comment === null,
  good: ({ score }) => score === 'good',
  good_with_comment: ({ score, comment }) => score === 'good' && comment !== null,
  good_without_comment: ({ score, comment }) => score === 'good' && comment === null,
  bad: ({ score }) => score === 'bad',
  bad_with_comment: ({ score, comment }) => score === 'bad' && comment !== null,
  bad_without_comment: ({ score, comment }) => score === 'bad' && comment === null,
};

/** Satisfaction ratings and reasons. */
export function satisfactionRoutes(router: Router, support: Support): void {
  const { satisfaction } = support;

  router.get('/satisfaction_ratings', (req, res) => {
    const rows = wanted(req, res, 'satisfaction_ratings/index');
    const spec = { key: 'satisfaction_ratings', action: 'satisfaction_ratings/index' };
    sendPage(req, res, spec, arrayListing(rows, ['created_at', 'updated_at', 'score']), (rating) => wire(res, rating));
  });

  router.get('/satisfaction_ratings/count', (req, res) => {
    const value = wanted(req, res, 'satisfaction_ratings/count').length;
    sendJson(res, 200, { count: { value, refreshed_at: support.now(scopeOf(res).account) } });
  });

  router.get('/satisfaction_ratings/:satisfaction_rating_id', (req, res) => {
    const id = idOf(req, 'satisfaction_rating_id', 'satisfaction_ratings/show');
    sendJson(res, 200, { satisfaction_rating: wire(res, satisfaction.expect(scopeOf(res).account, id)) });
  });

  /** For the requester only. */
  router.post('/tickets/:ticket_id/satisfaction_rating', (req, res) => {
    const draft = permit<RatingDraft>(res, req.body, 'satisfaction_rating', RATING, 'satisfaction_ratings/create');
    const ticketId = idOf(req, 'ticket_id', 'satisfaction_ratings/create');
    sendJson(res, 200, { satisfaction_rating: wire(res, satisfaction.rate(scopeOf(res).account, ticketId, draft, actorOf(req, res))) });
  });

  router.get('/satisfaction_reasons', (_req, res) => {
    sendJson(res, 200, { reasons: satisfaction.reasons(scopeOf(res).account).map((reason) => wireReason(res, reason)) });
  });

  router.get('/satisfaction_reasons/:satisfaction_reason_id', (req, res) => {
    const id = idOf(req, 'satisfaction_reason_id', 'satisfaction_reasons/show');
    const reason = satisfaction.reasons(scopeOf(res).account).find((each) => each.id === id);
    if (!reason) throw recordNotFound();
    sendJson(res, 200, { reason: wireReason(res, reason) });
  });

  function wanted(req: Request, res: Response, action: string): SatisfactionRating[] {
    const query = queryOf(req);
    const score = query.get('score');
    const fits = score === null ? () => true : Object.hasOwn(SCORES, score) ? SCORES[score] : undefined;
    if (!fits) throw invalidAttribute('score', `must be one of ${Object.keys(SCORES).join(', ')}`, action);
    const from = seconds(query, 'start_time', action) ?? 0;
    const to = seconds(query, 'end_time', action) ?? Infinity;
    const at = ({ created_at }: SatisfactionRating): number => Date.parse(created_at) / 1_000;
    return satisfaction.list(scopeOf(res).account).filter((rating) => fits(rating) && at(rating) >= from && at(rating) <= to);
  }

  function wire(res: Response, rating: SatisfactionRating): Json {
    const { account, base } = scopeOf(res);
    const { reason_id, ...rest } = rating;
    const reason = satisfaction.reasons(account).find(({ id }) => id === reason_id);
    const why = reason ? { reason: reason.value, reason_id, reason_code: reason.code } : {};
    return { url: `${base}/api/v2/satisfaction_ratings/${rating.id}.json`, ...rest, ...why };
  }

  function wireReason(res: Response, { id, code, value }: SatisfactionReason): Json {
    const { account, base } = scopeOf(res);
    const { createdAt } = support.context.accounts.expect(account);
    const times = { created_at: createdAt, updated_at: createdAt };
    return { url: `${base}/api/v2/satisfaction_reasons/${id}.json`, id, reason_code: code, value, raw_value: value, ...times };
  }
}

/** @throws ApiError 400 for what is no number of seconds */
function seconds(query: URLSearchParams, name: string, action: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,12}$/.test(text)) throw invalidAttribute(name, 'must be an integer', action);
  return Number(text);
}
