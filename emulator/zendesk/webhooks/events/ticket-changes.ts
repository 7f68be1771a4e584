import type { Field, Ticket, TicketChange } from '../../support/index.ts';
import { difference, idText, type JsonObject, plain, upper } from './event-draft.ts';

type Shape = (change: TicketChange, ticket: Ticket) => JsonObject;

const ids: Shape = ({ previous, current }) => ({ current: idText(current), previous: idText(previous) });
const enumeration: Shape = ({ previous, current }) => ({ current: upper(current), previous: upper(previous) });
const text: Shape = ({ previous, current }) => ({ current: plain(current), previous: plain(previous) });
const members =
  (name: string): Shape =>
  ({ previous, current }) => {
    const { added, removed } = difference(previous, current);
    return { [`${name}_added`]: added, [`${name}_removed`]: removed };
  };

/**
 * Changed property of a ticket to the event that tells of it. Recorded: status, custom status, agent assignment. Read in
 * clients: tags, followers, CCs, score and comment of a rating. The other shapes are inferred from those.
 */
const CHANGES: Readonly<Record<string, readonly [event: string, shape: Shape]>> = {
  status: ['status_changed', enumeration],
  custom_status_id: ['custom_status_changed', ids],
  assignee_id: ['agent_assignment_changed', ids],
  group_id: ['group_assignment_changed', ids],
  requester_id: ['requester_changed', ids],
  submitter_id: ['submitter_changed', ids],
  organization_id: ['organization_changed', ids],
  brand_id: ['brand_changed', ids],
  ticket_form_id: ['form_changed', ids],
  problem_id: ['problem_link_changed', ids],
  priority: ['priority_changed', enumeration],
  type: ['type_changed', enumeration],
  subject: ['subject_changed', text],
  description: ['description_changed', text],
  external_id: ['external_id_changed', text],
  due_at: ['task_due_at_changed', text],
  tags: ['tags_changed', members('tags')],
  follower_ids: ['followers_changed', members('users')],
  email_cc_ids: ['email_ccs_changed', members('users')],
  satisfaction_score: ['csat_received', rating],
};

function rating({ current }: TicketChange, { satisfaction }: Ticket): JsonObject {
  return { satisfaction_score: { comment: satisfaction?.comment ?? null, score: upper(current) } };
}

/** Who knows a custom field of tickets by its id. */
export type TicketFieldOf = (id: string) => Pick<Field, 'title' | 'type'> | undefined;

const CUSTOM_FIELD = 'custom_fields.';

/** Undefined for a change that no event tells of. */
export function ticketChange(
  change: TicketChange,
  ticket: Ticket,
  fieldOf: TicketFieldOf,
): { event: string; body: () => JsonObject } | undefined {
  if (change.field.startsWith(CUSTOM_FIELD)) {
    const id = change.field.slice(CUSTOM_FIELD.length);
    return { event: 'custom_field_changed', body: () => customField(change, id, fieldOf(id)) };
  }
  // Nobody has seen what it says of the offer: it says no more than that there is one.
  if (change.field === 'satisfaction_score' && change.current === 'offered') return { event: 'csat_requested', body: () => ({}) };
  const known = CHANGES[change.field];
  return known && { event: known[0], body: () => known[1](change, ticket) };
}

/** As a client reads it: values in objects of their own, and the field. One that is gone is known by its id alone (inferred). */
function customField({ previous, current }: TicketChange, id: string, field: ReturnType<TicketFieldOf>): JsonObject {
  return {
    current: { value: plain(current) },
    custom_field: { id, title: field?.title ?? null, type: field?.type ?? null },
    previous: { value: plain(previous) },
  };
}
