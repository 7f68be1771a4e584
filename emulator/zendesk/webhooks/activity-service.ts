import type { Core } from '../../core/core.ts';
import type { Attempt, Delivery, LatestAttempt } from './entities.ts';
import { invocationNotFound } from './errors.ts';
import type { WebhookTables } from './tables.ts';

/** Statuses to filter by (documented). What each matches of the statuses that occur is inferred. */
const FILTERS: Readonly<Record<string, (latest: LatestAttempt) => boolean>> = {
  unknown: () => false,
  accepted: () => false,
  success: ({ status }) => status === 'success',
  failed: ({ status }) => status === 'failed' || status === 'terminated',
  timeout: ({ status, statusCode }) => status === 'failed' && statusCode === 504,
  'circuit broken': ({ status }) => status === 'circuit broken',
  throttled: ({ status }) => status === 'throttled',
  'client error': ({ statusCode }) => statusCode !== null && statusCode >= 400 && statusCode < 500,
  'server error': ({ statusCode }) => statusCode !== null && statusCode >= 500,
};

export const INVOCATION_FILTERS = Object.keys(FILTERS);

export interface InvocationFilter {
  /** One of `INVOCATION_FILTERS`. */
  readonly status: string | null;
  /** Milliseconds, both included. */
  readonly from: number | null;
  readonly to: number | null;
  readonly ascending: boolean;
}

/** How far back the activity log goes (documented). */
const SHOWN_MS = 7 * 24 * 3_600_000;

/** The activity log: what an admin sees of deliveries. Only what has an attempt behind it is listed. */
export class ActivityService {
  readonly #core: Core;
  readonly #tables: WebhookTables;

  constructor(core: Core, tables: WebhookTables) {
    this.#core = core;
    this.#tables = tables;
  }

  invocations(account: string, webhook: string, filter: InvocationFilter): Delivery[] {
    const completed = {
      gte: Math.max(filter.from ?? 0, this.#core.businessClock(account).now() - SHOWN_MS),
      lte: filter.to ?? Number.MAX_SAFE_INTEGER,
    };
    const order = filter.ascending ? ['completed', 'key'] : ['-completed', '-key'];
    const rows = this.#tables.deliveries.find(account, { where: { webhook, completed }, order });
    const matches = filter.status === null ? undefined : FILTERS[filter.status];
    return matches ? rows.filter(({ latest }) => latest !== null && matches(latest)) : rows;
  }

  /** Latest first. @throws ApiError (404) */
  attempts(account: string, webhook: string, invocation: string): Attempt[] {
    const delivery = this.#tables.deliveries.get(account, invocation);
    if (delivery?.webhook !== webhook) throw invocationNotFound(invocation);
    const attempts = this.#tables.attempts.find(account, { where: { invocation } });
    return attempts.toSorted((a, b) => b.completedAt - a.completedAt || b.number - a.number);
  }
}
