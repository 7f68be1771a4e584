import type { HolidayDraft, Interval, ScheduleDraft } from './entities.ts';
import type { BusinessHours } from './schedules.ts';

export interface ScheduleSeed extends ScheduleDraft {
  /** Monday to Friday, 9:00 to 17:00 unless given. */
  intervals?: readonly Interval[];
  holidays?: readonly HolidayDraft[];
}

export function laySchedules(hours: BusinessHours, account: string, seeds: readonly ScheduleSeed[]): void {
  for (const { intervals, holidays = [], ...draft } of seeds) {
    const { id } = hours.create(account, draft);
    if (intervals) hours.setWorkweek(account, id, intervals);
    for (const holiday of holidays) hours.addHoliday(account, id, holiday);
  }
}
