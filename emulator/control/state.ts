import { resolve } from 'node:path';
import { type Records, savedRecords } from '../core/records.ts';
import { SnapshotFileError } from '../core/snapshot-file.ts';
import { hasLiveLegs } from '../telephony/pstn/index.ts';
import { refuseTaken } from './claims.ts';
import { controlErrors } from './errors.ts';
import type { Rooms } from './rooms.ts';

/** Name of the state that reset returns to; names that users give cannot begin with `@`. */
export const SEED_STATE = '@seed';

/** How many of the account's journeys have somebody on the line. */
export function liveCalls({ core, pstn, talk }: Rooms, account: string): number {
  const live = core.journeys.live(account).filter((journey) => hasLiveLegs(journey.facts)).length;
  const any = pstn.calls(account).length > 0 || talk.liveCalls(account) > 0;
  return Math.max(live, any ? 1 : 0);
}

/** Hangs up everywhere. Returns how many calls there were. */
export function endLiveCalls(rooms: Rooms, account: string): number {
  const count = liveCalls(rooms, account);
  rooms.talk.endAll(account);
  rooms.pstn.endAll(account);
  rooms.trunks.endAll(account);
  return count;
}

/** Saves every record of the account under a name. */
export function saveState({ core }: Rooms, account: string, name: string): void {
  core.store.snapshot(account, name);
}

/** Saves every record of the account in a file. @throws ControlError `invalid_snapshot` */
export function saveStateTo({ core }: Rooms, account: string, file: string): void {
  snapshotFile(account, () => core.store.snapshotTo(account, resolve(file)));
}

/**
 * Ends what is live and returns the account to its seed. Listeners stay up. Returns how many calls were live.
 * @throws ControlError `taken` when another account got what is in the seed and not in the present state; nothing has changed then.
 */
export function resetAccount(rooms: Rooms, account: string): number {
  const seed = { account, name: SEED_STATE };
  refuseTaken(rooms, account, savedRecords(rooms.core.store, seed));
  const ended = endLiveCalls(rooms, account);
  forgetDoings(rooms, account);
  rooms.core.store.restore(seed, { sequences: 'taken back' });
  resume(rooms, account);
  return ended;
}

/** @throws ControlError `live_calls`, `unknown_snapshot`, `taken`; nothing has changed then. */
export function restoreAccount(rooms: Rooms, account: string, name: string): void {
  const { store } = rooms.core;
  refuseLiveCalls(rooms, account);
  if (!store.hasSnapshot(account, name)) throw controlErrors.unknownSnapshot(account, name);
  refuseTaken(rooms, account, savedRecords(store, { account, name }));
  forgetDoings(rooms, account);
  store.restore({ account, name });
  resume(rooms, account);
}

/** @throws ControlError `unknown_snapshot`, `invalid_snapshot`, `live_calls`, `taken`; nothing has changed then. */
export function restoreAccountFrom(rooms: Rooms, account: string, file: string): void {
  refuseLiveCalls(rooms, account);
  const before = (saved: Records): void => {
    refuseTaken(rooms, account, saved);
    forgetDoings(rooms, account);
  };
  snapshotFile(account, () => rooms.core.store.restoreFrom(account, resolve(file), before));
  resume(rooms, account);
}

/** Drops all of the account that is not in the store: deliveries, agents' doings, faults, journeys, the clock's lead. */
export function forgetDoings({ core, webhooks, workspace, voices }: Rooms, account: string): void {
  webhooks.stop(account);
  workspace.clear(account);
  voices.clear(account);
  core.faults.clear(account);
  core.journeys.clear(account);
  core.businessClock(account).reset();
}

/** Takes up what the account now has in the store. */
function resume(rooms: Rooms, account: string): void {
  const { accounts, support, webhooks, talk, trunks } = rooms;
  // What a snapshot still had to deliver is as dead as what was under way.
  webhooks.stop(account);
  accounts.forget(account);
  // A number may have gone from a trunk to a line, or back.
  trunks.release(account);
  talk.reload(account);
  trunks.resume(account);
  support.resume(account);
}

function refuseLiveCalls(rooms: Rooms, account: string): void {
  const live = liveCalls(rooms, account);
  if (live > 0) throw controlErrors.liveCalls(account, live);
}

function snapshotFile(account: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof SnapshotFileError) throw controlErrors.snapshotFile(account, error.reason === 'missing', error.message);
    throw error;
  }
}
