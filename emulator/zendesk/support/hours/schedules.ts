import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { blank, invalidValue, recordNotFound } from '../errors.ts';
import { numberOf } from '../routes/permit.ts';
import { businessMinutes, isHoliday, isOpen } from './business-hours.ts';
import type { Holiday, HolidayDraft, Interval, Schedule, ScheduleDraft } from './entities.ts';
import { ianaZone } from './time-zones.ts';
import { dayOf, MINUTE } from './zone-clock.ts';

const DAY_MINUTES = 1_440;
/** Longest holiday, in days (inferred). */
const LONGEST_HOLIDAY = 730;
/** A new schedule is open Monday to Friday, 9:00 to 17:00 (documented in the example of a creation). */
const NINE_TO_FIVE: readonly Interval[] = [1, 2, 3, 4, 5].map((day) => ({
  start_time: day * DAY_MINUTES + 9 * 60,
  end_time: day * DAY_MINUTES + 17 * 60,
}));

/**
 * The schedules of an account (vendor article "Schedules") and what they say of an instant. Where no schedule is named the
 * account's first counts; an account without any never closes (both inferred).
 */
export class BusinessHours {
  readonly #context: SupportContext;
  readonly #schedules: Collection<Schedule>;
  readonly #lists: Memo<readonly Schedule[]>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#schedules = context.core.store.collection<Schedule>({ name: 'schedules', key: ({ id }) => id });
    this.#lists = new Memo(this.#schedules);
  }

  /** Whether business is open at an instant (milliseconds since the epoch). */
  isOpen(account: string, at: number, scheduleId?: number | null): boolean {
    const schedule = this.#applying(account, scheduleId);
    return schedule === undefined || isOpen(schedule, at);
  }

  /** Whether an instant lies in a holiday of the schedule. */
  isHoliday(account: string, at: number, scheduleId?: number | null): boolean {
    const schedule = this.#applying(account, scheduleId);
    return schedule !== undefined && isHoliday(schedule, at);
  }

  /** Open minutes between two instants, fractions included. */
  minutesBetween(account: string, from: number, to: number, scheduleId?: number | null): number {
    const schedule = this.#applying(account, scheduleId);
    return schedule ? businessMinutes(schedule, from, to) : Math.max(0, to - from) / MINUTE;
  }

  list(account: string): readonly Schedule[] {
    return this.#lists.get(account, () => this.#schedules.find(account));
  }

  get(account: string, id: number): Schedule | undefined {
    return this.list(account).find((schedule) => schedule.id === id);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Schedule {
    const schedule = this.get(account, id);
    if (!schedule) throw recordNotFound();
    return schedule;
  }

  /** @throws ApiError 422 */
  create(account: string, draft: ScheduleDraft): Schedule {
    const now = this.#context.now(account);
    const own = { name: nameOf(draft.name), time_zone: zoneOf(draft.time_zone) };
    const times = { created_at: now, updated_at: now };
    const schedule: Schedule = { id: this.#context.ids(account)(), ...own, intervals: NINE_TO_FIVE, holidays: [], ...times };
    this.#schedules.insert(account, schedule);
    return schedule;
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: ScheduleDraft): Schedule {
    const before = this.expect(account, id);
    const name = patch.name === undefined ? before.name : nameOf(patch.name);
    const zone = patch.time_zone === undefined ? before.time_zone : zoneOf(patch.time_zone);
    return this.#keep(account, { ...before, name, time_zone: zone });
  }

  /** @throws ApiError 404 */
  delete(account: string, id: number): void {
    if (!this.#schedules.delete(account, id)) throw recordNotFound();
  }

  /** Replaces the open times of the week. @throws ApiError 404, or 422 for times that overlap or span midnight */
  setWorkweek(account: string, id: number, intervals: readonly Partial<Interval>[]): Schedule {
    return this.#keep(account, { ...this.expect(account, id), intervals: checkedIntervals(intervals) });
  }

  /** @throws ApiError 404 */
  holiday(account: string, id: number, holidayId: number): Holiday {
    const holiday = this.expect(account, id).holidays.find((each) => each.id === holidayId);
    if (!holiday) throw recordNotFound();
    return holiday;
  }

  /** @throws ApiError 404, 422 */
  addHoliday(account: string, id: number, draft: HolidayDraft): Holiday {
    const schedule = this.expect(account, id);
    const holiday = { id: this.#context.ids(account)(), ...checkedHoliday(draft) };
    this.#keep(account, { ...schedule, holidays: [...schedule.holidays, holiday] });
    return holiday;
  }

  /** @throws ApiError 404, 422 */
  updateHoliday(account: string, id: number, holidayId: number, patch: HolidayDraft): Holiday {
    const before = this.holiday(account, id, holidayId);
    const schedule = this.expect(account, id);
    const holiday = { id: holidayId, ...checkedHoliday({ ...before, ...patch }) };
    this.#keep(account, { ...schedule, holidays: schedule.holidays.map((each) => (each.id === holidayId ? holiday : each)) });
    return holiday;
  }

  /** @throws ApiError 404 */
  deleteHoliday(account: string, id: number, holidayId: number): void {
    this.holiday(account, id, holidayId);
    const schedule = this.expect(account, id);
    this.#keep(account, { ...schedule, holidays: schedule.holidays.filter((each) => each.id !== holidayId) });
  }

  #applying(account: string, id: number | null | undefined): Schedule | undefined {
    return (id ? this.get(account, id) : undefined) ?? this.list(account)[0];
  }

  #keep(account: string, schedule: Schedule): Schedule {
    const kept = { ...schedule, updated_at: this.#context.now(account) };
    this.#schedules.put(account, kept);
    return kept;
  }
}

function nameOf(name: string | null | undefined): string {
  const text = (name ?? '').trim();
  if (text === '') throw blank('name', 'Name');
  return text;
}

function zoneOf(zone: string | null | undefined): string {
  if (!zone) throw blank('time_zone', 'Time zone');
  if (ianaZone(zone) === undefined) throw invalidValue('time_zone', 'Time zone', zone);
  return zone;
}

/** In order. Open times lie within one day each (documented) and do not overlap (inferred). */
function checkedIntervals(drafts: readonly Partial<Interval>[]): Interval[] {
  const intervals = drafts.map(checkedInterval).toSorted((a, b) => a.start_time - b.start_time);
  const clash = intervals.find((interval, index) => interval.start_time < (intervals[index - 1]?.end_time ?? 0));
  if (clash) throw invalidValue('intervals', 'Intervals', clash);
  return intervals;
}

function checkedInterval(draft: Partial<Interval>): Interval {
  const [start, end] = [numberOf(draft.start_time), numberOf(draft.end_time)];
  const midnight = (Math.floor(start / DAY_MINUTES) + 1) * DAY_MINUTES;
  const fits = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= midnight && end <= 7 * DAY_MINUTES;
  if (!fits) throw invalidValue('intervals', 'Intervals', draft);
  return { start_time: start, end_time: end };
}

function checkedHoliday(draft: HolidayDraft): Omit<Holiday, 'id'> {
  const [start, end] = [draft.start_date ?? '', draft.end_date ?? ''];
  const first = dayOf(start);
  const last = dayOf(end);
  if (first === undefined) throw invalidValue('start_date', 'Start date', start);
  if (last === undefined || last < first || last - first > LONGEST_HOLIDAY) throw invalidValue('end_date', 'End date', end);
  return { name: nameOf(draft.name), start_date: start, end_date: end };
}
