import { isoSeconds } from '../../account/index.ts';
import type { Status } from '../entities.ts';
import { isSolved, repliesIn, type Since, solutionsIn, type TicketHistory } from './history.ts';

/** Minutes, whole; null where what is measured never happened. */
export interface Minutes {
  readonly calendar: number | null;
  readonly business: number | null;
}

/** Vendor article "Ticket Metrics". */
export interface TicketMetric {
  readonly id: number;
  readonly ticket_id: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly group_stations: number;
  readonly assignee_stations: number;
  readonly reopens: number;
  readonly replies: number;
  readonly assignee_updated_at: string | null;
  readonly requester_updated_at: string | null;
  readonly status_updated_at: string;
  readonly initially_assigned_at: string | null;
  readonly assigned_at: string | null;
  readonly solved_at: string | null;
  readonly latest_comment_added_at: string | null;
  readonly reply_time_in_minutes: Minutes;
  readonly reply_time_in_seconds: Pick<Minutes, 'calendar'>;
  readonly first_resolution_time_in_minutes: Minutes;
  readonly full_resolution_time_in_minutes: Minutes;
  readonly agent_wait_time_in_minutes: Minutes;
  readonly requester_wait_time_in_minutes: Minutes;
  readonly on_hold_time_in_minutes: Minutes;
  readonly custom_status_updated_at: string;
}

/** Open minutes between two instants, as the account's business hours have it. */
export type BusinessMinutes = (from: number, to: number) => number;

const NEVER: Minutes = { calendar: null, business: null };
/** Statuses in which the agent waits for the requester, and those in which the requester waits (documented). */
const AGENT_WAITS: readonly Status[] = ['pending'];
const REQUESTER_WAITS: readonly Status[] = ['new', 'open', 'hold'];

/**
 * A ticket's metrics. Waiting times count when a status is left; until then they are null, the time on hold 0 (inferred
 * from public samples). The id of a metric is that of the ticket's first audit (inferred: any number of its own).
 */
export function ticketMetric(history: TicketHistory, business: BusinessMinutes): TicketMetric {
  const { ticket, created, audits, statuses, customStatuses, assignees, groups, comments } = history;
  const span = (from: number, to: number | undefined): Minutes =>
    to === undefined ? NEVER : { calendar: Math.floor((to - from) / 60_000), business: Math.floor(business(from, to)) };
  const assigned = assignees.filter(({ value }) => value !== null);
  const solutions = solutionsIn(history);
  const reply = repliesIn(history)[0];
  const at = (times: readonly { at: number }[]): string | null => shown(times.at(-1)?.at);
  const by = (userId: number | null): string | null =>
    userId === null ? null : (audits.filter((audit) => audit.author_id === userId).at(-1)?.created_at ?? null);
  return {
    id: audits[0]?.id ?? ticket.id,
    ticket_id: ticket.id,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    group_stations: groups.filter(({ value }) => value !== null).length,
    assignee_stations: assigned.length,
    reopens: statuses.filter(({ value }, index) => !isSolved(value) && isSolved(statuses[index - 1]?.value ?? 'new')).length,
    replies: repliesIn(history).length,
    assignee_updated_at: by(ticket.assignee_id),
    requester_updated_at: by(ticket.requester_id),
    status_updated_at: at(statuses) ?? ticket.created_at,
    initially_assigned_at: shown(assigned[0]?.at),
    assigned_at: at(assigned),
    solved_at: isSolved(ticket.status) ? shown(solutions.at(-1)) : null,
    latest_comment_added_at: at(comments),
    reply_time_in_minutes: span(created, reply?.at),
    reply_time_in_seconds: { calendar: reply ? Math.floor((reply.at - created) / 1000) : null },
    first_resolution_time_in_minutes: span(created, solutions[0]),
    full_resolution_time_in_minutes: span(created, solutions.at(-1)),
    agent_wait_time_in_minutes: spent(statuses, AGENT_WAITS, business),
    requester_wait_time_in_minutes: spent(statuses, REQUESTER_WAITS, business),
    on_hold_time_in_minutes: statuses.length < 2 ? { calendar: 0, business: 0 } : spent(statuses, ['hold'], business),
    custom_status_updated_at: at(customStatuses) ?? ticket.created_at,
  };
}

/** How long the ticket was in the statuses, as far as it left them. */
function spent(statuses: readonly Since<Status>[], which: readonly Status[], business: BusinessMinutes): Minutes {
  if (statuses.length < 2) return NEVER;
  let calendar = 0;
  let open = 0;
  for (const [index, { at, value }] of statuses.entries()) {
    const next = statuses[index + 1];
    if (!next || !which.includes(value)) continue;
    calendar += (next.at - at) / 60_000;
    open += business(at, next.at);
  }
  return { calendar: Math.floor(calendar), business: Math.floor(open) };
}

function shown(at: number | undefined): string | null {
  return at === undefined ? null : isoSeconds(at);
}
