import type { Request, Response } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute, invalidCursor, tooDeep } from '../errors.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { queryOf, scopeOf } from './http.ts';
import { type Listing, type Order, position } from './listing.ts';

const LARGEST_PAGE = 100;
/** Offset pages end here (vendor article "Pagination"). */
const DEEPEST_OFFSET = 10_000;

export interface PageSpec<Row extends { readonly id: number }> {
  /** Property of the answer that holds the rows. */
  readonly key: string;
  /** Controller and action in 400 messages: `tickets/index`. */
  readonly action: string;
  /** Name of the id in cursors; tickets say `nice_id` (recorded). */
  readonly idColumn?: string;
  /** Without `page` and `page[size]` everything is returned. */
  readonly unpaged?: boolean;
  /** Refuses cursors, as the real list does (inferred form). */
  readonly offsetOnly?: boolean;
  /** Rows of a page when no size is asked for; 100 unless given. */
  readonly perPage?: number;
  /** Offset answers tell `page`, `page_count` and `per_page` too, as the Help Center's do (recorded). */
  readonly numbered?: boolean;
  /** A sort without a `sort_order` descends. */
  readonly descends?: boolean;
  /** The list has an order of its own, and rows say by their `place` where in it they are: so its cursors call it. */
  readonly ownOrder?: string;
  /** What `sort` of cursor pages may name, where that is not what `sort_by` may. */
  readonly cursorSorts?: readonly string[];
  /** Order without a sort parameter. Cursor pages without one are always by ascending id (recorded). */
  readonly order?: Order;
  /** Cursor pages have that order too. */
  readonly ordered?: boolean;
  /** Other properties of the answer (side-loads), made from the rows of the page. */
  readonly beside?: (rows: readonly Row[]) => Record<string, unknown>;
}

/** Answers one page, by cursor when `page[size]`, `page[after]` or `page[before]` is given, else by offset. */
export function sendPage<Row extends { readonly id: number }>(
  req: Request,
  res: Response,
  spec: PageSpec<Row>,
  listing: Listing<Row>,
  wire: (row: Row, kind: 'cursor' | 'offset') => unknown,
): void {
  const query = queryOf(req);
  const byCursor = isByCursor(query);
  if (byCursor && spec.offsetOnly) throw invalidAttribute('page', 'must be an integer', spec.action);
  const page = byCursor ? cursorPage(req, res, query, spec, listing) : offsetPage(req, res, query, spec, listing);
  const rows = page.rows.map((row) => wire(row, byCursor ? 'cursor' : 'offset'));
  sendJson(res, 200, { [spec.key]: rows, ...spec.beside?.(page.rows), ...page.wrapper });
}

export function isByCursor(query: URLSearchParams): boolean {
  return ['page[size]', 'page[after]', 'page[before]'].some((name) => query.has(name));
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly wrapper: Record<string, unknown>;
}

function offsetPage<Row extends { readonly id: number }>(
  req: Request,
  res: Response,
  query: URLSearchParams,
  spec: PageSpec<Row>,
  listing: Listing<Row>,
): Page<Row> {
  const count = listing.count();
  const order = offsetOrder(query, spec, listing);
  if (spec.unpaged && !query.has('page') && !query.has('per_page')) {
    return { rows: listing.slice(order, 0, DEEPEST_OFFSET), wrapper: { next_page: null, previous_page: null, count } };
  }
  const number = wholeNumber(query, 'page', 1, spec.action);
  const size = Math.min(wholeNumber(query, 'per_page', spec.perPage ?? LARGEST_PAGE, spec.action), LARGEST_PAGE);
  if ((number - 1) * size >= DEEPEST_OFFSET) throw tooDeep();
  const link = (page: number): string => linkTo(req, res, query, { page: String(page) }, []);
  const rows = listing.slice(order, (number - 1) * size, size);
  return {
    rows,
    wrapper: {
      next_page: number * size < count ? link(number + 1) : null,
      previous_page: number > 1 ? link(number - 1) : null,
      count,
      ...(spec.numbered ? { page: number, page_count: Math.ceil(count / size), per_page: size, ...sortOf(order) } : {}),
    },
  };
}

