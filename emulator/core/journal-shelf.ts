import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs';
import type { JourneyId } from './ids.ts';
import type { JournalEntry } from './journal.ts';

/** Entries that leave together: those of a journey, of a thread without one, or some that follow each other and belong to neither. */
interface Bundle {
  readonly entries: JournalEntry[];
  readonly threads: Set<string>;
  bytes: number;
}

export interface Evicted {
  journeys: number;
  entries: number;
  bytes: number;
  /** Sequence number of the newest entry that left. */
  upTo: number;
}

const DEFAULT_BYTES = 64 * 2 ** 20;
/** What an entry costs besides its data. */
const ENTRY_OVERHEAD = 250;
/** Entries of neither journey nor thread leave in pieces of this share of the limit, the oldest piece first. */
const PIECE = 1 / 20;
/** At least so many finished journeys are remembered, and at most twice as many, so that a late entry does not make one live again. */
const FINISHED_REMEMBERED = 20_000;

/**
 * Where the journal's entries lie. Bounded by bytes: finished journeys leave first, oldest first, then loose entries,
 * then, if nothing else is left, live journeys; with a file they are written out before they leave.
 */
export class JournalShelf {
  readonly #limit: number;
  readonly #file: string | undefined;
  readonly #bundles = new Map<string, Bundle>();
  #finished = new Set<string>();
  /** Those that finished before. Looking for the oldest of one set, to take it out, would mean to pass all that went before it. */
  #finishedBefore = new Set<string>();
  #bytes = 0;
  #entries = 0;
  #piece = 0;
  /** Told the threads of each bundle that leaves. */
  onEvicted: (threads: Iterable<string>) => void = () => undefined;
  readonly evicted: Evicted = { journeys: 0, entries: 0, bytes: 0, upTo: 0 };

  constructor(options: { bytes?: number; file?: string } = {}) {
    this.#limit = options.bytes ?? DEFAULT_BYTES;
    this.#file = options.file;
    if (this.#file !== undefined) endLastLine(this.#file);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many entries lie here now. */
  get entries(): number {
    return this.#entries;
  }

  /** What left to make room, if that was necessary. */
  add(entry: JournalEntry): Evicted | undefined {
    const bundle = this.#bundle(entry.journey ?? entry.thread ?? this.#pieceKey());
    if (entry.thread !== null) bundle.threads.add(entry.thread);
    keep(bundle.entries, entry);
    const size = sizeOf(entry);
    bundle.bytes += size;
    this.#bytes += size;
    this.#entries += 1;
    if (this.#bytes <= this.#limit) return undefined;
    const before = { ...this.evicted };
    this.#evict();
    const { journeys, entries, bytes, upTo } = this.evicted;
    return { journeys: journeys - before.journeys, entries: entries - before.entries, bytes: bytes - before.bytes, upTo };
  }

  /** Moves a thread's entries into a journey and returns them. */
  rebind(thread: string, journey: JourneyId): JournalEntry[] {
    const loose = this.#bundles.get(thread);
    if (!loose) return [];
    this.#bundles.delete(thread);
    const bundle = this.#bundle(journey);
    bundle.threads.add(thread);
    for (const entry of loose.entries) entry.journey = journey;
    bundle.entries.push(...loose.entries);
    bundle.entries.sort((a, b) => a.seq - b.seq);
    bundle.bytes += loose.bytes;
    return loose.entries;
  }

  /** Lets a journey's entries leave from now on. */
  finish(journey: JourneyId): void {
    this.#finished.add(journey);
    if (this.#finished.size < FINISHED_REMEMBERED) return;
    this.#finishedBefore = this.#finished;
    this.#finished = new Set();
  }

  read(journey?: string): JournalEntry[] {
    if (journey !== undefined) return [...(this.#bundles.get(journey)?.entries ?? [])];
    return [...this.#bundles.values()].flatMap((bundle) => bundle.entries).toSorted((a, b) => a.seq - b.seq);
  }

  #pieceKey(): string {
    const full = (this.#bundles.get(`piece:${this.#piece}`)?.bytes ?? 0) > this.#limit * PIECE;
    return `piece:${full ? ++this.#piece : this.#piece}`;
  }

  #bundle(key: string): Bundle {
    let bundle = this.#bundles.get(key);
    if (!bundle) {
      bundle = { entries: [], threads: new Set(), bytes: 0 };
      this.#bundles.set(key, bundle);
    }
    return bundle;
  }

  /** Makes room down to nine tenths of the limit, so that the work is not done again for every entry. */
  #evict(): void {
    const goal = this.#limit * 0.9;
    const isLoose = (key: string): boolean => !key.startsWith('j-');
    const passes: ((key: string) => boolean)[] = [(key) => this.#finished.has(key) || this.#finishedBefore.has(key), isLoose, () => true];
    for (const leaves of passes) {
      for (const [key, bundle] of this.#bundles) {
        if (this.#bytes <= goal) return;
        if (leaves(key)) this.#drop(key, bundle, isLoose(key));
      }
    }
  }

  #drop(key: string, bundle: Bundle, loose: boolean): void {
    this.#bundles.delete(key);
    this.#bytes -= bundle.bytes;
    this.#entries -= bundle.entries.length;
    this.onEvicted(bundle.threads);
    if (this.#file) appendFileSync(this.#file, bundle.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    this.evicted.journeys += loose ? 0 : 1;
    this.evicted.entries += bundle.entries.length;
    this.evicted.bytes += bundle.bytes;
    this.evicted.upTo = Math.max(this.evicted.upTo, bundle.entries.at(-1)?.seq ?? 0);
  }
}

/** In the order of their making, in which not all are published. */
function keep(entries: JournalEntry[], entry: JournalEntry): void {
  let at = entries.length;
  while (at > 0 && (entries[at - 1] as JournalEntry).seq > entry.seq) at -= 1;
  if (at === entries.length) entries.push(entry);
  else entries.splice(at, 0, entry);
}

/** A process that was killed while it wrote leaves half a line: what follows must not be lost with it. */
function endLastLine(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const last = Buffer.alloc(1);
  const handle = openSync(file, 'r');
  readSync(handle, last, 0, 1, size - 1);
  closeSync(handle);
  if (last.toString() !== '\n') appendFileSync(file, '\n');
}

function sizeOf(entry: JournalEntry): number {
  return ENTRY_OVERHEAD + entry.label.length + weigh(entry.data);
}

/**
 * About what a JSON value takes in memory: its text, and a little for each value. This runs for every entry, so that it makes
 * nothing (values in an array, an iterator's results) and calls itself for objects alone.
 */
function weigh(value: unknown): number {
  if (typeof value !== 'object' || value === null) return lightly(value);
  let size = 40;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      const part: unknown = value[at];
      size += typeof part === 'object' ? 8 + weigh(part) : 8 + lightly(part);
    }
  } else {
    for (const name in value) {
      const part = (value as Record<string, unknown>)[name];
      size += typeof part === 'object' ? 8 + weigh(part) : 8 + lightly(part);
    }
  }
  return size;
}

function lightly(value: unknown): number {
  return typeof value === 'string' ? 16 + value.length : 8;
}
