import type { Audit, Ticket } from '../entities.ts';
import { historyOf, type Since } from '../metrics/history.ts';
import type { RuleWorld } from './world.ts';

/** What a ticket went through, as its audits tell it. Times are milliseconds since the epoch. */
export interface TicketPast {
  /** From solved back to open or pending. */
  readonly reopens: number;
  /** Public comments of agents. */
  readonly replies: number;
  /** Agents and groups that it was assigned to, each once. */
  readonly agentStations: number;
  readonly groupStations: number;
  /** When it last became what it is. */
  readonly statusSince: Readonly<Record<string, number>>;
  readonly assignedAt: number | null;
  readonly requesterUpdatedAt: number | null;
  readonly assigneeUpdatedAt: number | null;
}

/** As conditions count (vendor article "Conditions reference"), which is not always as metrics do. */
export function ticketPast(ticket: Ticket, audits: readonly Audit[], world: Pick<RuleWorld, 'user'>): TicketPast {
  const isAgent = (id: number): boolean => (world.user(id)?.role ?? 'end-user') !== 'end-user';
  const { statuses, assignees, groups, comments, audits: ordered } = historyOf(ticket, audits, isAgent);
  const stations = (values: readonly Since<string | null>[]): number => new Set(values.flatMap(({ value }) => value ?? [])).size;
  const lastBy = (id: number | null): number | null => {
    const last = id === null ? undefined : ordered.findLast((audit) => audit.author_id === id);
    return last ? Date.parse(last.created_at) : null;
  };
  return {
    reopens: statuses.filter(({ value }, index) => (value === 'open' || value === 'pending') && statuses[index - 1]?.value === 'solved')
      .length,
    replies: comments.filter(({ comment, byAgent }) => byAgent && comment.public).length,
    agentStations: stations(assignees),
    groupStations: stations(groups),
    statusSince: Object.fromEntries(statuses.map(({ value, at }) => [value, at])),
    assignedAt: assignees.findLast(({ value }) => value !== null)?.at ?? null,
    requesterUpdatedAt: lastBy(ticket.requester_id),
    assigneeUpdatedAt: lastBy(ticket.assignee_id),
  };
}
