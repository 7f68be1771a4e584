import { isoSeconds } from '../../../account/index.ts';
import type { Field, Ticket } from '../../entities.ts';
import { spokenBy } from '../../languages.ts';
import { ticketPast } from '../history.ts';
import { RANKS, textOf } from '../conditions/values.ts';
import type { RuleWorld } from '../world.ts';

/** A column of a view (vendor article "Views", View columns). */
export interface ViewColumn {
  readonly title: string;
  /** What a row has, under which name. */
  readonly cell: (ticket: Ticket, world: RuleWorld) => [name: string, value: unknown];
  /** What rows are sorted and grouped by; columns without cannot be. */
  readonly sort?: (ticket: Ticket, world: RuleWorld) => string | number | null;
  readonly filterable: boolean;
}

type Maker = (title: string, cell: ViewColumn['cell'], sort?: ViewColumn['sort'], filterable?: boolean) => ViewColumn;

const column: Maker = (title, cell, sort, filterable = true) => ({ title, cell, filterable, ...(sort ? { sort } : {}) });

const past = (ticket: Ticket, world: RuleWorld): ReturnType<typeof ticketPast> => ticketPast(ticket, world.audits(ticket.id), world);
const iso = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : isoSeconds(at));
const rank = (field: string, value: string | null): number => RANKS[field]?.indexOf(value) ?? -1;

/** In the order of the vendor's table. What a row calls an id is recorded (`requester_id`, `group_id`, `created`). */
export const VIEW_COLUMNS: Readonly<Record<string, ViewColumn>> = {
  assigned: column('Assigned date', (ticket, world) => ['assigned', iso(past(ticket, world).assignedAt)], (ticket, world) => past(ticket, world).assignedAt), // prettier-ignore
  assignee: column('Assignee', (ticket) => ['assignee_id', ticket.assignee_id], (ticket, world) => world.user(ticket.assignee_id)?.name ?? null), // prettier-ignore
  due_date: column(
    'Due date',
    (ticket) => ['due_date', ticket.due_at],
    (ticket) => ticket.due_at,
  ),
  group: column(
    'Group',
    (ticket) => ['group_id', ticket.group_id],
    (ticket, world) => world.group(ticket.group_id)?.name ?? null,
  ),
  nice_id: column(
    'ID',
    (ticket) => ['nice_id', ticket.id],
    (ticket) => ticket.id,
    false,
  ),
  updated: column(
    'Updated',
    (ticket) => ['updated', ticket.updated_at],
    (ticket) => ticket.updated_at,
  ),
  updated_assignee: column('Assignee updated', (ticket, world) => ['updated_assignee', iso(past(ticket, world).assigneeUpdatedAt)], (ticket, world) => past(ticket, world).assigneeUpdatedAt), // prettier-ignore
  updated_requester: column('Requester updated', (ticket, world) => ['updated_requester', iso(past(ticket, world).requesterUpdatedAt)], (ticket, world) => past(ticket, world).requesterUpdatedAt), // prettier-ignore
  organization: column('Organization', (ticket) => ['organization_id', ticket.organization_id], (ticket, world) => world.organization(ticket.organization_id)?.name ?? null), // prettier-ignore
  priority: column(
    'Priority',
    (ticket) => ['priority', ticket.priority],
    (ticket) => rank('priority', ticket.priority),
  ),
  created: column(
    'Requested',
    (ticket) => ['created', ticket.created_at],
    (ticket) => ticket.created_at,
    false,
  ),
  requester: column('Requester', (ticket) => ['requester_id', ticket.requester_id], (ticket, world) => world.user(ticket.requester_id)?.name ?? null), // prettier-ignore
  locale_id: column('Requester language', (ticket, world) => ['locale', spokenBy(world.user(ticket.requester_id)).locale], (ticket, world) => spokenBy(world.user(ticket.requester_id)).locale), // prettier-ignore
  solved: column('Solved', (ticket, world) => ['solved', iso(past(ticket, world).statusSince['solved'])], (ticket, world) => past(ticket, world).statusSince['solved'] ?? null), // prettier-ignore
  status: column(
    'Status',
    (ticket) => ['status', ticket.status],
    (ticket) => rank('status', ticket.status),
  ),
  subject: column('Subject', (ticket) => ['subject', ticket.subject], undefined, false),
  description: column('Subject', (ticket) => ['subject', ticket.subject], undefined, false),
  submitter: column('Submitter', (ticket) => ['submitter_id', ticket.submitter_id]),
  ticket_form: column(
    'Form',
    (ticket) => ['ticket_form_id', ticket.ticket_form_id],
    (ticket) => ticket.ticket_form_id,
  ),
  type: column(
    'Type',
    (ticket) => ['type', ticket.type],
    (ticket) => rank('type', ticket.type),
  ),
  brand: column(
    'Brand',
    (ticket) => ['brand_id', ticket.brand_id],
    (ticket) => ticket.brand_id,
  ),
};

/** Other names of the same columns: what a client may sort by. */
const ALIASES: Readonly<Record<string, string>> = {
  id: 'nice_id',
  ticket_id: 'nice_id',
  created_at: 'created',
  updated_at: 'updated',
  requester_id: 'requester',
  assignee_id: 'assignee',
  group_id: 'group',
  organization_id: 'organization',
  ticket_type: 'type',
};

/** The column of a name; undefined for one that there is not. */
export function columnOf(name: string): [name: string, column: ViewColumn] | undefined {
  const own = ALIASES[name] ?? name;
  const found = Object.hasOwn(VIEW_COLUMNS, own) ? VIEW_COLUMNS[own] : undefined;
  return found && [own, found];
}

/** A column of a custom ticket field. */
export function fieldColumn(field: Field): ViewColumn {
  const value = (ticket: Ticket): unknown => ticket.custom_fields.find(({ id }) => id === field.id)?.value ?? null;
  return {
    title: field.title,
    filterable: true,
    cell: (ticket) => [String(field.id), value(ticket)],
    sort: (ticket) => textOf(value(ticket)),
  };
}

/** What a view shows whose maker chose nothing (recorded). */
export const DEFAULT_COLUMNS: readonly string[] = ['subject', 'requester', 'created', 'updated', 'group', 'assignee'];
