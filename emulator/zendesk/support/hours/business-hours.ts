import type { Calendar } from './entities.ts';
import { dayOf, MINUTE, weekdayOf, type ZoneClock, zoneClock } from './zone-clock.ts';

const DAY_MINUTES = 1_440;

/** Days that may pass before a calendar that opens at all opens again: holidays last no longer than this. */
const LONGEST_CLOSED = 800;

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
  if (to <= from) return 0;
  const clock = zoneClock(calendar.time_zone);
  const last = clock.dayAt(to);
  let open = 0;
  for (let day = clock.dayAt(from); day <= last; day += 1) {
    for (const time of openTimes(calendar, clock, day)) open += Math.max(0, Math.min(time.to, to) - Math.max(time.from, from));
  }
  return open / MINUTE;
}

/** The instant at which so many open minutes have passed; undefined for a calendar that never opens. */
export function afterBusinessMinutes(calendar: Calendar, from: number, minutes: number): number | undefined {
  const clock = zoneClock(calendar.time_zone);
  let left = minutes * MINUTE;
  let closed = 0;
  for (let day = clock.dayAt(from); closed < LONGEST_CLOSED; day += 1) {
    const times = openTimes(calendar, clock, day).filter((time) => time.to > from);
    for (const time of times) {
      const start = Math.max(time.from, from);
      if (start + left <= time.to) return start + left;
      left -= time.to - start;
    }
    closed = times.length > 0 ? 0 : closed + 1;
  }
  return undefined;
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
