import type { JournalEntry } from './journal-entry.ts';
import type { JournalLog } from './journal-log.ts';

/** What an entry has to be, condition by condition, so that a miss can be explained. */
export interface Wanted {
  /** In words: "the bridge's 200 to the trunk's INVITE". */
  readonly what: string;
  /** Each condition under the words that say it. */
  readonly conditions: Readonly<Record<string, (entry: JournalEntry) => boolean>>;
  readonly journey?: string;
  /** Only entries after this sequence number. */
  readonly since?: number;
  /** In milliseconds; 5,000 by default. */
  readonly withinMs?: number;
}

/**
 * Waits for a journal entry, looking at those already there first.
 * @throws Error that names the entry that came nearest and the conditions that it missed.
 */
export async function waitForEntry(log: JournalLog, wanted: Wanted): Promise<JournalEntry> {
  const { withinMs = 5_000, journey, since } = wanted;
  const filter = { ...(journey === undefined ? {} : { journey }), ...(since === undefined ? {} : { since }) };
  const deadline = AbortSignal.timeout(withinMs);
  for (;;) {
    const found = log.read(filter).find((entry) => missed(entry, wanted).length === 0);
    if (found) return found;
    if (deadline.aborted) throw new Error(explainMiss(log.read(filter), wanted, withinMs));
    await Promise.race([log.next(withinMs), aborted(deadline)]);
  }
}

/** Why none of the entries is the wanted one. */
export function explainMiss(entries: readonly JournalEntry[], wanted: Wanted, withinMs: number): string {
  const said = `waited ${withinMs} ms in vain for ${wanted.what}`;
  const nearest = nearestOf(entries, wanted);
  if (!nearest) return `${said}; ${entries.length === 0 ? 'nothing happened at all' : `none of ${entries.length} entries comes near`}`;
  return `${said}; nearest was "${nearest.label}" (${nearest.kind}, entry ${nearest.seq}), but not: ${missed(nearest, wanted).join(', ')}`;
}

/** The entry that meets the most conditions, the newest of equals; undefined when none meets any. */
function nearestOf(entries: readonly JournalEntry[], wanted: Wanted): JournalEntry | undefined {
  const all = Object.keys(wanted.conditions).length;
  let best: { entry: JournalEntry; met: number } | undefined;
  for (const entry of entries) {
    const met = all - missed(entry, wanted).length;
    if (met > 0 && met >= (best?.met ?? 0)) best = { entry, met };
  }
  return best?.entry;
}

function missed(entry: JournalEntry, wanted: Wanted): string[] {
  return Object.entries(wanted.conditions)
    .filter(([, holds]) => !holds(entry))
    .map(([words]) => words);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
