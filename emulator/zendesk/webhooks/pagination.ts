import type { ApiError } from '../account/index.ts';
import { invalidPagination } from './errors.ts';

export interface PageQuery {
  readonly after: string | null;
  readonly before: string | null;
  readonly size: number;
}

export interface Page<Row> {
  readonly rows: Row[];
  readonly hasMore: boolean;
  readonly afterCursor?: string;
  readonly beforeCursor?: string;
}

/** Recorded: 100 rows when nothing else is asked for. */
const PAGE_SIZE = 100;

/** `page[size|after|before]`, with brackets raw or encoded. @throws ApiError (400) */
export function readPage(query: URLSearchParams): PageQuery {
  const text = query.get('page[size]') ?? String(PAGE_SIZE);
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < 1 || size > PAGE_SIZE) throw invalidPagination('page[size]');
  return { after: query.get('page[after]'), before: query.get('page[before]'), size };
}

/** The id that a cursor names: cursors are base64 of `{id},{order}` (recorded for invocations). @throws ApiError (400) */
export function idAt({ after, before }: PageQuery, order: string): string | undefined {
  const cursor = before ?? after;
  if (cursor === null) return undefined;
  const [id, ...rest] = Buffer.from(cursor, 'base64').toString('utf8').split(',');
  if (id === undefined || rest.join(',') !== order) throw noSuchPlace({ before });
  return id;
}

/** A cursor that names no row, or was made for another order. */
export function noSuchPlace({ before }: Pick<PageQuery, 'before'>): ApiError {
  return invalidPagination(before === null ? 'page[after]' : 'page[before]');
}

/** Cuts a page out of sorted rows. @throws ApiError (400) */
export function paginate<Row extends { readonly id: string }>(sorted: readonly Row[], query: PageQuery, order: string): Page<Row> {
  const id = idAt(query, order);
  const at = id === undefined ? -1 : sorted.findIndex((row) => row.id === id);
  if (id !== undefined && at < 0) throw noSuchPlace(query);
  const end = query.before === null ? undefined : at;
  const start = end === undefined ? at + 1 : Math.max(0, end - query.size);
  const rows = sorted.slice(start, end ?? start + query.size);
  return pageOf(rows, order, { before: start > 0, after: start + rows.length < sorted.length });
}

/** Unlike Support's, this API gives a cursor, and a link, only where there is more in that direction (recorded). */
export function pageOf<Row extends { readonly id: string }>(
  rows: Row[],
  order: string,
  more: { readonly before: boolean; readonly after: boolean },
): Page<Row> {
  const cursor = (row: Row): string => Buffer.from(`${row.id},${order}`).toString('base64');
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    hasMore: more.after,
    ...(more.before && first ? { beforeCursor: cursor(first) } : {}),
    ...(more.after && last ? { afterCursor: cursor(last) } : {}),
  };
}

/** `meta` and, where there is more, `links`, whose brackets are not encoded (recorded). */
export function pageJson(page: Page<unknown>, url: string, query: URLSearchParams): Record<string, unknown> {
  const others = [...query].filter(([name]) => name !== 'page[after]' && name !== 'page[before]');
  const link = (name: string, cursor: string): string =>
    `${url}?${[...others.map(([key, value]) => `${key}=${encodeURIComponent(value)}`), `page[${name}]=${cursor}`].join('&')}`;
  const { beforeCursor: before, afterCursor: after, hasMore } = page;
  const links = { prev: before && link('before', before), next: after && link('after', after) };
  return {
    meta: { has_more: hasMore, before_cursor: before, after_cursor: after },
    ...(before || after ? { links } : {}),
  };
}
