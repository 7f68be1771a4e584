import { isoSeconds } from '../account/index.ts';

/** `2023-09-18T23:38:13Z`, rounded: reads of a webhook turn 19.75 into 20 (recorded). */
export function roundedSeconds(milliseconds: number): string {
  return isoSeconds(Math.round(milliseconds / 1000) * 1000);
}

/**
 * `2025-01-08T10:12:07.672717030Z`: nine, six, three or no fractional digits, as captured events have them.
 * @param fraction nanoseconds below the millisecond, 0 to 999999
 */
export function nanoseconds(milliseconds: number, fraction: number): string {
  const digits = String((Math.floor(milliseconds) % 1_000) * 1_000_000 + fraction).padStart(9, '0');
  const shown = digits.replace(/(?:000)+$/, '');
  return shown === '' ? isoSeconds(milliseconds) : isoSeconds(milliseconds).replace('Z', `.${shown}Z`);
}
