import { ianaZone } from './time-zones.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** UTC days whose offset is remembered, of each zone. */
const MOST_DAYS = 20_000;

/** A place's wall clock, daylight saving time included. Instants are milliseconds since the epoch, as everywhere. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #days = new Map<number, number>();

  /** @throws RangeError for a zone that nobody knows */
  constructor(timeZone: string) {
    const zone = ianaZone(timeZone);
    if (zone === undefined) throw new RangeError(`unknown time zone "${timeZone}"; expected a name such as "London" or "Europe/London"`);
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', calendar: 'iso8601', ...numeric });
  }

  /** Day (counted from 1970-01-01) on the wall at an instant. */
  dayAt(instant: number): number {
    return Math.floor((instant + this.#offset(instant)) / DAY);
  }

  /**
   * When the wall shows this minute of this day (1440: midnight at its end). A time that the clock skips is the moment of
   * the skip; one that comes twice is its first coming (inferred).
   */
  instantOf(day: number, minute: number): number {
    const wall = day * DAY + minute * MINUTE;
    const before = this.#offset(wall - DAY);
    const after = this.#offset(wall + DAY);
    const candidates = [wall - before, wall - after].toSorted((a, b) => a - b);
    const exact = candidates.find((instant) => instant + this.#offset(instant) === wall);
    return exact ?? this.#skip(candidates[0] ?? wall, candidates[1] ?? wall);
  }

  /** The moment between two instants at which the offset changes. */
  #skip(low: number, high: number): number {
    const old = this.#exactOffset(low);
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (middle <= low) break;
      if (this.#exactOffset(middle) === old) low = middle;
      else high = middle;
    }
    return high;
  }

  /** Milliseconds that the wall is ahead of UTC. Clocks change at most once in a UTC day. */
  #offset(instant: number): number {
    const day = Math.floor(instant / DAY);
    const start = this.#offsetOfDay(day);
    return start === this.#offsetOfDay(day + 1) ? start : this.#exactOffset(instant);
  }

  #offsetOfDay(day: number): number {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    if (this.#days.size >= MOST_DAYS) this.#days.clear();
    const offset = this.#exactOffset(day * DAY);
    this.#days.set(day, offset);
    return offset;
  }

  #exactOffset(instant: number): number {
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return wall - Math.floor(instant / 1_000) * 1_000;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, made once. @throws RangeError for a zone that nobody knows */
export function zoneClock(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new ZoneClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** `2026-12-24` as a day counted from 1970-01-01; undefined for what is no date. */
export function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : time / DAY;
}

/** 0 for Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
