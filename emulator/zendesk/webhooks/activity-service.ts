import type { Query } from '../../core/query.ts';
import type { Core } from '../../core/core.ts';
import type { Attempt, Delivery } from './entities.ts';
import { invocationNotFound } from './errors.ts';
import { idAt, noSuchPlace, type Page, pageOf, type PageQuery } from './pagination.ts';
import type { WebhookTables } from './tables.ts';

type Where = NonNullable<Query['where']>;

/** Statuses to filter by (documented). What each matches of the statuses that occur is inferred; null is nothing. */
const FILTERS: Readonly<Record<string, Where | null>> = {
  unknown: null,
  accepted: null,
  success: { state: 'delivered' },
  failed: { trouble: { in: ['failed', 'terminated'] } },
  timeout: { trouble: 'failed', trouble_code: 504 },
  'circuit broken': { trouble: 'circuit broken' },
  throttled: { trouble: 'throttled' },
  'client error': { trouble_code: { gte: 400, lt: 500 } },
  'server error': { trouble_code: { gte: 500 } },
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

/** Where an invocation stands in the list: its last attempt's time, then its id. */
interface Place {
  readonly id: string;
  readonly completed: number;
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

  /** One page, of which no more is read than it takes to fill it. @throws ApiError (400) */
  invocations(account: string, webhook: string, filter: InvocationFilter, query: PageQuery): Page<Delivery> {
    const order = filter.ascending ? 'asc' : 'desc';
    const id = idAt(query, order);
    const at = id === undefined ? undefined : this.#place(account, webhook, id);
    if (id !== undefined && !at) throw noSuchPlace(query);
    const backwards = query.before !== null;
    const found = this.#read(account, webhook, { ...filter, ascending: filter.ascending !== backwards }, at, query.size + 1);
    const more = found.length > query.size;
    const rows = found.slice(0, query.size);
    if (!backwards) return pageOf(rows, order, { before: at !== undefined, after: more });
    return pageOf(rows.toReversed(), order, { before: more, after: true });
  }

  #place(account: string, webhook: string, id: string): Place | undefined {
    const delivery = this.#tables.deliveries.get(account, id);
    return delivery?.webhook === webhook && delivery.latest ? { id, completed: delivery.latest.completedAt } : undefined;
  }

  /** The first so many from the place on, in the order and within the filter. */
  #read(account: string, webhook: string, filter: InvocationFilter, at: Place | undefined, most: number): Delivery[] {
    const { ascending, status } = filter;
    const from = Math.max(filter.from ?? 0, this.#core.businessClock(account).now() - SHOWN_MS);
    const to = filter.to ?? Number.MAX_SAFE_INTEGER;
    const matching = status === null ? {} : FILTERS[status];
    if (!matching) return [];
    const order = ascending ? ['completed', 'key'] : ['-completed', '-key'];
    const found: Delivery[] = [];
    for (const range of rangesBehind(at, ascending, from, to)) {
      const where = { webhook, ...matching, ...range };
      found.push(...this.#tables.deliveries.find(account, { where, order, limit: most - found.length }));
    }
    return found;
  }

  /** Latest first. @throws ApiError (404) */
  attempts(account: string, webhook: string, invocation: string): Attempt[] {
    const delivery = this.#tables.deliveries.get(account, invocation);
    if (delivery?.webhook !== webhook) throw invocationNotFound(invocation);
    const attempts = this.#tables.attempts.find(account, { where: { invocation } });
    return attempts.toSorted((a, b) => b.completedAt - a.completedAt || b.number - a.number);
  }
}

/** What stands behind the place: the rest of those of the same moment, then those of other moments. */
function rangesBehind(at: Place | undefined, ascending: boolean, from: number, to: number): Where[] {
  if (!at) return [{ completed: { gte: from, lte: to } }];
  const { id, completed } = at;
  const same = completed >= from && completed <= to ? [{ completed, key: ascending ? { gt: id } : { lt: id } }] : [];
  return [...same, { completed: { gte: from, lte: to, ...(ascending ? { gt: completed } : { lt: completed }) } }];
}
