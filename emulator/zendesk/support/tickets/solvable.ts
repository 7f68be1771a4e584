import { isRequiredOn, needsBy } from '../account-objects/form-conditions.ts';
import type { Actor, Field, FieldValue, Ticket } from '../entities.ts';
import { requiredToSolve } from '../errors.ts';
import { isBlankValue } from '../fields/field-values.ts';
import type { FieldService } from '../fields/fields.ts';
import { propertyOf } from '../fields/system-fields.ts';
import type { UserService } from '../people/users.ts';
import type { LinkRooms } from './ticket-links.ts';

interface Rooms extends Pick<LinkRooms, 'forms'> {
  readonly users: UserService;
  readonly fields: FieldService;
}

/**
 * A solved ticket has an assignee and, when an agent solves it, a value in each required field of its form (vendor article
 * "Ticket Fields", `required`; that the API refuses, and names all at once, a client found on a real account). What conditions of
 * the form hide is not asked, and what they show is where they require it of solved tickets: agents' interface writes by the same
 * API (inferred; other statuses are left to the interface). Rules and end users solve without those (inferred). @throws ApiError 422
 */
export function checkSolvable({ fields, forms, users }: Rooms, account: string, ticket: Ticket, { userId, via }: Actor): void {
  if (ticket.status !== 'solved') return;
  const byAgent = (via === 'api' || via === 'web') && userId !== null && users.get(account, userId)?.role !== 'end-user';
  const form = forms.get(account, ticket.ticket_form_id);
  const list = fields.list(account, 'ticket');
  const valueAt = (id: number): FieldValue | undefined => list.filter((field) => field.id === id).map((field) => valueOf(ticket, field))[0];
  const need = needsBy(form?.agent_conditions ?? [], valueAt, isRequiredOn('solved', ticket.custom_status_id));
  const isAsked = ({ id, active, required }: Field): boolean => {
    if (!byAgent || !active || !(form?.ticket_field_ids?.includes(id) ?? true)) return false;
    const needed = need(id);
    return needed === 'required' || (needed === 'shown' && required);
  };
  const isAssignee = ({ system, type }: Field): boolean => system && type === 'assignee';
  const needed = list.filter((field) => (isAssignee(field) || isAsked(field)) && isBlankValue(valueOf(ticket, field)));
  if (needed.length > 0) throw requiredToSolve(needed);
}

function valueOf(ticket: Ticket, field: Field): FieldValue | undefined {
  if (!field.system) return ticket.custom_fields.find(({ id }) => id === field.id)?.value;
  const property = propertyOf(field);
  return property === undefined ? field.type : ticket[property];
}
