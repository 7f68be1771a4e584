const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `January 5, 2026`, or `Jan 5, 2026, 09:00` with the time of day (English accounts; UTC, inferred). Empty for no time. */
export function timeText(iso: string | null, withTime = false): string {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(iso ?? '') ?? [];
  if (year === undefined) return '';
  const name = MONTHS[Number(month) - 1] ?? '';
  return withTime ? `${name.slice(0, 3)} ${Number(day)}, ${year}, ${time}` : `${name} ${Number(day)}, ${year}`;
}
