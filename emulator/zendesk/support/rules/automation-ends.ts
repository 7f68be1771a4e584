import { OFFER_FIELD, withOffer } from './actions/rating-offer.ts';
import { testTags } from './conditions/tests.ts';
import { asIfSet } from './conditions/probe.ts';
import { textOf, textsOf, wordsOf } from './conditions/values.ts';
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
    const tags = textsOf(value).flatMap(wordsOf);
    if (action.field === 'set_tags') return !testTags(operator, textsOf(action.value).flatMap(wordsOf), value);
    if (action.field === 'current_tags') return operator === 'not_includes' && sharesOne(tags, action);
    if (action.field === 'remove_tags') return operator === 'includes' && sharesOne(tags, action);
    return false;
  }
  if (action.field !== field) return false;
  if (field === OFFER_FIELD) return !met(condition, { ticket: withOffer(asIfSet('', null), action), world: NOBODY });
  return !met(condition, { ticket: asIfSet(field, textOf(action.value)), world: NOBODY });
}

function sharesOne(tags: readonly string[], action: Action): boolean {
  return textsOf(action.value)
    .flatMap(wordsOf)
    .some((tag) => tags.includes(tag));
}

const NOBODY = { user: () => undefined } as unknown as RuleFacts['world'];
