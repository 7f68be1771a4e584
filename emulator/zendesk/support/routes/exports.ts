import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute, invalidCursor, parameterMissing, recordNotFound, startTimeTooRecent } from '../errors.ts';
import type { ExportKind, ExportPage, ExportPosition, Exported, ExportService } from '../exports/export-service.ts';
import { exportedEvent, exportedTicket, exportedUser } from '../exports/wire-exports.ts';
import type { Support } from '../index.ts';
import { type Json, wireOrganization } from '../wire.ts';
import { queryOf, scopeOf } from './http.ts';
import type { Listing } from './listing.ts';
import { isByCursor, sendPage } from './page.ts';
import { besideUsers, includes } from './sideloads.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import { ticketSideloads } from './ticket-sideloads.ts';

const LARGEST_PAGE = 1_000;
/** Rows of a sample (documented). */
const SAMPLE = 50;

/** What is exported, under which name, and how a row is shown. */
interface Resource<Kind extends ExportKind> {
  readonly kind: Kind;
  readonly key: string;
  readonly wire: (req: Request, res: Response) => (row: Exported[Kind]) => Json;
  /** Its answer does not tell whether the stream ends (documented). */
  readonly endless?: boolean;
  /** Side-loads of a page. */
  readonly beside?: (req: Request, res: Response, rows: readonly Exported[Kind][]) => Json;
}

/** `/incremental/…`: for admins. */
export function exportRoutes(router: Router, support: Support): void {
  const { exports } = support;
  const scope = (res: Response, owner: 'ticket' | 'user' | 'organization') => {
    const { account, base } = scopeOf(res);
    return { base, fields: support.fields.custom(account, owner) };
  };
  const tickets: Resource<'ticket'> = {
    kind: 'ticket',
    key: 'tickets',
    wire: (req, res) => {
      const shown = scope(res, 'ticket');
      const { within } = ticketSideloads(support, res, includes(req));
      return (ticket) => ({ ...exportedTicket(ticket, shown), ...within(ticket) });
    },
    beside: (req, res, rows) => ticketSideloads(support, res, includes(req)).beside(rows),
  };
  const users: Resource<'user'> = {
    kind: 'user',
    key: 'users',
    wire: (_req, res) => {
      const shown = scope(res, 'user');
      return (user) => exportedUser(user, shown);
    },
    beside: (req, res, rows) => besideUsers(support, scopeOf(res), includes(req), rows),
  };
  const organizations: Resource<'organization'> = {
    kind: 'organization',
    key: 'organizations',
    wire: (_req, res) => {
      const shown = scope(res, 'organization');
      return (organization) => wireOrganization(organization, shown);
    },
  };
  const ticketEvents: Resource<'ticketEvent'> = {
    kind: 'ticketEvent',
    key: 'ticket_events',
    wire: (req, res) => {
      const { base } = scopeOf(res);
      const withComments = includes(req).has('comment_events');
      return (audit) => exportedEvent(audit, withComments, base);
    },
  };
  const metricEvents: Resource<'metricEvent'> = {
    kind: 'metricEvent',
    key: 'ticket_metric_events',
    endless: true,
    wire: () => (event) => ({ ...event }),
  };

  router.get('/incremental/tickets', (req, res) => byTime(req, res, tickets));
  router.get('/incremental/tickets/cursor', (req, res) => byCursor(req, res, tickets));
  router.get('/incremental/users', (req, res) => byTime(req, res, users));
  router.get('/incremental/users/cursor', (req, res) => byCursor(req, res, users));
  router.get('/incremental/organizations', (req, res) => byTime(req, res, organizations));
  router.get('/incremental/ticket_events', (req, res) => byTime(req, res, ticketEvents));
  /** By cursor too: at most 100 on a page, in the order of time (documented). */
  router.get('/incremental/ticket_metric_events', (req, res) => {
    const query = queryOf(req);
    if (!isByCursor(query)) return byTime(req, res, metricEvents);
    const action = 'incremental/ticket_metric_events';
    if (query.has('sort')) throw invalidAttribute('sort', 'is not supported', action);
    const { account, withDeleted } = enter(req, res);
    const start = startTime(query, account, metricEvents.key);
    const spec = { key: metricEvents.key, action, order: { by: 'time', descending: false }, ordered: true };
    sendPage(req, res, spec, metricListing(exports, account, start, withDeleted), metricEvents.wire(req, res));
  });

  /** The same in small, to try a client with. */
  router.get('/incremental/:incremental_resource/sample', (req, res) => {
    switch (req.params['incremental_resource']) {
      case 'tickets':
        return byTime(req, res, tickets, SAMPLE);
      case 'users':
        return byTime(req, res, users, SAMPLE);
      case 'organizations':
        return byTime(req, res, organizations, SAMPLE);
      case 'ticket_events':
        return byTime(req, res, ticketEvents, SAMPLE);
      default:
        throw recordNotFound();
    }
  });

  /** `next_page` is there also at the end of the stream: clients must look at `end_of_stream` (recorded). */
  function byTime<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>, most = LARGEST_PAGE): void {
    const { query, account, size, withDeleted } = enter(req, res, most);
    const start = startTime(query, account, resource.key);
    const page = exports.byTime(account, resource.kind, start, size, withDeleted);
    const end = page.rows.at(-1)?.time ?? start;
    sendJson(res, 200, {
      ...shown(req, res, resource, page),
      next_page: linkTo(req, res, query, { start_time: String(end) }),
      count: page.rows.length,
      ...(resource.endless ? {} : { end_of_stream: page.endOfStream }),
      end_time: end,
    });
  }

  /** An empty page hands the cursor back that it was asked with (inferred). */
  function byCursor<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>): void {
    const { query, account, size, withDeleted } = enter(req, res);
    const given = query.get('cursor');
    const from = given === null ? startTime(query, account, `${resource.key}/cursor`) : readCursor(given);
    const page = exports.byCursor(account, resource.kind, from, size, withDeleted);
    const last = page.rows.at(-1);
    const cursor = last ? writeCursor({ time: last.time, id: last.row.id }) : given;
    sendJson(res, 200, {
      ...shown(req, res, resource, page),
      after_url: cursor === null ? null : linkTo(req, res, query, { cursor }),
      after_cursor: cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: page.endOfStream,
    });
  }

  function enter(req: Request, res: Response, most = LARGEST_PAGE) {
    const query = queryOf(req);
    const size = Math.min(whole(query, 'per_page', 1) ?? most, most);
    return { query, account: scopeOf(res).account, size, withDeleted: query.get('exclude_deleted') !== 'true' };
  }

  function startTime(query: URLSearchParams, account: string, action: string): number {
    const start = whole(query, 'start_time', 0);
    if (start === undefined) throw parameterMissing('start_time', `incremental/${action}`);
    if (start > exports.latestStart(account)) throw startTimeTooRecent();
    return start;
  }
}

