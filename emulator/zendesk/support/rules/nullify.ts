import type { Ticket } from '../entities.ts';
import { testTags } from './conditions/tests.ts';
import { textOf, textsOf } from './conditions/values.ts';
import { met } from './conditions/evaluate.ts';
import { isHourField } from './conditions/hours.ts';
import type { Action, Condition, Conditions } from './entities.ts';
import type { RuleFacts } from './world.ts';
import { refused } from './read-rule.ts';

/**
 * An automation must have a condition that is true only once, or an action that makes at least one of its conditions false
 * (vendor article "About automations and how they work"). @throws ApiError 422 (wording inferred)
 */
export function checkEnds({ all }: Conditions, actions: readonly Action[]): void {
  const once = all.some(({ field, operator }) => isHourField(field) && operator.startsWith('is'));
  if (once || all.some((condition) => actions.some((action) => ends(condition, action)))) return;
  throw refused('base', 'The automation needs a condition that is true only once, or an action that makes one of its conditions false');
}

/** Statuses by the field that counts the hours since it. */
const HOURS_OF: Readonly<Record<string, string>> = {
  NEW: 'new',
  OPEN: 'open',
  PENDING: 'pending',
  HOLD: 'hold',
  SOLVED: 'solved',
  CLOSED: 'closed',
};

function ends(condition: Condition, action: Action): boolean {
  const { field, operator, value } = condition;
  if (field === 'updated_at' && operator.startsWith('greater_than')) return true;
  const status = HOURS_OF[field];
  if (status !== undefined && status !== 'new') return action.field === 'status' && textOf(action.value) !== status;
  if (field === 'current_tags') {
    const tags = textsOf(value).flatMap((text) => text.toLowerCase().split(/[\s,]+/));
    if (action.field === 'set_tags') return !testTags(operator, textsOf(action.value).flatMap((text) => text.toLowerCase().split(/[\s,]+/)), value); // prettier-ignore
    if (action.field === 'current_tags') return operator === 'not_includes' && sharesOne(tags, action);
    if (action.field === 'remove_tags') return operator === 'includes' && sharesOne(tags, action);
    return false;
  }
  if (action.field !== field) return false;
  return !met(condition, { ticket: asIfSet(field, action), world: NOBODY });
}

function sharesOne(tags: readonly string[], action: Action): boolean {
  return textsOf(action.value)
    .flatMap((text) => text.toLowerCase().split(/[\s,]+/))
    .some((tag) => tags.includes(tag));
}

/** Just enough of a ticket to check one condition on. */
function asIfSet(field: string, { value }: Action): Ticket {
  const custom = /^custom_fields_(\d+)$/.exec(field)?.[1];
  const text = textOf(value);
  const set = custom === undefined ? { [field]: text } : {};
  return { tags: [], custom_fields: custom === undefined ? [] : [{ id: Number(custom), value: text }], ...set } as unknown as Ticket;
}

const NOBODY = { user: () => undefined } as unknown as RuleFacts['world'];
