/** When a line is open. Minutes of the week from Sunday 00:00 in the time zone, as Zendesk's business hours count. */
export interface Schedule {
  /** IANA name. */
  readonly timeZone: string;
  readonly intervals: readonly { readonly startMinutes: number; readonly endMinutes: number }[];
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const MINUTES_OF_A_WEEK = 7 * 24 * 60;

export function isOpen(schedule: Schedule | null, milliseconds: number): boolean {
  if (!schedule) return true;
  const minute = minuteOfWeek(schedule.timeZone, milliseconds);
  return schedule.intervals.some(({ startMinutes, endMinutes }) => minute >= startMinutes && minute < endMinutes);
}

function minuteOfWeek(timeZone: string, milliseconds: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return DAYS.indexOf(parts['weekday'] ?? '') * 24 * 60 + Number(parts['hour']) * 60 + Number(parts['minute']);
}

/** What is wrong with a schedule; undefined when nothing is. */
export function scheduleProblem(schedule: Schedule): string | undefined {
  try {
    minuteOfWeek(schedule.timeZone, 0);
  } catch {
    return `time zone ${JSON.stringify(schedule.timeZone)} is not known; expected an IANA name such as Europe/Berlin`;
  }
  const bad = schedule.intervals.find(
    ({ startMinutes, endMinutes }) => !(startMinutes >= 0 && startMinutes < endMinutes && endMinutes <= MINUTES_OF_A_WEEK),
  );
  if (!bad) return undefined;
  return `interval ${bad.startMinutes}-${bad.endMinutes} is no part of a week; expected 0 <= start < end <= ${MINUTES_OF_A_WEEK} minutes`;
}
