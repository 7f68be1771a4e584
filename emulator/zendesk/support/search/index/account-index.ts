import type { StoredUser } from '../../collections.ts';
import type { SupportContext } from '../../context.ts';
import type { Audit, Group, Organization, Ticket } from '../../entities.ts';
import type { IndexLag } from '../index-lag.ts';
import type { ResultType } from '../query.ts';
import { groupEntry, organizationEntry, ticketEntry, TICKET_NUMBERS, TIMES, userEntry } from './entries.ts';
import { type Entry, RecordTable } from './record-table.ts';

/** How many records are read at a time: tickets for some 3 ms, as nobody is answered meanwhile. */
const PIECE = 64;
/** So many rows of records that are gone, beyond as many as there are records, and the table is made anew. */
const SLACK = 10_000;

/** Reads records of one kind and tells what the index is to know of them. */
interface Source {
  readonly columns: readonly string[];
  /** The next records by id, those that cannot be found among them. */
  page(after: number, limit: number): readonly { readonly id: number }[];
  one(id: number): { readonly id: number } | undefined;
  /** What is to be known of those records that can be found. */
  entries(records: readonly { readonly id: number }[]): Entry[];
}

/** One kind of record of one account, in the index as far as somebody asked for it. */
export class AccountIndex {
  readonly #source: Source;
  #table: RecordTable;
  /** All records up to this id were read; undefined when all were. */
  #readTo: number | undefined = -1;
  /** Records that were written since they were read. */
  readonly #stale = new Set<number>();

  constructor(source: Source) {
    this.#source = source;
    this.#table = new RecordTable(source.columns);
  }

  /** A record was written. */
  wrote(id: number): void {
    if (this.#readTo === undefined || id <= this.#readTo) this.#stale.add(id);
    // More to do than to begin again: whoever writes so much and never searches is not to pay for it.
    if (this.#stale.size > SLACK + this.#table.records) this.#restart();
  }

  /** Whether so much is not yet in the index that others are to be answered while it is read. */
  get isFarBehind(): boolean {
    return this.#readTo !== undefined || this.#stale.size > PIECE;
  }

  /** Reads one piece of what is not yet in the index. False when there is no more. */
  catchUp(): boolean {
    if (this.#readTo !== undefined) {
      const records = this.#source.page(this.#readTo, PIECE);
      for (const entry of this.#source.entries(records)) this.#table.put(entry);
      this.#readTo = records.length < PIECE ? undefined : records.at(-1)?.id;
      return true;
    }
    const ids: number[] = [];
    for (const id of this.#stale) if (ids.push(id) === PIECE) break;
    this.#refresh(ids);
    return ids.length > 0;
  }

  /** Reads these records again. */
  #refresh(ids: readonly number[]): void {
    for (const id of ids) {
      this.#stale.delete(id);
      this.#table.remove(id);
      const record = this.#source.one(id);
      if (record) for (const entry of this.#source.entries([record])) this.#table.put(entry);
    }
    if (this.#table.size > 2 * this.#table.records + SLACK) this.#restart();
  }

  /** The index with all that was written. */
  get table(): RecordTable {
    while (this.catchUp());
    return this.#table;
  }

  /** Gives its memory back; it can be asked again, and then reads all anew. */
  release(): void {
    this.#restart();
  }

  #restart(): void {
    this.#table.release();
    this.#table = new RecordTable(this.#source.columns);
    this.#readTo = -1;
    this.#stale.clear();
  }
}

/** The four kinds of records that can be found. Deleted ones cannot. */
export function accountIndexes(context: SupportContext, lag: IndexLag, account: string): Record<ResultType, AccountIndex> {
  const { tickets, users, organizations, groups } = context.collections;
  const seen = <Doc extends { readonly id: number }>(type: ResultType, docs: readonly Doc[]): Doc[] =>
    docs.map((doc) => lag.indexed(account, type, doc)).filter((doc): doc is Doc => doc !== undefined);
  const source = <Doc extends { readonly id: number }>(
    collection: { find(account: string, query: object): Doc[]; get(account: string, id: number): Doc | undefined },
    columns: readonly string[],
    entries: (docs: readonly Doc[]) => Entry[],
  ): AccountIndex =>
    new AccountIndex({
      columns,
      page: (after, limit) => collection.find(account, { where: { key: { gt: after } }, order: ['key'], limit }),
      one: (id) => collection.get(account, id),
      entries: (records) => entries(records as readonly Doc[]),
    });
  return {
    ticket: source<Ticket>(tickets, TICKET_NUMBERS, (docs) => {
      const there = docs.filter((ticket) => ticket.deleted_at === null);
      const audits = auditsOf(context, account, there);
      return seen('ticket', there).map((ticket) => ticketEntry(ticket, lag.audits(account, ticket.id, audits.get(ticket.id) ?? [])));
    }),
    user: source<StoredUser>(users, TIMES, (docs) => seen('user', docs.filter((user) => user.active)).map(userEntry)), // prettier-ignore
    organization: source<Organization>(organizations, TIMES, (docs) => seen('organization', docs).map(organizationEntry)),
    group: source<Group>(groups, TIMES, (docs) => docs.filter((group) => !group.deleted).map(groupEntry)),
  };
}

/** Oldest first, by ticket; the tickets ascend. */
function auditsOf(context: SupportContext, account: string, tickets: readonly Ticket[]): Map<number, Audit[]> {
  const byTicket = new Map<number, Audit[]>(tickets.map(({ id }) => [id, []]));
  const [first, last] = [tickets[0], tickets.at(-1)];
  if (!first || !last) return byTicket;
  for (const audit of context.collections.audits.find(account, { where: { ticket_id: { gte: first.id, lte: last.id } } })) {
    byTicket.get(audit.ticket_id)?.push(audit);
  }
  return byTicket;
}
