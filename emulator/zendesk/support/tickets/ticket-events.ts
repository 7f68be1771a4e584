import type { EventValue, FieldEvent, Ticket, TicketChange } from '../entities.ts';

/** Properties that a create audit always tells, in the recorded order. */
const ALWAYS = ['subject', 'requester_id', 'priority', 'type', 'status', 'organization_id', 'brand_id', 'ticket_form_id', 'custom_status_id'] as const; // prettier-ignore
/** Told only when set (order inferred). */
const WHEN_SET = ['assignee_id', 'group_id', 'tags', 'external_id', 'problem_id', 'due_at', 'recipient', 'follower_ids', 'email_cc_ids'] as const; // prettier-ignore
/** Properties whose change an update tells. */
const CHANGEABLE = [...ALWAYS, ...WHEN_SET, 'has_incidents', 'is_public'] as const;
/** Changed by the system without an audit event. */
const SILENT = new Set<string>(['has_incidents', 'is_public']);

/** `Create` events. Values are strings, arrays of strings for tags, or null (recorded). */
export function createEvents(ticket: Ticket, id: () => number): FieldEvent[] {
  const told = [...ALWAYS, ...WHEN_SET.filter((name) => isSet(ticket[name]))];
  const events = told.map((name): FieldEvent => ({ id: id(), type: 'Create', field_name: name, value: eventValue(ticket[name]) }));
  const custom = ticket.custom_fields.map((field): FieldEvent => ({ id: id(), type: 'Create', field_name: String(field.id), value: eventValue(field.value) })); // prettier-ignore
  return [...events, ...custom];
}

export function ticketChanges(before: Ticket, after: Ticket): TicketChange[] {
  const changes: TicketChange[] = [];
  for (const field of CHANGEABLE) {
    const previous = before[field];
    const current = after[field];
    if (previous !== current && JSON.stringify(previous) !== JSON.stringify(current)) changes.push({ field, previous, current });
  }
  if (before.custom_fields !== after.custom_fields) changes.push(...customFieldChanges(before, after));
  return changes;
}

/** `Change` events. */
export function changeEvents(changes: readonly TicketChange[], id: () => number): FieldEvent[] {
  return changes
    .filter((change) => !SILENT.has(change.field))
    .map((change) => ({
      id: id(),
      type: 'Change',
      field_name: change.field.replace(/^custom_fields\./, ''),
      value: eventValue(change.current),
      previous_value: eventValue(change.previous),
    }));
}

function customFieldChanges(before: Ticket, after: Ticket): TicketChange[] {
  const ids = new Set([...before.custom_fields, ...after.custom_fields].map((field) => field.id));
  const valueIn = (ticket: Ticket, id: number): unknown => ticket.custom_fields.find((field) => field.id === id)?.value ?? null;
  return [...ids]
    .map((id) => ({ field: `custom_fields.${id}`, previous: valueIn(before, id), current: valueIn(after, id) }))
    .filter(({ previous, current }) => JSON.stringify(previous) !== JSON.stringify(current));
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null;
}

function eventValue(value: unknown): EventValue {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map(String) : String(value);
}
