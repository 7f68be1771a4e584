import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../account/index.ts';
import { invalidAttribute, invalidCursor, invalidSearch, parameterMissing } from '../errors.ts';
import type { Support } from '../index.ts';
import { RESULT_TYPES, type ResultType } from '../search/query.ts';
import type { Hit, Hits } from '../search/search-service.ts';
import { type SearchOrder, SORTS } from '../search/sort.ts';
import { type Json, wireGroup, wireOrganization, wireTicket, wireUser } from '../wire.ts';
import { queryOf, scopeOf } from './http.ts';
import { besideTickets, besideUsers } from './sideloads.ts';

/** Results that `/search` pages through; `count` still tells the true number (documented). */
const MOST = 1_000;
const PAGE = 100;
const EXPORT_PAGE = 1_000;
const CURSOR_LIFETIME_MS = 3_600_000;

/** `/search`, `/search/count` and `/search/export`. */
export function searchRoutes(router: Router, support: Support): void {
  router.get('/search', async (req, res) => {
    const query = queryOf(req);
    // Recorded by a client: cursors are for the export alone.
    if ([...query.keys()].some((name) => name.startsWith('page['))) throw invalidAttribute('page', 'must be an integer', 'search/index');
    const page = whole(query, 'page', 1);
    const size = Math.min(whole(query, 'per_page', PAGE), PAGE);
    if ((page - 1) * size >= MOST) throw invalidSearch('Requested response size was greater than Search Response Limits');
    const found = await search(req, res, sorting(query));
    const hits = found.slice((page - 1) * size, Math.min(size, MOST - (page - 1) * size));
    const link = (number: number): string => linkTo(req, res, query, { page: String(number) });
    sendJson(res, 200, {
      results: hits.map(wireOf(res)),
      ...beside(req, res, hits),
      facets: null,
      // Recorded nowhere past the limit: the link goes on as the count does, and answers 422 (inferred).
      next_page: page * size < found.count ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count: found.count,
    });
  });

  router.get('/search/count', async (req, res) => {
    sendJson(res, 200, { count: (await search(req, res, {})).count });
  });

  /** By ascending creation; no count. A `type:` in the query is let pass, as recorded, and has no effect. */
  router.get('/search/export', async (req, res) => {
    const query = queryOf(req);
    const only = RESULT_TYPES.find((type) => type === query.get('filter[type]'));
    if (!only) {
      if (!query.get('filter[type]')) throw parameterMissing('filter[type]', 'search/export');
      throw invalidAttribute('filter[type]', `must be one of ${RESULT_TYPES.join(', ')}`, 'search/export');
    }
    const size = Math.min(whole(query, 'page[size]', PAGE), EXPORT_PAGE);
    const now = support.context.core.businessClock(scopeOf(res).account).now();
    const given = query.get('page[after]');
    const from = given === null ? undefined : readCursor(given.replaceAll(' ', '+'), now);
    const rest = (await search(req, res, {}, only)).after(from, size + 1);
    const page = rest.slice(0, size);
    const last = page.at(-1)?.record;
    const cursor = last ? writeCursor({ at: last.created_at, id: last.id, until: now + CURSOR_LIFETIME_MS }) : null;
    sendJson(res, 200, {
      results: page.map(wireOf(res)),
      ...beside(req, res, page),
      facets: null,
      meta: { has_more: rest.length > size, after_cursor: cursor, before_cursor: null },
      links: { prev: null, next: cursor === null ? null : linkTo(req, res, query, { 'page[after]': cursor }) },
    });
  });

  async function search(req: Request, res: Response, order: Partial<SearchOrder>, only?: ResultType): Promise<Hits> {
    const query = queryOf(req);
    const text = query.get('query');
    if (text === null || text.trim() === '') throw invalidSearch('query is required');
    const principal = principalOf(res);
    const me = principal.kind === 'token' ? principal.userId : null;
    const { account } = scopeOf(res);
    await support.search.ready(account);
    const limit = support.visibility.limit(account, principal);
    return support.search.find(account, { query: text, me, order, ...(only ? { only } : {}), ...(limit ? { limit } : {}) });
  }

  /** `include=tickets(users,groups)`: what stands beside the tickets, or the users, that were found. */
  function beside(req: Request, res: Response, hits: readonly Hit[]): Record<string, Json[]> {
    const wanted = includesOf(queryOf(req).get('include') ?? '');
    const scope = scopeOf(res);
    const tickets = hits.flatMap((hit) => (hit.type === 'ticket' ? [hit.record] : []));
    const users = hits.flatMap((hit) => (hit.type === 'user' ? [hit.record] : []));
    const sets = [besideTickets(support, scope, wanted('tickets'), tickets), besideUsers(support, scope, wanted('users'), users)];
    const names = new Set(sets.flatMap((set) => Object.keys(set)));
    return Object.fromEntries([...names].map((name) => [name, distinct(sets.flatMap((set) => set[name] ?? []))]));
  }

  function wireOf(res: Response): (hit: Hit) => Json {
    const { account, base } = scopeOf(res);
    const fields = (['ticket', 'user', 'organization'] as const).map((owner) => support.fields.custom(account, owner));
    const [ticket = [], user = [], organization = []] = fields;
    return (hit) => {
      switch (hit.type) {
        case 'ticket':
          return { ...wireTicket(hit.record, { base, fields: ticket }), result_type: hit.type };
        case 'user':
          return { ...wireUser(hit.record, { base, fields: user }), result_type: hit.type };
        case 'organization':
          return { ...wireOrganization(hit.record, { base, fields: organization }), result_type: hit.type };
        default:
          return { ...wireGroup(hit.record, base), result_type: hit.type };
      }
    };
  }
}

