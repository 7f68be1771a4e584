import type { SupportContext } from '../context.ts';
import type { EventValue, FieldEvent, Ticket, TicketChange } from '../entities.ts';
import type { EmailCcChange, FollowersChange } from './audit-events.ts';

/** Properties that a create audit always tells, in the recorded order. */
const ALWAYS = ['subject', 'requester_id', 'priority', 'type', 'status', 'organization_id', 'brand_id', 'ticket_form_id', 'custom_status_id'] as const; // prettier-ignore
/** Told only when set (order inferred). */
const WHEN_SET = ['assignee_id', 'group_id', 'tags', 'external_id', 'problem_id', 'due_at', 'recipient'] as const;
/** The same of those that have events of their own. */
const PEOPLE = ['follower_ids', 'email_cc_ids'] as const;
/** Properties whose change an update tells. */
const CHANGEABLE = [...ALWAYS, ...WHEN_SET, ...PEOPLE, 'has_incidents', 'is_public'] as const;
/** Changed by the system without an audit event. */
const SILENT: readonly string[] = ['has_incidents', 'is_public'];
/** In front of the id, as the field of a change. */
const CUSTOM_FIELD = 'custom_fields.';

/** What a ticket is told by: a user's e-mail address, else the name. */
export type AddressOf = (userId: number) => string;

export function addressOf({ collections }: SupportContext, account: string): AddressOf {
  return (id) => {
    const user = collections.users.get(account, id);
    return user?.email ?? user?.name ?? String(id);
  };
}

/** `Create` events. Values are strings, arrays of strings for tags, or null (recorded); people are told of as changes are. */
export function createEvents(ticket: Ticket, id: () => number, address: AddressOf): (FieldEvent | FollowersChange | EmailCcChange)[] {
  const events: (FieldEvent | FollowersChange | EmailCcChange)[] = [];
  const tell = (field_name: string, value: unknown): void => {
    events.push({ id: id(), type: 'Create', field_name, value: eventValue(value) });
  };
  for (const name of ALWAYS) tell(name, ticket[name]);
  for (const name of WHEN_SET) if (isSet(ticket[name])) tell(name, ticket[name]);
  for (const field of ticket.custom_fields) tell(String(field.id), field.value);
  for (const field of PEOPLE)
    if (isSet(ticket[field])) events.push(peopleEvent({ field, previous: [], current: ticket[field] }, id(), address));
  return events;
}

export function ticketChanges(before: Ticket, after: Ticket): TicketChange[] {
  const changes: TicketChange[] = [];
  for (const field of CHANGEABLE) {
    const previous = before[field];
    const current = after[field];
    if (differ(previous, current)) changes.push({ field, previous, current });
  }
  if (before.satisfaction !== after.satisfaction) {
    const [previous, current] = [before, after].map(({ satisfaction }) => satisfaction?.score ?? 'unoffered');
    if (previous !== current) changes.push({ field: 'satisfaction_score', previous, current });
  }
  if (before.custom_fields !== after.custom_fields) changes.push(...customFieldChanges(before, after));
  return changes;
}

/** `Change` events; who follows and who is copied have events of their own (documented). */
export function changeEvents(
  changes: readonly TicketChange[],
  id: () => number,
  address: AddressOf,
): (FieldEvent | FollowersChange | EmailCcChange)[] {
  return changes
    .filter((change) => !SILENT.includes(change.field))
    .map((change) => {
      if (isPeople(change.field)) return peopleEvent(change, id(), address);
      return {
        id: id(),
        type: 'Change',
        field_name: change.field.startsWith(CUSTOM_FIELD) ? change.field.slice(CUSTOM_FIELD.length) : change.field,
        value: eventValue(change.current),
        previous_value: eventValue(change.previous),
      };
    });
}

function isPeople(field: string): boolean {
  return field === 'follower_ids' || field === 'email_cc_ids';
}

function peopleEvent({ field, previous, current }: TicketChange, id: number, address: AddressOf): FollowersChange | EmailCcChange {
  const [before, after] = [previous, current].map((ids) => (ids as readonly number[]).map(address)) as [string[], string[]];
  if (field === 'follower_ids') return { id, type: 'FollowersChange', previous_followers: before, current_followers: after };
  return { id, type: 'EmailCcChange', previous_email_ccs: before, current_email_ccs: after };
}

function customFieldChanges(before: Ticket, after: Ticket): TicketChange[] {
  const ids = new Set([...before.custom_fields, ...after.custom_fields].map((field) => field.id));
  const valueIn = (ticket: Ticket, id: number): unknown => ticket.custom_fields.find((field) => field.id === id)?.value ?? null;
  return [...ids]
    .map((id) => ({ field: `${CUSTOM_FIELD}${id}`, previous: valueIn(before, id), current: valueIn(after, id) }))
    .filter(({ previous, current }) => differ(previous, current));
}

function differ(one: unknown, other: unknown): boolean {
  if (one === other) return false;
  return typeof one !== 'object' || typeof other !== 'object' || JSON.stringify(one) !== JSON.stringify(other);
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null;
}

function eventValue(value: unknown): EventValue {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map(String) : String(value);
}
