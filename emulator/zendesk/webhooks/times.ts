import { isoSeconds } from '../account/index.ts';

/** `2023-09-18T23:38:13Z`, rounded: reads of a webhook turn 19.75 into 20 (recorded). */
export function roundedSeconds(milliseconds: number): string {
  return isoSeconds(Math.round(milliseconds / 1000) * 1000);
}

/**
 * `2025-01-08T10:12:07.67271703Z`: nine fractional digits without the zeros at the end.
 * @param fraction nanoseconds below the millisecond, 0 to 999999
 */
export function nanoseconds(milliseconds: number, fraction: number): string {
  const whole = isoSeconds(milliseconds);
  let digits = (Math.floor(milliseconds) % 1_000) * 1_000_000 + fraction;
  if (digits === 0) return whole;
  let places = 9;
  for (; digits % 10 === 0; places -= 1) digits /= 10;
  return `${whole.slice(0, -1)}.${String(digits).padStart(places, '0')}Z`;
}