/** The words in brackets behind a type; a word without one is meant for every type (inferred). */
function includesOf(text: string): (type: string) => Set<string> {
  const words: { type?: string; word: string }[] = [];
  for (const [, word = '', inner] of text.matchAll(/([a-z_]+)(?:\(([^)]*)\))?/g)) {
    if (inner === undefined) words.push({ word });
    else for (const each of inner.split(',')) words.push({ type: word, word: each.trim() });
  }
  return (type) => new Set(words.filter((each) => each.type === undefined || each.type === type).map(({ word }) => word));
}

function distinct(records: readonly Json[]): Json[] {
  return [...new Map(records.map((record) => [record['id'], record])).values()];
}

function sorting(query: URLSearchParams): Partial<SearchOrder> {
  const by = query.get('sort_by');
  const direction = query.get('sort_order')?.toLowerCase();
  if (by !== null && !SORTS.includes(by)) throw invalidSearch(`sort_by must be one of ${SORTS.join(', ')}`);
  if (direction !== undefined && direction !== 'asc' && direction !== 'desc') throw invalidSearch('sort_order must be asc or desc');
  return { ...(by === null ? {} : { by }), ...(direction === undefined ? {} : { descending: direction === 'desc' }) };
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name) ?? '';
  if (text === '') return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalidAttribute(name, 'must be an integer', 'search/index');
  return Number(text);
}

interface Position {
  readonly at: string;
  readonly id: number;
  /** When the cursor ends: one hour after it was handed out (documented). */
  readonly until: number;
}

function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

function readCursor(cursor: string, now: number): Position {
  try {
    const { at, id, until } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as Partial<Position>;
    if (typeof at === 'string' && typeof id === 'number' && typeof until === 'number' && now < until) return { at, id, until };
  } catch {
    // Not ours: refused below.
  }
  throw invalidCursor('page[after]');
}

function linkTo(req: Request, res: Response, query: URLSearchParams, set: Record<string, string>): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(set)) params.set(name, value);
  return `${scopeOf(res).base}/api/v2${req.path}.json?${params}`;
}
