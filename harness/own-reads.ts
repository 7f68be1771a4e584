import type { JournalEntry } from './emulator/journal-entry.ts';

/** Marks the harness's own REST requests (docs/control-api.md): they are no evidence of the bridge. */
export const OWN_MARK = { 'x-ringback-driver': 'ringback-harness' } as const;

/** Whether the entry is a REST request of the harness itself, or of another driver. */
export function isOwnRead({ kind, from }: JournalEntry): boolean {
  return kind === 'http.exchange' && from === 'ringback';
}
