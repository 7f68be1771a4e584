import type { Clock } from './clock.ts';
import type { JourneyId } from './ids.ts';
import type { Evicted, JournalShelf } from './journal-shelf.ts';
import { runAll } from './run-all.ts';
import type { Store } from './store.ts';

/** One observable thing that happened. */
export interface JournalEntry<Data = unknown> {
  /** Ascending, never reused; gaps are entries that were undone or evicted. */
  readonly seq: number;
  /** The emulator's time: milliseconds since the epoch. */
  readonly at: number;
  /** Whose it is; filled in later when the thread is joined to a journey. */
  account: string | null;
  /** The journey it belongs to; filled in later when the thread is joined to one. */
  journey: JourneyId | null;
  /** What ties entries together before their journey is known: `call-id:…`, `delivery:…`. */
  readonly thread: string | null;
  /** `sip.message`, `http.exchange`, `webhook.attempt`, `rtp.started`, `ticket.created`, `fault.applied`, `note` … */
  readonly kind: string;
  /** Ladder columns: who sent and who received; equal for what happens inside one party. */
  readonly from: string;
  readonly to: string;
  /** One line for people. */
  readonly label: string;
  /** JSON; its shape belongs to the kind. */
  readonly data: Data;
}

export interface Draft<Data = unknown> {
  kind: string;
  label: string;
  from: string;
  to?: string;
  account?: string | null;
  journey?: JourneyId | null;
  thread?: string | null;
  data?: Data;
}

export interface JournalFilter {
  journey?: string;
  account?: string;
  /** Only entries with a greater sequence number. */
  since?: number;
  /** Exact, or a prefix ending in `.` or `*`. */
  kind?: string;
}

/** `again`: an entry that was told before has joined a journey. */
type Listener = (entry: JournalEntry, again: boolean) => void;

/**
 * Everything observable, as one append-only sequence. Inside a store transaction, entries reach the `within` listeners
 * at once (what they write belongs to the same transaction) and everybody else after the commit.
 */
export class Journal {
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #shelf: JournalShelf;
  /** With the text of the thread itself: the entries of a thread then share one string instead of keeping one each. */
  readonly #threads = new Map<string, { thread: string; journey: JourneyId; account: string }>();
  /** Arrays that are replaced when somebody comes or goes: they are walked for every entry. */
  #within: readonly ((entry: JournalEntry) => void)[] = [];
  #listeners: readonly Listener[] = [];
  #seq: number;

