import type { Response } from 'express';
import { principalOf } from '../../account/index.ts';
import { wireBrand, wireCustomStatus, wireTicketForm } from '../account-objects/wire.ts';
import type { Ticket } from '../entities.ts';
import type { Support } from '../index.ts';
import type { MetricEvent } from '../metrics/metric-events.ts';
import { wireMetric } from '../metrics/wire-metric.ts';
import { type Json, wireAudit } from '../wire.ts';
import { scopeOf } from './http.ts';
import { besideTickets, distinct } from './sideloads.ts';

type Scope = { account: string; base: string };

/**
 * What `include` adds to tickets (vendor article "Side-loading"). Records that several tickets may name stand beside
 * them; what a ticket has of its own stands in it (vendor changelog of April 2013; the names `metric_set` and
 * `comment_count` as clients read them, the other names inferred). Unknown words are passed over.
 */
export interface TicketSideloads {
  within(ticket: Ticket): Json;
  beside(tickets: readonly Ticket[]): Json;
}

const NOTHING: TicketSideloads = { within: () => ({}), beside: () => ({}) };

/** `single`: what only one ticket can be asked for (`slas`, `metric_events`). */
export function ticketSideloads(support: Support, res: Response, wanted: Set<string>, single = false): TicketSideloads {
  if (wanted.size === 0) return NOTHING;
  const scope = scopeOf(res);
  const { account, base } = scope;
  // Of the incidents that the caller gets to see.
  const incidents = (problem_id: number): number =>
    support.tickets.count(account, support.visibility.narrow(account, principalOf(res), { problem_id }));
  const inside: Readonly<Record<string, (ticket: Ticket) => Json>> = {
    comment_count: ({ comment_count }) => ({ comment_count }),
    incident_counts: ({ id }) => ({ incident_count: incidents(id) }),
    metric_sets: (ticket) => ({ metric_set: wireMetric(support.metrics.of(account, ticket), base) }),
    dates: (ticket) => ({ dates: datesOf(support, account, ticket) }),
    last_audits: (ticket) => ({ last_audit: lastAudit(support, scope, ticket) }),
    ...(single
      ? {
          slas: () => ({ slas: { policy_metrics: [] } }),
          metric_events: (ticket: Ticket) => ({ metric_events: byMetric(support.metrics.events(account, ticket)) }),
        }
      : {}),
  };
  const chosen = Object.entries(inside).flatMap(([name, make]) => (wanted.has(name) ? [make] : []));
  return {
    within: (ticket) => Object.assign({}, ...chosen.map((make) => make(ticket))) as Json,
    beside: (tickets) => ({
      ...besideTickets(support, scope, wanted, tickets),
      ...(wanted.has('sharing_agreements') ? { sharing_agreements: [] } : {}),
      ...named('ticket_forms', tickets.map((ticket) => ticket.ticket_form_id), (id) => support.forms.get(account, id), (form) => wireTicketForm(support, scope, form)), // prettier-ignore
      ...named('brands', tickets.map((ticket) => ticket.brand_id), (id) => support.brands.list(account).find((each) => each.id === id), (brand) => wireBrand(support, scope, brand)), // prettier-ignore
      ...named('custom_statuses', tickets.map((ticket) => ticket.custom_status_id), (id) => support.statuses.list(account).find((each) => each.id === id), (status) => wireCustomStatus(support, scope, status)), // prettier-ignore
    }),
  };

  function named<Entity>(
    name: string,
    ids: readonly number[],
    get: (id: number) => Entity | undefined,
    wire: (entity: Entity) => Json,
  ): Json {
    // prettier-ignore
    return wanted.has(name) ? { [name]: distinct(ids, get).map(wire) } : {};
  }
}

function byMetric(events: readonly MetricEvent[]): Json {
  const metrics = new Set(events.map(({ metric }) => metric));
  return Object.fromEntries([...metrics].map((metric) => [metric, events.filter((event) => event.metric === metric)]));
}

const DATES = [
  'assignee_updated_at',
  'requester_updated_at',
  'status_updated_at',
  'initially_assigned_at',
  'assigned_at',
  'solved_at',
  'latest_comment_added_at',
] as const;

function datesOf(support: Support, account: string, ticket: Ticket): Json {
  const metric = support.metrics.of(account, ticket);
  return Object.fromEntries(DATES.map((name) => [name, metric[name]]));
}

function lastAudit(support: Support, { account, base }: Scope, ticket: Ticket): Json | null {
  const [last] = support.tickets.audits(account, ticket.id, { order: ['-key'], limit: 1 });
  return last ? wireAudit(last, base) : null;
}
