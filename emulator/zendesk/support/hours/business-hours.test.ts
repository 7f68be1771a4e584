import { describe, expect, it, vi } from 'vitest';
import { businessMinutes, isHoliday, isOpen } from './business-hours.ts';
import type { Calendar } from './entities.ts';
import { ianaZone } from './time-zones.ts';
import { dayOf, weekdayOf, zoneClock } from './zone-clock.ts';

const at = (text: string): number => Date.parse(text);
const weekdays = [1, 2, 3, 4, 5].map((day) => ({ start_time: day * 1_440 + 540, end_time: day * 1_440 + 1_020 }));
const always = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ start_time: day * 1_440, end_time: (day + 1) * 1_440 }));

function calendar(time_zone: string, more: Partial<Calendar> = {}): Calendar {
  return { time_zone, intervals: weekdays, holidays: [], ...more };
}

describe('isOpen', () => {
  const newYork = calendar('Eastern Time (US & Canada)');

  it.each([
    ['2026-01-05T13:59:59Z', false],
    ['2026-01-05T14:00:00Z', true],
    ['2026-01-05T21:59:59Z', true],
    ['2026-01-05T22:00:00Z', false],
    ['2026-01-04T15:00:00Z', false],
    // An hour earlier in summer.
    ['2026-07-06T13:00:00Z', true],
    ['2026-07-06T12:59:59Z', false],
  ])('%s in New York: %s', (time, open) => {
    expect(isOpen(newYork, at(time))).toBe(open);
  });

  it('goes by the day of the schedule, not of UTC', () => {
    const sydney = calendar('Sydney');
    expect(isOpen(sydney, at('2026-01-04T22:00:00Z'))).toBe(true);
    expect(isOpen(sydney, at('2026-01-09T00:00:00Z'))).toBe(true);
    expect(isOpen(sydney, at('2026-01-09T22:00:00Z'))).toBe(false);
  });

  it('knows holidays, their last day among them', () => {
    const closed = calendar('London', { holidays: [{ start_date: '2026-12-24', end_date: '2026-12-28' }] });
    expect(isOpen(closed, at('2026-12-23T12:00:00Z'))).toBe(true);
    expect(isOpen(closed, at('2026-12-24T12:00:00Z'))).toBe(false);
    expect(isOpen(closed, at('2026-12-28T12:00:00Z'))).toBe(false);
    expect(isOpen(closed, at('2026-12-29T12:00:00Z'))).toBe(true);
    expect(isHoliday(closed, at('2026-12-28T23:59:59Z'))).toBe(true);
    expect(isHoliday(closed, at('2026-12-29T00:00:00Z'))).toBe(false);
  });
});

describe('businessMinutes', () => {
  it('counts open time only', () => {
    const utc = calendar('UTC');
    expect(businessMinutes(utc, at('2026-01-05T08:00:00Z'), at('2026-01-05T10:30:30Z'))).toBe(90.5);
    expect(businessMinutes(utc, at('2026-01-02T16:00:00Z'), at('2026-01-05T10:00:00Z'))).toBe(120);
    expect(businessMinutes(utc, at('2026-01-05T10:00:00Z'), at('2026-01-05T09:00:00Z'))).toBe(0);
  });

  it('has days of 23 and 25 hours where the clock changes', () => {
    const open = calendar('Europe/Berlin', { intervals: always });
    expect(businessMinutes(open, at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'))).toBe(23 * 60);
    expect(businessMinutes(open, at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'))).toBe(25 * 60);
  });

  it('opens at the skip when its time is skipped, and a doubled hour counts twice', () => {
    const night = calendar('Europe/Berlin', { intervals: [{ start_time: 150, end_time: 240 }] });
    expect(businessMinutes(night, at('2026-03-28T22:00:00Z'), at('2026-03-29T22:00:00Z'))).toBe(60);
    expect(isOpen(night, at('2026-03-29T00:59:59Z'))).toBe(false);
    expect(isOpen(night, at('2026-03-29T01:00:00Z'))).toBe(true);
    expect(businessMinutes(night, at('2026-10-24T22:00:00Z'), at('2026-10-25T23:00:00Z'))).toBe(150);
  });

  it.each(['Australia/Lord_Howe', 'Santiago', 'Chatham Is.', 'Casablanca', 'Newfoundland', 'International Date Line West', 'Samoa'])(
    'is the time itself for one in %s that never closes',
    (zone) => {
      const [from, to] = [at('2024-01-01T00:00:00Z'), at('2026-06-01T12:34:00Z')];
      expect(businessMinutes(calendar(zone, { intervals: always }), from, to)).toBe((to - from) / 60_000);
    },
  );

  it('agrees with isOpen minute by minute', () => {
    const shifts = calendar('Europe/London', {
      intervals: [...weekdays, { start_time: 0, end_time: 90 }, { start_time: 100, end_time: 1_440 }].toSorted(
        (a, b) => a.start_time - b.start_time,
      ),
      holidays: [{ start_date: '2026-03-31', end_date: '2026-03-31' }],
    });
    const from = at('2026-03-27T00:00:00Z');
    const minutes = Array.from({ length: 7 * 1_440 }, (_, minute) => isOpen(shifts, from + minute * 60_000)).filter(Boolean).length;
    expect(businessMinutes(shifts, from, from + 7 * 1_440 * 60_000)).toBe(minutes);
  });
});

describe('long spans', () => {
  it('are as little work as short ones once they were reckoned, however far back or ahead they go', () => {
    const open = calendar('Berlin', { intervals: always });
    const [ancient, now, never] = [at('0001-01-01T00:00:00Z'), at('2026-01-05T00:00:00Z'), at('9999-01-01T00:00:00Z')];
    expect(businessMinutes(open, ancient, now)).toBe(businessMinutes(open, at('1970-01-01T00:00:00+01:00'), now));
    const looksAtTheWall = vi.spyOn(zoneClock('Berlin'), 'instantOf');
    businessMinutes(open, ancient, never);
    const first = looksAtTheWall.mock.calls.length;
    for (let index = 0; index < 200; index += 1) businessMinutes(open, ancient, never);
    const more = looksAtTheWall.mock.calls.length - first;
    looksAtTheWall.mockRestore();
    // When the last day opens and closes; every day since 1970 was looked at once.
    expect([first > 50_000, more]).toEqual([true, 200 * 2]);
  });
});

describe('zones', () => {
  it('take the vendor’s names and IANA’s', () => {
    expect(ianaZone('Pacific Time (US & Canada)')).toBe('America/Los_Angeles');
    expect(ianaZone("Nuku'alofa")).toBe('Pacific/Tongatapu');
    expect(ianaZone('Europe/Berlin')).toBe('Europe/Berlin');
    for (const bad of ['', 'Mars', 'Europe/Nowhere', '+01:00', 'constructor']) expect(ianaZone(bad)).toBeUndefined();
    expect(() => zoneClock('Mars')).toThrow(/unknown time zone "Mars"/);
  });

  it('know dates and weekdays', () => {
    expect(dayOf('1970-01-02')).toBe(1);
    for (const bad of ['2026-02-30', '2026-1-1', 'x', '2026-13-01']) expect(dayOf(bad)).toBeUndefined();
    expect(weekdayOf(dayOf('2026-01-04') ?? NaN)).toBe(0);
    expect(weekdayOf(dayOf('1969-12-31') ?? NaN)).toBe(3);
  });
});