  /** `after`: the sequence number that the first entry comes behind. */
  constructor(options: { clock: Clock; store: Store; shelf: JournalShelf; after?: number }) {
    this.#seq = options.after ?? 0;
    this.#clock = options.clock;
    this.#store = options.store;
    this.#shelf = options.shelf;
    this.#shelf.onEvicted = (threads) => {
      for (const thread of threads) this.#threads.delete(thread);
    };
  }

  /** The greatest sequence number given out so far. */
  get last(): number {
    return this.#seq;
  }

  append<Data>(draft: Draft<Data>): JournalEntry<Data> {
    const thread = draft.thread ?? null;
    const bound = thread === null ? undefined : this.#threads.get(thread);
    const entry: JournalEntry<Data> = {
      seq: ++this.#seq,
      at: this.#clock.now(),
      account: draft.account ?? bound?.account ?? null,
      journey: draft.journey ?? bound?.journey ?? null,
      thread: bound?.thread ?? thread,
      kind: draft.kind,
      from: draft.from,
      to: draft.to ?? draft.from,
      label: oneLine(draft.label),
      data: draft.data ?? ({} as Data),
    };
    const { inTransaction } = this.#store;
    // First, so that what the listeners append is published after it.
    if (inTransaction) this.#store.afterCommit(this.#publish, entry);
    for (const listener of this.#within) listener(entry);
    if (!inTransaction) this.#publish(entry);
    return entry;
  }

  /** Joins a thread to a journey: what it said so far and all that it will say. */
  bind(thread: string, journey: JourneyId, account: string): void {
    if (this.#threads.get(thread)?.journey === journey) return;
    this.#threads.set(thread, { thread, journey, account });
    for (const entry of this.#shelf.rebind(thread, journey)) {
      entry.account ??= account;
      this.#announce(entry, true);
    }
  }

  journeyOf(thread: string): JourneyId | undefined {
    return this.#threads.get(thread)?.journey;
  }

  /** Marks a journey as over: from now on its entries may be evicted. */
  finish(journey: JourneyId): void {
    this.#store.afterCommit(this.#close, journey);
  }

  /** Entries in order, the oldest first. */
  read(filter: JournalFilter = {}): JournalEntry[] {
    return this.#shelf.read(filter.journey).filter((entry) => matchesFilter(entry, filter));
  }

  /** Called in the transaction of each entry. A throw undoes that transaction. */
  within(listener: (entry: JournalEntry) => void): () => void {
    this.#within = [...this.#within, listener];
    return () => {
      this.#within = this.#within.filter((each) => each !== listener);
    };
  }

  /**
   * Called after the commit; again for entries that later join a journey. What a listener appends may be told before entries
   * that were made earlier, of the same commit. A throw keeps the entry from no other listener.
   */
  subscribe(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }

  /** As `subscribe`, but each entry once. */
  follow(listener: (entry: JournalEntry) => void): () => void {
    return this.subscribe((entry, again) => {
      if (!again) listener(entry);
    });
  }

  /**
   * Waits for an entry, looking at those already there first.
   * @throws Error naming what was waited for, when it does not come within the time on the journal's clock.
   */
  waitFor(what: string, matches: (entry: JournalEntry) => boolean, milliseconds = 5_000): Promise<JournalEntry> {
    const there = this.read().find(matches);
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => {
        stop();
        reject(new Error(`waited ${milliseconds} ms in vain for ${what}`));
      }, milliseconds);
      const stop = this.subscribe((entry) => {
        try {
          if (!matches(entry)) return;
          resolve(entry);
        } catch (error) {
          reject(error);
        }
        timer.clear();
        stop();
      });
    });
  }

  /** Once for the journal, not once for each entry. */
  readonly #publish = (entry: JournalEntry): void => {
    const gone = this.#shelf.add(entry);
    try {
      this.#announce(entry, false);
    } finally {
      if (gone) this.#tellEvicted(gone);
    }
  };

  readonly #close = (journey: JourneyId): void => this.#shelf.finish(journey);

  /** So that whoever reads the journal later knows that it is not whole. */
  #tellEvicted(data: Evicted): void {
    const label = `the journal is full: ${data.entries} old entries left it, ${data.journeys} whole journeys among them`;
    this.append({ kind: 'journal.evicted', from: 'ringback', label, data });
  }

  #announce(entry: JournalEntry, again: boolean): void {
    runAll(this.#listeners, (listener) => listener(entry, again));
  }
}

/** Looked through, a text that was put together becomes one piece, instead of a dozen that are kept for each of many thousand entries. */
function oneLine(label: string): string {
  if (!label.includes('\n')) return label;
  const lines = label.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

export function matchesFilter(entry: JournalEntry, filter: JournalFilter): boolean {
  if (filter.since !== undefined && entry.seq <= filter.since) return false;
  if (filter.account !== undefined && entry.account !== filter.account) return false;
  if (filter.journey !== undefined && entry.journey !== filter.journey) return false;
  return filter.kind === undefined || matchesKind(entry.kind, filter.kind);
}

/** Whether a kind is the one wanted, or begins as a prefix that ends in `.` or `*` says. */
export function matchesKind(kind: string, wanted: string): boolean {
  const prefix = wanted.endsWith('*') ? wanted.slice(0, -1) : wanted.endsWith('.') ? wanted : undefined;
  return prefix === undefined ? kind === wanted : kind.startsWith(prefix);
}
