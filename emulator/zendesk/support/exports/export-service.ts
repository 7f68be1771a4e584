import type { Query } from '../../../core/collection.ts';
import { isoSeconds } from '../../account/index.ts';
import { secondsOf } from '../tickets/ticket-build.ts';
import type { StoredUser } from '../collections.ts';
import type { SupportContext } from '../context.ts';
import type { Audit, Organization, Ticket } from '../entities.ts';
import type { MetricEvent } from '../metrics/metric-events.ts';
import type { MetricService } from '../metrics/metric-service.ts';

/** The last minute is withheld (documented). */
const WITHHELD_SECONDS = 60;

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

/** Incremental exports: whatever changed since a time, deleted tickets and users included, in the order of the changes. */
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
    const all = this.#since(account, kind, start, withDeleted);
    let end = Math.min(size, all.length);
    const sameSecond = (): boolean => end < all.length && (all[end]?.time === all[end - 1]?.time || all[end - 1]?.time === start);
    while (sameSecond()) end += 1;
    return { rows: all.slice(0, end), endOfStream: end === all.length };
  }

  /** Rows after the position, no row twice; from `start` on without one. */
  byCursor<Kind extends ExportKind>(
    account: string,
    kind: Kind,
    from: number | ExportPosition,
    size: number,
    withDeleted = true,
  ): ExportPage<Exported[Kind]> {
    // prettier-ignore
    const start = typeof from === 'number' ? from : from.time;
    const all = this.#since(account, kind, start, withDeleted).filter(
      ({ time, row }) => typeof from === 'number' || time > from.time || row.id > from.id,
    );
    return { rows: all.slice(0, size), endOfStream: all.length <= size };
  }

  /** By time, then id; without the last minute. */
  #since<Kind extends ExportKind>(account: string, kind: Kind, start: number, withDeleted: boolean): ExportRow<Exported[Kind]>[] {
    const latest = this.latestStart(account);
    return this.#read(account, kind, start, withDeleted)
      .map((row) => ({ time: changedAt(row), row }))
      .filter(({ time }) => time >= start && time <= latest)
      .toSorted((a, b) => a.time - b.time || a.row.id - b.row.id);
  }

  #read<Kind extends ExportKind>(account: string, kind: Kind, start: number, withDeleted: boolean): Exported[Kind][] {
    const { collections } = this.#context;
    const where: NonNullable<Query['where']> = { updated_at: { gte: isoSeconds(start * 1_000) } };
    const read: { readonly [Each in ExportKind]: () => Exported[Each][] } = {
      ticket: () => collections.tickets.find(account, { where: { generated_timestamp: { gte: start }, ...(withDeleted ? {} : { deleted: 0 }) } }), // prettier-ignore
      user: () => collections.users.find(account, { where }),
      organization: () => collections.organizations.find(account, { where }),
      ticketEvent: () => collections.audits.find(account),
      metricEvent: () =>
        collections.tickets
          .find(account, { where: { generated_timestamp: { gte: start }, ...(withDeleted ? {} : { deleted: 0 }) } })
          .flatMap((ticket) => this.#metrics.events(account, ticket).map((event) => ({ ...event, deleted: ticket.deleted_at !== null }))),
    };
    return read[kind]();
  }
}

/** Tickets go by when the system wrote them last, whatever their `updated_at` says (documented). */
function changedAt(row: Exported[ExportKind]): number {
  if ('generated_timestamp' in row) return row.generated_timestamp;
  return secondsOf('time' in row ? row.time : 'updated_at' in row ? row.updated_at : row.created_at);
}
