import type { Collection } from '../../../core/collection.ts';
import type { Query } from '../../../core/query.ts';
import { isoSeconds } from '../../account/index.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { Audit, Organization, Ticket } from '../entities.ts';
import type { MetricEvent } from '../metrics/metric-events.ts';
import type { MetricService } from '../metrics/metric-service.ts';

/** The last minute is withheld (documented). */
const WITHHELD_SECONDS = 60;
/** Tickets whose metric events are made at a time. */
const CHUNK = 200;

export interface Exported {
  readonly ticket: Ticket;
  readonly user: StoredUser;
  readonly organization: Organization;
  readonly ticketEvent: Audit;
  readonly metricEvent: MetricEvent & { readonly deleted: boolean };
}

export type ExportKind = keyof Exported;

/** One row and when it last changed, in seconds since the epoch. */
export interface ExportRow<Row> {
  readonly time: number;
  readonly row: Row;
}

export interface ExportPage<Row> {
  readonly rows: readonly ExportRow<Row>[];
  readonly endOfStream: boolean;
}

/** Where a cursor stands: after this row. */
export interface ExportPosition {
  readonly time: number;
  readonly id: number;
}

/** Rows after a position, oldest change first, none later than `latest`. */
type Rows<Row> = (after: ExportPosition, latest: number, most: number) => ExportRow<Row>[];

/** Before every row of a second. */
const FIRST = -1;

/**
 * Incremental exports: whatever changed since a time, deleted tickets and users included, in the order of the changes. A
 * page costs what is on it, however much there is: rows are read by an index of their times.
 */
export class ExportService {
  readonly #context: SupportContext;
  readonly #metrics: MetricService;

  constructor(context: SupportContext, metrics: MetricService) {
    this.#context = context;
    this.#metrics = metrics;
  }

  /** The account's time in whole seconds. */
  now(account: string): number {
    return Math.floor(this.#context.core.businessClock(account).now() / 1_000);
  }

  /** The latest `start_time` there may be: one minute ago. */
  latestStart(account: string): number {
    return this.now(account) - WITHHELD_SECONDS;
  }

  /**
   * Rows from `start` on. A page goes on while rows share its last row's second, so it may be longer than asked
   * (recorded); and past the second it began with, so that whoever goes on from its end gets further. The next page
   * repeats the rows of that second (inferred).
   */
  byTime<Kind extends ExportKind>(
    account: string,
    kind: Kind,
    start: number,
    size: number,
    withDeleted = true,
  ): ExportPage<Exported[Kind]> {
    const read = this.#rows(account, kind, start, withDeleted);
    const latest = this.latestStart(account);
    const rows = read({ time: start, id: FIRST }, latest, size);
    const more = (until: number): void => {
      for (let last = rows.at(-1); last && last.time <= until; last = rows.at(-1)) {
        const next = read({ time: last.time, id: last.row.id }, until, size);
        if (next.length === 0) return;
        rows.push(...next);
      }
    };
    // The rest of the last row's second.
    if (rows.length >= size) more(rows.at(-1)?.time ?? start);
    const after = (): ExportRow<Exported[Kind]> | undefined => {
      const last = rows.at(-1);
      return last && read({ time: last.time, id: last.row.id }, latest, 1)[0];
    };
    let next = after();
    if (next && rows.at(-1)?.time === start) {
      rows.push(next);
      more(next.time);
      next = after();
    }
    return { rows, endOfStream: next === undefined };
  }

  /** Rows after the position, no row twice; from `start` on without one. */
  byCursor<Kind extends ExportKind>(
    account: string,
    kind: Kind,
    from: number | ExportPosition,
    size: number,
    withDeleted = true,
  ): ExportPage<Exported[Kind]> {
    const after = typeof from === 'number' ? { time: from, id: FIRST } : from;
    const found = this.#rows(account, kind, after.time, withDeleted)(after, this.latestStart(account), size + 1);
    return { rows: found.slice(0, size), endOfStream: found.length <= size };
  }

  #rows<Kind extends ExportKind>(account: string, kind: Kind, start: number, withDeleted: boolean): Rows<Exported[Kind]> {
    const { tickets, users, organizations, audits } = this.#context.collections;
    const iso = (time: number): string => isoSeconds(time * 1_000);
    const same = (time: number): number => time;
    const living: Where = withDeleted ? {} : { deleted: 0 };
    const rows: { readonly [Each in ExportKind]: () => Rows<Exported[Each]> } = {
      ticket: () => indexed(account, tickets, 'generated_timestamp', same, living),
      user: () => indexed(account, users, 'updated_at', iso),
      organization: () => indexed(account, organizations, 'updated_at', iso),
      ticketEvent: () => indexed(account, audits, 'at', same),
      metricEvent: () => this.#metricEvents(account, start, living),
    };
    return rows[kind]();
  }

