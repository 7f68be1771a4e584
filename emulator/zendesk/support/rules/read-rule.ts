import { invalidAttribute, notEmulated, recordInvalid } from '../errors.ts';
import { isObject } from '../routes/permit.ts';
import { COMMENT_FIELDS, isPatching } from './actions/patches.ts';
import { NOTICE_FIELDS, webhookCallOf } from './actions/notices.ts';
import { OFFER_FIELD, OFFERED } from './actions/rating-offer.ts';
import { CONDITION_FIELDS, isCustomField, LATER_CONDITIONS, operatorsOf, standsAlone } from './conditions/fields.ts';
import { textsOf } from './conditions/values.ts';
import type { Action, Condition, Conditions, RuleKind, RuleValue } from './entities.ts';

/** Exist at the vendor; here they could only pretend. */
const LATER_ACTIONS = new Set([
  'notification_target',
  'notification_sms_user',
  'notification_sms_group',
  'tweet_requester',
  'locale_id',
  'add_skills',
  'set_skills',
  'remove_skills',
  'share_ticket',
  'set_schedule',
  'side_conversation',
  'side_conversation_ticket',
  'side_conversation_slack',
  'deflection',
  'notification_messaging_csat',
  'notification_zis',
  'due_date',
  'external_message',
]);

/** Fields of which a view or automation must have one in `all` (vendor articles "Views" and "Automations"). */
const ANCHORS = ['status', 'custom_status_id', 'type', 'group_id', 'assignee_id', 'requester_id'];
const ENUMS = ['status', 'type', 'priority'];

/**
 * The conditions of a write: top-level `all` and `any`, or inside `conditions` (both recorded); undefined without any.
 * @throws ApiError 400 for a malformed one, 422 for one that the vendor does not know, 501 for one that is not emulated
 */
export function readConditions(body: Record<string, unknown>, kind: RuleKind, action: string): Conditions | undefined {
  const nested = body['conditions'];
  if (nested !== undefined && nested !== null && !isObject(nested)) throw invalidAttribute('conditions', 'must be a hash', action);
  const source = isObject(nested) ? nested : body;
  if (source['all'] === undefined && source['any'] === undefined) return undefined;
  const read = (name: 'all' | 'any'): Condition[] => list(source[name], name, action).map((each) => conditionOf(each, name, kind, action));
  const conditions = { all: read('all'), any: read('any') };
  checkConditions(conditions, kind);
  return conditions;
}

function list(value: unknown, name: string, action: string): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw invalidAttribute(name, 'must be an array of hashes', action);
  return value;
}

function conditionOf(written: Record<string, unknown>, name: string, kind: RuleKind, action: string): Condition {
  const { field, operator = 'is' } = written;
  if (typeof field !== 'string') throw invalidAttribute(`${name}.field`, 'must be a string', action);
  if (operator !== null && typeof operator !== 'string') throw invalidAttribute(`${name}.operator`, 'must be a string', action);
  return { field, operator: operator ?? 'is', value: valueOf(written['value'], `${name}.value`, action) ?? null };
}

/** Lists lie in lists in lists: `[webhook, [[name, value], …]]`. */
const DEEPEST_VALUE = 3;

function valueOf(value: unknown, name: string, action: string, depth = 0): RuleValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && depth < DEEPEST_VALUE) return value.map((each) => valueOf(each, name, action, depth + 1));
  throw invalidAttribute(name, 'must be a string', action);
}

function checkConditions({ all, any }: Conditions, kind: RuleKind): void {
  for (const condition of [...all, ...any]) checkCondition(condition, kind);
  const timed = any.find(({ field }) => CONDITION_FIELDS[field]?.onlyAll);
  if (timed) throw refused('conditions', `Condition ${timed.field} can only be used in "all"`);
  if (kind === 'trigger' ? all.length + any.length === 0 : !all.some(({ field }) => ANCHORS.includes(field)))
    throw kind === 'trigger' ? refused('conditions', 'Conditions: cannot be blank') : unanchored(kind);
}

/** Recorded of views. */
function unanchored(kind: RuleKind): Error {
  const rule = kind === 'view' ? 'View' : 'Automation';
  const description = `${rule} must test for at least <strong>one</strong> of the following ticket properties in the ALL conditions section: Status, Type, Group, Assignee, Requester.`;
  return recordInvalid({ base: [{ description }] });
}

