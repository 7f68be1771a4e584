import type { Calendar } from './entities.ts';
import { dayOf, MINUTE, weekdayOf, type ZoneClock, zoneClock } from './zone-clock.ts';

const DAY_MINUTES = 1_440;

/** Business time is reckoned from 1970 to about the year 2240: what lies outside has none (inferred). */
const LAST_DAY = 100_000;

/** An open time, `from` included, `to` not; milliseconds since the epoch. */
export interface OpenTime {
  readonly from: number;
  readonly to: number;
}

/** Whether business is open at an instant (milliseconds since the epoch). */
export function isOpen(calendar: Calendar, at: number): boolean {
  const clock = zoneClock(calendar.time_zone);
  return openTimes(calendar, clock, clock.dayAt(at)).some(({ from, to }) => from <= at && at < to);
}

/** Whether an instant lies in a holiday of the calendar. */
export function isHoliday(calendar: Calendar, at: number): boolean {
  return inHoliday(calendar, zoneClock(calendar.time_zone).dayAt(at));
}

/** Open minutes between two instants, fractions included; 0 when the second is not the later one. */
export function businessMinutes(calendar: Calendar, from: number, to: number): number {
  return to <= from ? 0 : (openUntil(calendar, to) - openUntil(calendar, from)) / MINUTE;
}

/** Open milliseconds before each day since 1970, as far as they were asked for; calendars never change. */
const sums = new WeakMap<Calendar, number[]>();

/** Open milliseconds from 1970 to the instant. */
function openUntil(calendar: Calendar, instant: number): number {
  const clock = zoneClock(calendar.time_zone);
  const day = Math.min(clock.dayAt(instant), LAST_DAY);
  if (day < 0) return 0;
  let before = sums.get(calendar);
  if (!before) sums.set(calendar, (before = [0]));
  for (let next = before.length; next <= day; next += 1) {
    before.push((before[next - 1] ?? 0) + openTimes(calendar, clock, next - 1).reduce((sum, { from, to }) => sum + to - from, 0));
  }
  const today = openTimes(calendar, clock, day).reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, instant) - from), 0);
  return (before[day] ?? 0) + today;
}

/** When business is open on one day of the wall's calendar, in order. */
function openTimes(calendar: Calendar, clock: ZoneClock, day: number): OpenTime[] {
  if (inHoliday(calendar, day)) return [];
  const start = weekdayOf(day) * DAY_MINUTES;
  return calendar.intervals
    .filter((interval) => interval.start_time >= start && interval.start_time < start + DAY_MINUTES)
    .map((interval) => ({
      from: clock.instantOf(day, interval.start_time - start),
      to: clock.instantOf(day, interval.end_time - start),
    }));
}

function inHoliday({ holidays }: Calendar, day: number): boolean {
  return holidays.some(({ start_date, end_date }) => (dayOf(start_date) ?? Infinity) <= day && day <= (dayOf(end_date) ?? -Infinity));
}
