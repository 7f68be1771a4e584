import { EventEmitter } from 'node:events';
import type { JournalEntry } from './journal-entry.ts';

/** The entries seen so far, in order, each in its newest form: an entry is told again when it joins a journey. */
export class JournalLog extends EventEmitter<{ entry: [JournalEntry]; broken: [Error] }> {
  readonly #entries: JournalEntry[] = [];
  /** Why no more entries will come; undefined while they do. */
  broken: Error | undefined;

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  get last(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  add(entry: JournalEntry): void {
    const index = this.#entries.findLastIndex((other) => other.seq <= entry.seq);
    if (this.#entries[index]?.seq === entry.seq) this.#entries[index] = entry;
    else this.#entries.splice(index + 1, 0, entry);
    this.emit('entry', entry);
  }

  /** No more entries come: the emulator or the bridge is gone. Whoever waits is told at once. */
  breakOff(error: Error): void {
    if (this.broken) return;
    this.broken = error;
    this.emit('broken', error);
  }

  /** Entries after `since`, of one journey if given. */
  read(filter: { since?: number; journey?: string } = {}): readonly JournalEntry[] {
    const { since = 0, journey } = filter;
    return this.#entries.filter((entry) => entry.seq > since && (journey === undefined || entry.journey === journey));
  }

  /** Forgets what came up to `seq`. */
  forget(seq: number): void {
    const index = this.#entries.findIndex((entry) => entry.seq > seq);
    this.#entries.splice(0, index < 0 ? this.#entries.length : index);
  }

  /** Resolves to true at the next entry, to false after the milliseconds without one. @throws what broke the log off */
  next(milliseconds: number): Promise<boolean> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      const timeout = AbortSignal.timeout(milliseconds);
      const settle = (act: () => void) => () => {
        this.off('entry', entered);
        this.off('broken', broke);
        timeout.removeEventListener('abort', late);
        act();
      };
      const entered = settle(() => resolve(true));
      const broke = settle(() => reject(this.broken as Error));
      const late = settle(() => resolve(false));
      this.once('entry', entered);
      this.once('broken', broke);
      timeout.addEventListener('abort', late, { once: true });
    });
  }
}
