import type { HttpExchangeData, JournalEntry } from './emulator/journal-entry.ts';

/** User-Agent of the harness's own REST reads: what it reads is no evidence of the bridge. */
export const HARNESS_AGENT = 'ringback-harness';

/** Whether the entry is a REST read of the harness itself. */
export function isOwnRead(entry: JournalEntry): boolean {
  if (entry.kind !== 'http.exchange') return false;
  const { request } = entry.data as unknown as HttpExchangeData;
  return Object.entries(request?.headers ?? {}).some(
    ([name, value]) => name.toLowerCase() === 'user-agent' && String(value) === HARNESS_AGENT,
  );
}
