import { giveWay } from '../../../../core/clock.ts';
import type { SupportContext } from '../../context.ts';
import { IndexLag } from '../index-lag.ts';
import { RESULT_TYPES, type ResultType } from '../query.ts';
import { type AccountIndex, accountIndexes } from './account-index.ts';
import type { RecordTable } from './record-table.ts';

/** So many unread writes are worth reading before somebody asks. */
const BACKLOG = 2_000;
/** Without a write for this long, the emulator has nothing better to do. */
const QUIET_MS = 250;
/** Work at a time, and the pause after it, in which requests are answered. */
const WORK_MS = 2;
const PAUSE_MS = 1;
/** Work at a time when somebody waits for it: others are answered in between, but later. */
const READER_WORK_MS = 5;

interface Watched {
  readonly indexes: Record<ResultType, AccountIndex>;
  /** Writes since the index was last complete. */
  unread: number;
}

/**
 * What search looks at, in memory. A write costs nothing here but the note that it happened: records are read when somebody
 * searches, or, when there are many, in small pieces once the writing has stopped.
 */
export class SearchIndex {
  readonly #context: SupportContext;
  readonly #lag: IndexLag;
  readonly #accounts = new Map<string, Watched>();
  /** Accounts for which a timer runs. */
  readonly #waiting = new Set<string>();

  constructor(context: SupportContext) {
    this.#context = context;
    this.#lag = new IndexLag(context);
    const { tickets, users, organizations, groups, audits } = context.collections;
    const watched = { ticket: tickets, user: users, organization: organizations, group: groups };
    for (const type of RESULT_TYPES) {
      watched[type].watch((account, key) => (key === undefined ? this.#forget(account, type) : this.#wrote(account, type, Number(key))));
    }
    audits.watch((account, key, audit) => {
      if (audit) this.#wrote(account, 'ticket', audit.ticket_id);
      // A restore may bring back other comments to tickets that it leaves alone.
      if (key === undefined) this.#forget(account, 'ticket');
    });
  }

  /**
   * Resolves once `table` has hardly anything left to read: what was written in bulk is read in pieces, between which
   * others are answered. Undefined when that is so already.
   */
  ready(account: string, types: readonly ResultType[]): Promise<void> | undefined {
    return this.#isFarBehind(account, types) ? this.#readOn(account, types) : undefined;
  }

  /** The table, with all that is to be found by now. */
  table(account: string, type: ResultType): RecordTable {
    const watched = this.#watched(account);
    const { store } = this.#context.core;
    // What was read in a transaction may yet be undone.
    if (store.inTransaction) store.afterRollback(() => this.#drop(account));
    this.#hear(account, type);
    return watched.indexes[type].table;
  }

  /** Records of which the table does not yet have the latest, or nothing at all. */
  behind(account: string, type: ResultType): number[] {
    return this.#lag.behind(account, type);
  }

  /** What was late is known at once: the time for which it waited may be far off on a clock that was put back. */
  resume(account: string): void {
    for (const type of RESULT_TYPES) {
      for (const id of [...this.#lag.behind(account, type), ...this.#lag.moved(account, type)]) this.#wrote(account, type, id);
    }
    this.#lag.forget(account);
  }

  #drop(account: string): void {
    const watched = this.#accounts.get(account);
    this.#accounts.delete(account);
    if (watched) for (const index of Object.values(watched.indexes)) index.release();
  }

  #watched(account: string): Watched {
    let watched = this.#accounts.get(account);
    if (!watched) {
      watched = { indexes: accountIndexes(this.#context, this.#lag, account), unread: 0 };
      this.#accounts.set(account, watched);
    }
    return watched;
  }

  #wrote(account: string, type: ResultType, id: number): void {
    const watched = this.#watched(account);
    watched.indexes[type].wrote(id);
    watched.unread += 1;
    if (watched.unread >= BACKLOG) this.#wait(account, QUIET_MS);
  }

  /** All records of the type may have changed. */
  #forget(account: string, type: ResultType): void {
    this.#drop(account);
    this.#lag.forget(account);
    if (type === 'ticket' && this.#context.collections.tickets.count(account) >= BACKLOG) this.#wait(account, QUIET_MS);
  }

  /** Goes to work if nothing is written meanwhile, else waits on. */
  #wait(account: string, milliseconds: number): void {
    if (this.#waiting.has(account)) return;
    this.#waiting.add(account);
    const { unread } = this.#watched(account);
    this.#context.core.clock.setTimeout(() => {
      this.#waiting.delete(account);
      if (!this.#context.core.store.isOpen) return;
      if (this.#watched(account).unread === unread) this.#work(account);
      else this.#wait(account, QUIET_MS);
    }, milliseconds);
  }

  #work(account: string): void {
    if (this.#read(account, RESULT_TYPES, WORK_MS)) this.#wait(account, PAUSE_MS);
    else this.#watched(account).unread = 0;
  }

  async #readOn(account: string, types: readonly ResultType[]): Promise<void> {
    this.#read(account, types, READER_WORK_MS);
    while (this.#isFarBehind(account, types)) {
      await giveWay();
      if (!this.#context.core.store.isOpen || !this.#context.accounts.get(account)) return;
      this.#read(account, types, READER_WORK_MS);
    }
  }

  /** Reads for so many milliseconds at most. True when there may be more. */
  #read(account: string, types: readonly ResultType[], milliseconds: number): boolean {
    const { clock } = this.#context.core;
    const { indexes } = this.#watched(account);
    const until = clock.monotonic() + milliseconds;
    let more = true;
    while (more && clock.monotonic() < until) more = types.some((type) => indexes[type].catchUp());
    return more;
  }

  #isFarBehind(account: string, types: readonly ResultType[]): boolean {
    const { indexes } = this.#watched(account);
    for (const type of types) this.#hear(account, type);
    return types.some((type) => indexes[type].isFarBehind);
  }

  /** What has become known since it was asked last is to be read again. */
  #hear(account: string, type: ResultType): void {
    const index = this.#watched(account).indexes[type];
    for (const id of this.#lag.moved(account, type)) index.wrote(id);
  }
}
