import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute, invalidCursor, notEmulated, parameterMissing, startTimeTooRecent } from '../errors.ts';
import type { ExportKind, ExportPage, ExportPosition, Exported } from '../exports/export-service.ts';
import { exportedEvent, exportedTicket, exportedUser } from '../exports/wire-exports.ts';
import type { Support } from '../index.ts';
import { type Json, wireOrganization } from '../wire.ts';
import { adminsOnly, queryOf, scopeOf } from './http.ts';

const LARGEST_PAGE = 1_000;

/** What is exported, under which name, and how a row is shown. */
interface Resource<Kind extends ExportKind> {
  readonly kind: Kind;
  readonly key: string;
  readonly wire: (req: Request, res: Response) => (row: Exported[Kind]) => Json;
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
    wire: (_req, res) => {
      const shown = scope(res, 'ticket');
      return (ticket) => exportedTicket(ticket, shown);
    },
  };
  const users: Resource<'user'> = {
    kind: 'user',
    key: 'users',
    wire: (_req, res) => {
      const shown = scope(res, 'user');
      return (user) => exportedUser(user, shown);
    },
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
      const withComments = queryOf(req).get('include') === 'comment_events';
      return (audit) => exportedEvent(audit, withComments, base);
    },
  };

  router.get('/incremental/tickets', adminsOnly, (req, res) => byTime(req, res, tickets));
  router.get('/incremental/tickets/cursor', adminsOnly, (req, res) => byCursor(req, res, tickets));
  router.get('/incremental/users', adminsOnly, (req, res) => byTime(req, res, users));
  router.get('/incremental/users/cursor', adminsOnly, (req, res) => byCursor(req, res, users));
  router.get('/incremental/organizations', adminsOnly, (req, res) => byTime(req, res, organizations));
  router.get('/incremental/ticket_events', adminsOnly, (req, res) => byTime(req, res, ticketEvents));

  /** `next_page` is there also at the end of the stream: clients must look at `end_of_stream` (recorded). */
  function byTime<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>): void {
    const { query, account, size, withDeleted } = enter(req, res, resource.kind);
    const start = startTime(query, account, resource.key);
    const page = exports.byTime(account, resource.kind, start, size, withDeleted);
    const end = page.rows.at(-1)?.time ?? start;
    sendJson(res, 200, {
      [resource.key]: shown(req, res, resource, page),
      next_page: linkTo(req, res, query, { start_time: String(end) }),
      count: page.rows.length,
      end_of_stream: page.endOfStream,
      end_time: end,
    });
  }

  /** An empty page hands the cursor back that it was asked with (inferred). */
  function byCursor<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>): void {
    const { query, account, size, withDeleted } = enter(req, res, resource.kind);
    const given = query.get('cursor');
    const from = given === null ? startTime(query, account, `${resource.key}/cursor`) : readCursor(given);
    const page = exports.byCursor(account, resource.kind, from, size, withDeleted);
    const last = page.rows.at(-1);
    const cursor = last ? writeCursor({ time: last.time, id: last.row.id }) : given;
    sendJson(res, 200, {
      [resource.key]: shown(req, res, resource, page),
      after_url: cursor === null ? null : linkTo(req, res, query, { cursor }),
      after_cursor: cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: page.endOfStream,
    });
  }

  function enter(req: Request, res: Response, kind: ExportKind) {
    const query = queryOf(req);
    const include = query.get('include');
    if (include !== null && !(kind === 'ticketEvent' && include === 'comment_events')) throw notEmulated(`include=${include} of an incremental export`); // prettier-ignore
    const size = Math.min(whole(query, 'per_page', 1) ?? LARGEST_PAGE, LARGEST_PAGE);
    return { query, account: scopeOf(res).account, size, withDeleted: query.get('exclude_deleted') !== 'true' };
  }

  function startTime(query: URLSearchParams, account: string, action: string): number {
    const start = whole(query, 'start_time', 0);
    if (start === undefined) throw parameterMissing('start_time', `incremental/${action}`);
    if (start > exports.latestStart(account)) throw startTimeTooRecent();
    return start;
  }
}

function shown<Kind extends ExportKind>(req: Request, res: Response, resource: Resource<Kind>, page: ExportPage<Exported[Kind]>): Json[] {
  const wire = resource.wire(req, res);
  return page.rows.map(({ row }) => wire(row));
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
