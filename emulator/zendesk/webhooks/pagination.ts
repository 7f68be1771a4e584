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

/**
 * Cuts a page out of sorted rows. Cursors are base64 of `{id},{order}` (recorded for invocations). Unlike Support's,
 * this API gives a cursor, and a link, only where there is more in that direction (recorded).
 */
export function paginate<Row extends { readonly id: string }>(sorted: readonly Row[], query: PageQuery, order: string): Page<Row> {
  const at = (cursor: string, parameter: string): number => {
    const [id, ...rest] = Buffer.from(cursor, 'base64').toString('utf8').split(',');
    const index = rest.join(',') === order ? sorted.findIndex((row) => row.id === id) : -1;
    if (index < 0) throw invalidPagination(parameter);
    return index;
  };
  const end = query.before === null ? undefined : at(query.before, 'page[before]');
  const start = end !== undefined ? Math.max(0, end - query.size) : query.after === null ? 0 : at(query.after, 'page[after]') + 1;
  const rows = sorted.slice(start, end ?? start + query.size);
  const cursor = (row: Row | undefined): string => Buffer.from(`${row?.id},${order}`).toString('base64');
  const hasMore = start + rows.length < sorted.length;
  return {
    rows,
    hasMore,
    ...(start > 0 && rows.length > 0 ? { beforeCursor: cursor(rows[0]) } : {}),
    ...(hasMore && rows.length > 0 ? { afterCursor: cursor(rows.at(-1)) } : {}),
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
