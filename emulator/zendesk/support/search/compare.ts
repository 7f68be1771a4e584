import { invalidSearch } from '../errors.ts';
import type { Matcher } from './matchers.ts';
import type { Operator, SearchTerm } from './query.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Months and years are counted as 30 and 365 days (inferred). */
const UNITS: Readonly<Record<string, number>> = {
  minute: MINUTE,
  hour: 60 * MINUTE,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

/** Compares a place in an order: `status<solved`, `priority>low`. A value outside the order never matches. */
export function ranked(column: string, order: readonly string[]): Matcher {
  return ({ text, operator }, table) => {
    const wanted = text.toLowerCase();
    const rank = order.indexOf(wanted);
    if (operator === ':' && wanted === 'none') return table.numbered(column, Number.isNaN);
    return table.numbered(column, (own) => rank >= 0 && holds(own, operator, rank, rank + 1));
  };
}

/** Compares a time; see `times`. */
export function timed(column: string): Matcher {
  return (term, table, world) => table.numbered(column, times(term, world.now));
}

/**
 * Compares a time with a day (`2024-01-01`, the whole of it), a moment (`2024-01-01T10:00:00Z`) or an age (`2hours`;
 * `created>2hours` is less than two hours ago). A record without a time (NaN) is found by `none` alone.
 * @throws ApiError 422 for anything else.
 */
export function times({ text, operator }: SearchTerm, now: number): (value: number) => boolean {
  if (text === 'none') return Number.isNaN;
  if (text === '*') return (value) => !Number.isNaN(value);
  const age = /^(\d{1,6})\s*(minute|hour|day|week|month|year)s?$/i.exec(text);
  const unit = UNITS[age?.[2]?.toLowerCase() ?? ''];
  if (age && unit !== undefined) {
    const moment = now - Number(age[1]) * unit;
    // An age without a comparison asks for what is younger (inferred).
    return (value) => holds(value, operator === ':' ? '>=' : operator, moment, moment + 1);
  }
  const from = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(/([T ]\d\d:\d\d(?::\d\d)?)$/, '$1Z')) : Number.NaN;
  if (Number.isNaN(from)) throw invalidSearch(`${text} is not a date: expected 2024-01-31, 2024-01-31T10:00:00Z or 2hours`);
  const to = from + (/^\d{4}-\d\d-\d\d$/.test(text) ? DAY : 1_000);
  return (value) => holds(value, operator, from, to);
}

/** Compares a value with the half-open range that a term names; nothing holds of NaN. */
function holds(value: number, operator: Operator, from: number, to: number): boolean {
  switch (operator) {
    case '<':
      return value < from;
    case '<=':
      return value < to;
    case '>':
      return value >= to;
    case '>=':
      return value >= from;
    default:
      return value >= from && value < to;
  }
}
