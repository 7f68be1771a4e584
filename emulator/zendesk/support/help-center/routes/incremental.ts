import type { Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { parameterMissing } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { queryOf } from '../../routes/http.ts';
import { wireArticle } from '../wire.ts';
import { labelled, startTime } from './filters.ts';
import { guideOf, shownTo } from './guide.ts';

/** Articles of one export page (documented). */
const MOST = 1_000;

/**
 * Articles that changed since `start_time`, oldest change first. The next page starts where this one ends and is null when
 * there is none (vendor article "Understanding incremental article exports").
 */
export function incrementalRoute(router: Router, support: Support): void {
  router.get('/help_center/incremental/articles', (req, res) => {
    const start = startTime(req, 'incremental/articles');
    if (start === undefined) throw parameterMissing('start_time', 'incremental/articles');
    const guide = guideOf(support, req, res);
    const fits = labelled(req);
    const changed = shownTo(guide, support.helpCenter.articles.list(guide.account))
      .filter((row) => fits(row.content) && seconds(row.updated_at) >= start)
      .toSorted((a, b) => a.updated_at.localeCompare(b.updated_at) || a.id - b.id);
    // A second is never parted, or the next page would begin within it for ever.
    const last = seconds(changed[MOST - 1]?.updated_at ?? '');
    const page = changed.length <= MOST ? changed : changed.filter((row) => seconds(row.updated_at) <= last);
    const end = page.length === 0 ? start : seconds(page.at(-1)?.updated_at ?? '') + (page.length < changed.length ? 1 : 0);
    // The other parameters stay.
    const query = queryOf(req);
    query.set('start_time', String(end));
    const next = page.length < changed.length ? `${guide.base}/api/v2/help_center/incremental/articles.json?${query}` : null;
    const articles = page.map((row) => wireArticle(guide, row.content, row.translation));
    sendJson(res, 200, { articles, count: articles.length, end_time: end, next_page: next });
  });
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1_000);
}
