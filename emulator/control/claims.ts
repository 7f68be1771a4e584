import { presentRecords, type Records } from '../core/records.ts';
import { controlErrors } from './errors.ts';
import type { Rooms } from './rooms.ts';

/** Refuses a state in which the account has what belongs to another account now. @throws ControlError `taken` */
export function refuseTaken(rooms: Rooms, account: string, state: Records): void {
  const present = new Set(claims(rooms, presentRecords(account)));
  const wanted = new Set(claims(rooms, state).filter((claim) => !present.has(claim)));
  if (wanted.size === 0) return;
  for (const { name } of rooms.accounts.list()) {
    const taken = name === account ? undefined : claims(rooms, presentRecords(name)).find((claim) => wanted.has(claim));
    if (taken !== undefined) throw controlErrors.takenSince(account, taken, name);
  }
}

/** What others find the account by, so that no two may have it: numbers, SIP domains, host names. */
function claims({ talk, trunks, support }: Rooms, records: Records): string[] {
  return [talk.lines, trunks, support.brands].flatMap((holder) => holder.claims(records));
}
