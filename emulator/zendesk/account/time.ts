import type { Core } from '../../core/core.ts';

/** The account's time as records carry it: UTC, whole seconds (`2023-09-18T23:25:58Z`). */
export function isoNow(core: Core, account: string): string {
  return isoSeconds(core.businessClock(account).now());
}

/** The latest second asked for, and its text: most records of a moment are of the same second. */
const latest = { second: Number.NaN, text: '' };

/** Milliseconds since the epoch as `2023-09-18T23:25:58Z`. */
export function isoSeconds(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1_000);
  if (second !== latest.second) {
    latest.text = `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
    latest.second = second;
  }
  return latest.text;
}