function sortOf({ by, descending }: Order): Record<string, string> {
  return by === 'id' ? {} : { sort_by: by, sort_order: descending ? 'desc' : 'asc' };
}

/**
 * Recorded: cursors and links are there whenever the page has rows, also on the first and last page; on an empty page
 * all four are null.
 */
function cursorPage<Row extends { readonly id: number }>(
  req: Request,
  res: Response,
  query: URLSearchParams,
  spec: PageSpec<Row>,
  listing: Listing<Row>,
): Page<Row> {
  const size = Math.min(wholeNumber(query, 'page[size]', spec.perPage ?? LARGEST_PAGE, spec.action), LARGEST_PAGE);
  const order = cursorOrder(query, spec, listing);
  const idColumn = spec.idColumn ?? 'id';
  const columns = order.by === 'id' ? idColumn : `${spec.ownOrder ?? order.by},${idColumn}`;
  const given = (name: string): ReturnType<typeof decodeCursor> => {
    const cursor = query.get(name);
    if (cursor === null) return undefined;
    const from = decodeCursor(columns, cursor.replaceAll(' ', '+'));
    if (!from) throw invalidCursor(name);
    return from;
  };
  const after = given('page[after]');
  const before = given('page[before]');
  const backwards = before !== undefined && after === undefined;
  const direction: Order = backwards ? { ...order, descending: !order.descending } : order;
  const found = listing.after(direction, after ?? before, size + 1);
  const rows = backwards ? found.slice(0, size).toReversed() : found.slice(0, size);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) {
    return { rows, wrapper: { meta: { has_more: false, after_cursor: null, before_cursor: null }, links: { prev: null, next: null } } };
  }
  const afterCursor = encodeCursor(columns, position(last, order));
  const beforeCursor = encodeCursor(columns, position(first, order));
  const link = (name: string, cursor: string): string => linkTo(req, res, query, { [name]: cursor }, ['page[after]', 'page[before]']);
  return {
    rows,
    wrapper: {
      meta: { has_more: found.length > size, after_cursor: afterCursor, before_cursor: beforeCursor },
      links: { prev: link('page[before]', beforeCursor), next: link('page[after]', afterCursor) },
    },
  };
}

function offsetOrder<Row extends { readonly id: number }>(query: URLSearchParams, spec: PageSpec<Row>, listing: Listing<Row>): Order {
  const by = query.get('sort_by');
  const direction = query.get('sort_order')?.toLowerCase();
  if (direction !== undefined && direction !== 'asc' && direction !== 'desc')
    throw invalidAttribute('sort_order', 'must be asc or desc', spec.action);
  if (by !== null && !listing.sorts.includes(by))
    throw invalidAttribute('sort_by', `must be one of ${listing.sorts.join(', ')}`, spec.action);
  const order = spec.order ?? { by: 'id', descending: false };
  return {
    by: by ?? order.by,
    descending: direction === undefined ? (by === null ? order.descending : spec.descends === true) : direction === 'desc',
  };
}

function cursorOrder<Row extends { readonly id: number }>(query: URLSearchParams, spec: PageSpec<Row>, listing: Listing<Row>): Order {
  const sort = query.get('sort');
  const by = sort?.replace(/^-/, '') ?? 'id';
  if (!(spec.cursorSorts ?? listing.sorts).includes(by)) throw invalidCursor('sort');
  if (spec.ownOrder !== undefined) return { by: 'place', descending: false };
  if (sort === null) return spec.ordered && spec.order ? spec.order : { by: 'id', descending: false };
  return { by, descending: sort.startsWith('-') };
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number, action: string): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw invalidAttribute(name, 'must be an integer', action);
  return Number(text);
}

/** The same list at another place, the other query parameters kept. */
function linkTo(req: Request, res: Response, query: URLSearchParams, set: Record<string, string>, drop: readonly string[]): string {
  const params = new URLSearchParams(query);
  for (const name of drop) params.delete(name);
  for (const [name, value] of Object.entries(set)) params.set(name, value);
  return `${scopeOf(res).base}/api/v2${req.path}.json?${params}`;
}
