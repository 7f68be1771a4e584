import { isoSeconds } from '../../account/index.ts';
import type { Status } from '../entities.ts';
import { isSolved, repliesIn, type Said, type TicketHistory } from './history.ts';
import type { BusinessMinutes } from './ticket-metrics.ts';

type Metric = 'agent_work_time' | 'reply_time' | 'requester_wait_time' | 'resolution_time';

/** Vendor article "Ticket Metric Events"; without SLA policies there is nothing that is applied or breached. */
export interface MetricEvent {
  readonly id: number;
  readonly ticket_id: number;
  readonly metric: Metric;
  /** How often the metric was taken on this ticket, this time included. */
  readonly instance_id: number;
  readonly type: 'activate' | 'pause' | 'fulfill' | 'update_status';
  readonly time: string;
  /** `update_status`: how long the clock ran, in minutes. */
  readonly status?: { readonly calendar: number; readonly business: number };
}

/** In which statuses a metric's clock runs; solved ends it. */
const RUNS: Readonly<Record<Exclude<Metric, 'reply_time'>, (status: Status) => boolean>> = {
  agent_work_time: (status) => status === 'new' || status === 'open',
  requester_wait_time: (status) => status !== 'pending',
  resolution_time: () => true,
};

/** Ids of metric events, of which each audit has room for 32. */
const PER_AUDIT = 32;

interface Draft {
  readonly at: number;
  readonly auditId: number;
  readonly metric: Metric;
  readonly instance: number;
  readonly type: MetricEvent['type'];
  readonly status?: MetricEvent['status'];
}

/** What happened to a ticket's clocks, by time. */
export function metricEvents(history: TicketHistory, business: BusinessMinutes): MetricEvent[] {
  const clocks = (Object.keys(RUNS) as (keyof typeof RUNS)[]).flatMap((metric) => statusClock(history, metric, business));
  const drafts = [...replyClock(history, business), ...clocks].toSorted((a, b) => a.at - b.at || a.auditId - b.auditId);
  const used = new Map<number, number>();
  return drafts.map(({ at, auditId, metric, instance, type, status }) => {
    const place = used.get(auditId) ?? 0;
    used.set(auditId, place + 1);
    const event = {
      id: auditId * PER_AUDIT + place,
      ticket_id: history.ticket.id,
      metric,
      instance_id: instance,
      type,
      // Comments of an import may be older than the ticket is said to be.
      time: isoSeconds(Math.max(at, history.created)),
    };
    return status ? { ...event, status } : event;
  });
}

/** A clock that the status starts, pauses and ends; a ticket that is reopened starts it again. */
function statusClock({ statuses }: TicketHistory, metric: keyof typeof RUNS, business: BusinessMinutes): Draft[] {
  const drafts: Draft[] = [];
  let since: number | undefined;
  let [calendar, open] = [0, 0];
  for (const { at, value, audit } of statuses) {
    const runs = !isSolved(value) && RUNS[metric](value);
    const draft = (type: Draft['type']): Draft => ({ at, auditId: audit.id, metric, instance: 1, type });
    if (runs && since === undefined) {
      since = at;
      drafts.push(draft('activate'));
    } else if (!runs && since !== undefined) {
      calendar += (at - since) / 60_000;
      open += business(since, at);
      since = undefined;
      const status = { calendar: Math.floor(calendar), business: Math.floor(open) };
      drafts.push(draft(isSolved(value) ? 'fulfill' : 'pause'), { ...draft('update_status'), status });
    } else if (isSolved(value) && drafts.at(-1)?.type === 'update_status' && drafts.at(-2)?.type === 'pause') {
      drafts.push(draft('fulfill'));
    }
  }
  return drafts;
}

/** Runs from an end user's public comment to the agent's next public one, each time as an instance of its own. */
function replyClock(history: TicketHistory, business: BusinessMinutes): Draft[] {
  const replies = new Set<Said>(repliesIn(history));
  const drafts: Draft[] = [];
  let instance = 0;
  let since: number | undefined;
  for (const said of history.comments) {
    const draft = (type: Draft['type']): Draft => ({ at: said.at, auditId: said.audit.id, metric: 'reply_time', instance, type });
    if (!said.byAgent && said.comment.public && since === undefined) {
      instance += 1;
      since = said.at;
      drafts.push(draft('activate'));
    } else if (since !== undefined && replies.has(said)) {
      const status = { calendar: Math.floor((said.at - since) / 60_000), business: Math.floor(business(since, said.at)) };
      since = undefined;
      drafts.push(draft('fulfill'), { ...draft('update_status'), status });
    }
  }
  return drafts;
}