  /**
   * Nothing of metric events is stored: they are made of the tickets that were written since the start, the earliest created
   * first, until no later ticket can have one that belongs to the page.
   */
  #metricEvents(account: string, start: number, living: Where): Rows<Exported['metricEvent']> {
    const { tickets } = this.#context.collections;
    const made: ExportRow<Exported['metricEvent']>[] = [];
    let last: Ticket | undefined;
    let done = false;
    const readMore = (): void => {
      const where = { generated_timestamp: { gte: start }, ...living };
      const tied = last ? tickets.find(account, { where: { created_at: last.created_at, key: { gt: last.id }, ...where }, limit: CHUNK }) : []; // prettier-ignore
      const later = { created_at: { gt: last?.created_at ?? '' }, ...where };
      const next = tied.length > 0 ? tied : tickets.find(account, { where: later, order: ['created_at', 'key'], limit: CHUNK });
      for (const ticket of next) {
        for (const event of this.#metrics.events(account, ticket)) {
          const row = { ...event, deleted: ticket.deleted_at !== null };
          if (changedAt(row) >= start) made.push({ time: changedAt(row), row });
        }
      }
      done = next.length === 0;
      last = next.at(-1);
    };
    /** No ticket that is still to come has an event before this. */
    const reached = (): number => (done ? Infinity : !last || last.created_at.startsWith('+') ? -Infinity : secondsOf(last.created_at));
    return (after, latest, most) => {
      for (;;) {
        const found = made
          .filter((row) => isAfter(row, after) && row.time <= latest)
          .toSorted((a, b) => a.time - b.time || a.row.id - b.row.id);
        if (reached() > latest || (found[most - 1]?.time ?? Infinity) < reached()) return found.slice(0, most);
        readMore();
      }
    };
  }
}

type Where = NonNullable<Query['where']>;

/** Rows by an index of their times, in seconds or as ISO 8601. */
function indexed<Row extends Exported[ExportKind]>(
  account: string,
  collection: Collection<Row>,
  column: string,
  written: (time: number) => number | string,
  where: Where = {},
): Rows<Row> {
  return (after, latest, most) => {
    if (after.time > latest) return [];
    const tied = collection.find(account, { where: { ...where, [column]: written(after.time), key: { gt: after.id } }, limit: most });
    const later = { ...where, [column]: { gt: written(after.time), lte: written(latest) } };
    const left = most - tied.length;
    const rest = left > 0 ? collection.find(account, { where: later, order: [column, 'key'], limit: left }) : [];
    return [...tied, ...rest].map((row) => ({ time: changedAt(row), row }));
  };
}

function isAfter({ time, row }: ExportRow<{ readonly id: number }>, after: ExportPosition): boolean {
  return time > after.time || (time === after.time && row.id > after.id);
}

/** Tickets go by when the system wrote them last, whatever their `updated_at` says (documented). */
function changedAt(row: Exported[ExportKind]): number {
  if ('generated_timestamp' in row) return row.generated_timestamp;
  return secondsOf('time' in row ? row.time : 'updated_at' in row ? row.updated_at : row.created_at);
}
