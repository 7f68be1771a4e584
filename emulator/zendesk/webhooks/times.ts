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
  const text = new Date(milliseconds).toISOString();
  const digits = text.slice(20, 23) + String(fraction).padStart(6, '0');
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return end === 0 ? `${text.slice(0, 19)}Z` : `${text.slice(0, 20)}${digits.slice(0, end)}Z`;
}