/** Metric events by time, for cursors only; walked back by reading what lies before. */
function metricListing(exports: ExportService, account: string, start: number, withDeleted: boolean): Listing<Exported['metricEvent']> {
  const read = (from: number | ExportPosition, size: number): Exported['metricEvent'][] =>
    exports.byCursor(account, 'metricEvent', from, size, withDeleted).rows.map(({ row }) => row);
  return {
    sorts: ['id'],
    count: () => 0,
    slice: () => [],
    after(order, from, limit) {
      if (!order.descending) return read(from ? { time: secondsOf(String(from.value)), id: from.id } : start, limit);
      const time = String(from?.value);
      const before = (row: Exported['metricEvent']): boolean => row.time < time || (row.time === time && row.id < (from?.id ?? 0));
      return read(start, Infinity).filter(before).slice(-limit).toReversed();
    },
  };
}

function shown<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>, page: ExportPage<Exported[Kind]>): Json {
  const wire = resource.wire(req, res);
  const rows = page.rows.map(({ row }) => row);
  return { [resource.key]: rows.map(wire), ...resource.beside?.(req, res, rows) };
}

function whole(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name) ?? '';
  if (text === '') return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) < least) throw invalidAttribute(name, 'must be an integer', 'incremental');
  return Number(text);
}

/** Base64 of `epoch.0||id|` (recorded). */
function writeCursor({ time, id }: ExportPosition): string {
  return Buffer.from(`${time}.0||${id}|`).toString('base64');
}

function readCursor(cursor: string): ExportPosition {
  const [, time, id] = /^(\d{1,10})\.0\|\|(\d{1,16})\|$/.exec(Buffer.from(cursor.replaceAll(' ', '+'), 'base64').toString('latin1')) ?? [];
  if (time === undefined || id === undefined) throw invalidCursor('cursor');
  return { time: Number(time), id: Number(id) };
}

function linkTo(req: Request, res: Response, query: URLSearchParams, set: Record<string, string>): string {
  const params = new URLSearchParams(query);
  if ('cursor' in set) params.delete('start_time');
  for (const [name, value] of Object.entries(set)) params.set(name, value);
  return `${scopeOf(res).base}/api/v2${req.path}.json?${params}`;
}
