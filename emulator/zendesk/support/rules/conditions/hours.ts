import type { Condition } from '../entities.ts';
import { ticketPast } from '../history.ts';
import { auditsOf, type RuleFacts } from '../world.ts';
import { textOf } from './values.ts';

const HOUR = 3_600_000;

/** Fields that count hours (vendor article "Conditions reference", time-based conditions), and since when or until when. */
const SINCE: Readonly<Record<string, (facts: RuleFacts) => number | null>> = {
  NEW: ({ ticket }) => Date.parse(ticket.created_at),
  OPEN: (facts) => statusSince(facts, 'open'),
  PENDING: (facts) => statusSince(facts, 'pending'),
  HOLD: (facts) => statusSince(facts, 'hold'),
  SOLVED: (facts) => statusSince(facts, 'solved'),
  CLOSED: (facts) => statusSince(facts, 'closed'),
  created_at: ({ ticket }) => Date.parse(ticket.created_at),
  updated_at: ({ ticket }) => Date.parse(ticket.updated_at),
  assigned_at: (facts) => past(facts).assignedAt,
  requester_updated_at: (facts) => past(facts).requesterUpdatedAt,
  assignee_updated_at: (facts) => past(facts).assigneeUpdatedAt,
  due_date: ({ ticket }) => (ticket.due_at === null ? null : Date.parse(ticket.due_at)),
  until_due_date: ({ ticket }) => (ticket.due_at === null ? null : Date.parse(ticket.due_at)),
};

export const HOUR_FIELDS: readonly string[] = Object.keys(SINCE);

export function isHourField(field: string): boolean {
  return Object.hasOwn(SINCE, field);
}

/**
 * Whether so many hours have passed: `is` while the whole hours are exactly so many, `less_than` and `greater_than` to the
 * millisecond (inferred). The same operators with `_business_hours` count hours of business only.
 */
export function testHours({ field, operator, value }: Condition, facts: RuleFacts): boolean {
  const at = SINCE[field]?.(facts) ?? null;
  const wanted = Number(textOf(value) ?? Number.NaN);
  if (at === null || Number.isNaN(at) || Number.isNaN(wanted)) return false;
  const { account, now, hours } = facts.world;
  const [from, to] = field === 'until_due_date' ? [now, at] : [at, now];
  if (to < from) return false;
  const business = operator.endsWith('business_hours');
  const passed = business ? hours.minutesBetween(account, from, to) / 60 : (to - from) / HOUR;
  switch (operator.replace(/_?business_hours$/, '')) {
    case 'is':
      return Math.floor(passed) === wanted;
    case 'less_than':
      return passed < wanted;
    case 'greater_than':
      return passed > wanted;
    default:
      return false;
  }
}

function past(facts: RuleFacts): ReturnType<typeof ticketPast> {
  return ticketPast(facts.ticket, auditsOf(facts), facts.world);
}

/** Since when it has this status; never when it has another. */
function statusSince(facts: RuleFacts, status: string): number | null {
  return facts.ticket.status === status ? (past(facts).statusSince[status] ?? Date.parse(facts.ticket.created_at)) : null;
}
