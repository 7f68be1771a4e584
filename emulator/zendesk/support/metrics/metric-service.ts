import type { SupportContext } from '../context.ts';
import type { Ticket } from '../entities.ts';
import type { BusinessHours } from '../hours/schedules.ts';
import type { UserService } from '../people/users.ts';
import { historyOf, type TicketHistory } from './history.ts';
import { type MetricEvent, metricEvents } from './metric-events.ts';
import { type BusinessMinutes, type TicketMetric, ticketMetric } from './ticket-metrics.ts';

interface Rooms {
  readonly context: SupportContext;
  readonly users: UserService;
  readonly hours: BusinessHours;
}

/** Ticket metrics: nothing of them is stored, the audits tell all of it. */
export class MetricService {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  of(account: string, ticket: Ticket): TicketMetric {
    return ticketMetric(this.#history(account, ticket), this.#business(account));
  }

  /** By the id of the metric; undefined also for a deleted ticket's. */
  get(account: string, id: number): TicketMetric | undefined {
    const { audits, tickets } = this.#rooms.context.collections;
    const audit = audits.get(account, id);
    const ticket = audit && tickets.get(account, audit.ticket_id);
    if (ticket?.deleted_at !== null) return undefined;
    const metric = this.of(account, ticket);
    return metric.id === id ? metric : undefined;
  }

  events(account: string, ticket: Ticket): MetricEvent[] {
    return metricEvents(this.#history(account, ticket), this.#business(account));
  }

  #history(account: string, ticket: Ticket): TicketHistory {
    const { context, users } = this.#rooms;
    const audits = context.collections.audits.find(account, { where: { ticket_id: ticket.id } });
    return historyOf(ticket, audits, (id) => (users.get(account, id)?.role ?? 'agent') !== 'end-user');
  }

  #business(account: string): BusinessMinutes {
    return (from, to) => this.#rooms.hours.minutesBetween(account, from, to);
  }
}
