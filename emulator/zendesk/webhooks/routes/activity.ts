import type { Router } from 'express';
import { accountOf, baseOf } from '../../account/index.ts';
import { type ActivityService, INVOCATION_FILTERS } from '../activity-service.ts';
import { invalidParameter } from '../errors.ts';
import { pageJson, readPage } from '../pagination.ts';
import type { WebhookService } from '../webhook-service.ts';
import { attemptJson, invocationJson } from '../wire.ts';
import { answer } from './answers.ts';
import { queryOf } from './entry.ts';

const SORT = 'latest_completed_at';

export function activityRoutes(router: Router, webhooks: WebhookService, activity: ActivityService): void {
  router.get('/webhooks/:id/invocations', (req, res) => {
    const account = accountOf(res).name;
    const { id } = webhooks.expect(account, req.params.id);
    const query = queryOf(req);
    const filter = {
      status: readStatus(query),
      from: readTime(query, 'filter[from_ts]'),
      to: readTime(query, 'filter[to_ts]'),
      ascending: readSort(query),
    };
    const page = activity.invocations(account, id, filter, readPage(query));
    const { meta, links } = pageJson(page, `${baseOf(res)}/api/v2/webhooks/${id}/invocations`, query);
    answer(res, 200, { meta, links, invocations: page.rows.map(invocationJson) });
  });

  router.get('/webhooks/:id/invocations/:invocation/attempts', (req, res) => {
    const account = accountOf(res).name;
    const { id } = webhooks.expect(account, req.params.id);
    answer(res, 200, { attempts: activity.attempts(account, id, req.params.invocation).map(attemptJson) });
  });
}

function readStatus(query: URLSearchParams): string | null {
  const status = query.get('filter[status]');
  if (status === null || INVOCATION_FILTERS.includes(status)) return status;
  throw invalidParameter('filter[status]', `one of ${INVOCATION_FILTERS.join(', ')}`);
}

/** Latest first unless asked otherwise. */
function readSort(query: URLSearchParams): boolean {
  const sort = query.get('sort') ?? `-${SORT}`;
  if (sort !== SORT && sort !== `-${SORT}`) throw invalidParameter('sort', `${SORT} or -${SORT}`);
  return sort === SORT;
}

function readTime(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidParameter(name, 'an ISO 8601 time');
  return time;
}
