import type { Core } from '../../core/core.ts';

/** The account's time as records carry it: UTC, whole seconds (`2023-09-18T23:25:58Z`). */
export function isoNow(core: Core, account: string): string {
  return isoSeconds(core.businessClock(account).now());
}

/** Milliseconds since the epoch as `2023-09-18T23:25:58Z`. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
