/** `2023-09-18T23:38:13Z` */
export function wholeSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** As `wholeSeconds`, but rounded: reads of a webhook turn 19.75 into 20 (recorded). */
export function roundedSeconds(milliseconds: number): string {
  return wholeSeconds(Math.round(milliseconds / 1000) * 1000);
}

/**
 * `2025-01-08T10:12:07.67271703Z`: nine fractional digits without the zeros at the end.
 * @param fraction nanoseconds below the millisecond, 0 to 999999
 */
export function nanoseconds(milliseconds: number, fraction: number): string {
  const digits = `${new Date(milliseconds).toISOString().slice(20, 23)}${String(fraction).padStart(6, '0')}`.replace(/0+$/, '');
  return digits === '' ? wholeSeconds(milliseconds) : `${wholeSeconds(milliseconds).slice(0, -1)}.${digits}Z`;
}
