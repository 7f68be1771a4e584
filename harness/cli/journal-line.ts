import type { JournalEntry } from 'ringback/emulator';

const COLUMN = 18;

/** An entry as people read it in a terminal: `09:15:04.123  trunk → bridge      INVITE sip:…`. Local time. */
export function journalLine({ at, from, to, label }: Pick<JournalEntry, 'at' | 'from' | 'to' | 'label'>): string {
  const time = new Date(at);
  const [hours, minutes, seconds] = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0'));
  const clock = `${hours}:${minutes}:${seconds}.${String(time.getMilliseconds()).padStart(3, '0')}`;
  // One line, whatever somebody sent.
  return `${clock}  ${(from === to ? from : `${from} → ${to}`).padEnd(COLUMN)}${label.replaceAll(/\p{Cc}+/gu, ' ')}`;
}
