import type { Audit, AuditEvent, Ticket } from '../entities.ts';
import { isComment } from '../tickets/comments.ts';
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

/** Reads the audits, oldest first. A system write without an author counts for nobody. */
export function ticketPast(ticket: Ticket, audits: readonly Audit[], world: Pick<RuleWorld, 'user'>): TicketPast {
  const agents = new Set<string>();
  const groups = new Set<string>();
  const statusSince: Record<string, number> = {};
  let [reopens, replies] = [0, 0];
  let assignedAt: number | null = null;
  let requesterUpdatedAt: number | null = null;
  let assigneeUpdatedAt: number | null = null;
  let status = '';
  let assignee = '';
  for (const audit of audits) {
    const at = Date.parse(audit.created_at);
    for (const event of audit.events) {
      if (isComment(event)) {
        const author = world.user(event.author_id);
        if (event.public && author && author.role !== 'end-user') replies += 1;
        continue;
      }
      const [name, value] = fieldOf(event);
      if (name === 'status' && value !== null) {
        if (status === 'solved' && (value === 'open' || value === 'pending')) reopens += 1;
        status = value;
        statusSince[value] = at;
      } else if (name === 'assignee_id') {
        assignee = value ?? '';
        if (value !== null) {
          agents.add(value);
          assignedAt = at;
        }
      } else if (name === 'group_id' && value !== null) groups.add(value);
    }
    if (audit.author_id === ticket.requester_id) requesterUpdatedAt = at;
    if (assignee !== '' && String(audit.author_id) === assignee) assigneeUpdatedAt = at;
  }
  return {
    reopens,
    replies,
    agentStations: agents.size,
    groupStations: groups.size,
    statusSince,
    assignedAt,
    requesterUpdatedAt,
    assigneeUpdatedAt,
  };
}

function fieldOf(event: AuditEvent): [name: string, value: string | null] {
  if (!('field_name' in event)) return ['', null];
  return [event.field_name, typeof event.value === 'string' ? event.value : null];
}
