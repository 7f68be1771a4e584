/** Business hours (vendor article "Schedules"). */

/** A time of the week when business is open; it never spans midnight. */
export interface Interval {
  /** Minutes since Sunday 00:00 of the schedule's own clock. */
  readonly start_time: number;
  /** The same; the end itself is closed. */
  readonly end_time: number;
}

/** Days without business, the first and the last among them. */
export interface Holiday {
  readonly id: number;
  readonly name: string;
  /** `2026-12-24`, in the schedule's time zone. */
  readonly start_date: string;
  readonly end_date: string;
}

/** What the reckoning needs to know. */
export interface Calendar {
  /** The vendor's name of a time zone (`Eastern Time (US & Canada)`) or an IANA one. */
  readonly time_zone: string;
  /** Ascending, none overlapping. */
  readonly intervals: readonly Interval[];
  readonly holidays: readonly Pick<Holiday, 'start_date' | 'end_date'>[];
}

export interface Schedule extends Calendar {
  readonly id: number;
  readonly name: string;
  readonly holidays: readonly Holiday[];
  readonly created_at: string;
  readonly updated_at: string;
}

export interface ScheduleDraft {
  name?: string | null;
  time_zone?: string | null;
}

export interface HolidayDraft {
  name?: string | null;
  start_date?: string | null;
  end_date?: string | null;
}