function checkCondition({ field, operator, value }: Condition, kind: RuleKind): void {
  if (LATER_CONDITIONS.includes(field)) throw notEmulated(`the condition ${field}`);
  const known = Object.hasOwn(CONDITION_FIELDS, field) ? CONDITION_FIELDS[field] : undefined;
  if (!isCustomField(field) && !known?.kinds.includes(kind)) throw refused('conditions', `Condition: ${field} is not valid`);
  if (!operatorsOf(field, kind).includes(operator)) throw refused('conditions', `Condition: ${field} ${operator} is not valid`);
  if (standsAlone(operator)) return;
  const texts = textsOf(value);
  if (texts.some((text) => !mayBe(field, text))) throw refused('conditions', `Condition: ${field} ${texts.join(' ')} is not valid`);
  if (field === 'exact_created_at' && (texts.length !== 1 || !isMoment(texts[0] ?? '')))
    throw refused('conditions', `Condition: ${field} takes a date and time`);
  if (known?.type === 'hours' && (texts.length !== 1 || !/^\d{1,6}$/.test(texts[0] ?? '')))
    throw refused('conditions', `Condition: ${field} takes a number of hours`);
}

/** Further values of fields with a list of their own: who acts is also named by id, or by what they are on the ticket. */
const MORE_VALUES: Readonly<Record<string, RegExp>> = {
  role: /^(?:\d{1,16}|admin|end-user|current_user|requester_id|assignee_id|submitter_id)$/,
  via_id: /^\d{1,3}$/,
  current_via_id: /^\d{1,3}$/,
};

/** Whether a field's value can be the text; what the account has is looked up by `checkNamed`. */
function mayBe(field: string, text: string): boolean {
  const { values, type } = CONDITION_FIELDS[field] ?? {};
  if (MORE_VALUES[field]?.test(text)) return true;
  if (type === 'number') return /^\d{1,9}$/.test(text);
  return typeof values === 'object' ? values.some(([allowed]) => allowed === text) : MORE_VALUES[field] === undefined;
}

/** A date, or a date with a time (ISO 8601). */
function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The actions of a write; undefined without any. @throws ApiError as `readConditions` */
export function readActions(body: Record<string, unknown>, kind: RuleKind, action: string): Action[] | undefined {
  if (body['actions'] === undefined) return undefined;
  const actions = list(body['actions'], 'actions', action).map((written): Action => {
    const { field } = written;
    if (typeof field !== 'string') throw invalidAttribute('actions.field', 'must be a string', action);
    return { field, value: valueOf(written['value'], 'actions.value', action) };
  });
  if (actions.length === 0) throw refused('actions', 'Actions: cannot be blank');
  for (const each of actions) checkAction(each, kind);
  return actions;
}

function checkAction({ field, value }: Action, kind: RuleKind): void {
  if (LATER_ACTIONS.has(field)) throw notEmulated(`the action ${field}`);
  const notice = NOTICE_FIELDS.includes(field) && kind !== 'macro';
  const offer = field === OFFER_FIELD && kind !== 'macro';
  if (!notice && !offer && !isPatching(field) && !COMMENT_FIELDS.includes(field)) throw refused('actions', `Action: ${field} is not valid`);
  const texts = textsOf(value);
  if (ENUMS.includes(field) && texts.some((text) => !mayBe(field, text)))
    throw refused('actions', `Action: ${field} ${texts.join(' ')} is not valid`);
  if (offer && (texts.length !== 1 || texts[0] !== OFFERED)) throw refused('actions', `Action: ${field} ${texts.join(' ')} is not valid`);
  if (field === 'status' && texts.length === 0) throw refused('actions', 'Action: status cannot be blank');
  // Macros take neither of these two (vendor article "Actions reference").
  if (field === 'status' && kind === 'macro' && (texts[0] === 'new' || texts[0] === 'closed'))
    throw refused('actions', `Action: status ${texts[0]} is not valid`);
  if (notice && (texts.length === 0 || webhookCallOf({ field, value })?.webhook === ''))
    throw refused('actions', `Action: ${field} cannot be blank`);
}

/** Wording inferred. */
export function refused(property: string, description: string): Error {
  return recordInvalid({ [property]: [{ description, error: 'InvalidValue' }] });
}
