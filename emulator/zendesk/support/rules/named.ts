import { type Problem, recordInvalid } from '../errors.ts';
import { type AccountList, CONDITION_FIELDS, standsAlone } from './conditions/fields.ts';
import { textsOf } from './conditions/values.ts';
import { webhookCallOf } from './actions/notices.ts';
import type { Action, Conditions, RuleValue } from './entities.ts';
import type { Readers } from './read-world.ts';

/** What a rule says that can name something of its account. */
export interface Said {
  readonly conditions?: Conditions;
  readonly actions?: readonly Action[];
}

/** Actions that name what no condition of theirs does. */
const OF_ACTIONS: Readonly<Record<string, AccountList>> = { follower: 'agents', cc: 'people', notification_user: 'people', notification_group: 'groups' }; // prettier-ignore

const PEOPLE = ['current_user', 'requester_id', 'assignee_id', 'submitter_id', 'requester_and_ccs', 'all_agents'];
/** Words that stand for ids. */
const WORDS: Partial<Record<AccountList, readonly string[]>> = { groups: ['current_groups', 'group_id'], agents: PEOPLE, people: PEOPLE };

/** Who knows what rules name. A rule may name any webhook where nobody does. */
export interface Naming {
  readonly readers: Readers;
  readonly knowsWebhook: ((account: string, id: string) => boolean) | undefined;
}

/**
 * A rule that is made, or says something else than before, names nothing that the account has not (recorded of an organization in a
 * view, where everything that is wrong is told at once; inferred for the rest). @throws ApiError 422
 */
export function checkNamed(naming: Naming, account: string, rule: Said, before: Said | undefined): void {
  if (before && JSON.stringify([before.conditions, before.actions]) === JSON.stringify([rule.conditions, rule.actions])) return;
  const { all = [], any = [] } = rule.conditions ?? {};
  const base = [
    ...[...all, ...any].flatMap(({ field, operator, value }) =>
      strangers(naming.readers, account, 'Condition', field, standsAlone(operator) ? null : value),
    ),
    ...(rule.actions ?? []).flatMap((action) => ofAction(naming, account, action)),
  ];
  if (base.length > 0) throw recordInvalid({ base });
}

function ofAction({ readers, knowsWebhook }: Naming, account: string, action: Action): Problem[] {
  const { field, value } = action;
  const call = webhookCallOf(action);
  if (call) return knowsWebhook === undefined || knowsWebhook(account, call.webhook) ? [] : [gone('Webhook', call.webhook)];
  const told = field === 'notification_user' || field === 'notification_group';
  return strangers(readers, account, 'Action', field, told && Array.isArray(value) ? (value[0] ?? null) : value);
}

function strangers(readers: Readers, account: string, what: 'Condition' | 'Action', field: string, value: RuleValue): Problem[] {
  const custom = /^(?:(user|requester|organization)\.)?custom_fields[_.](.+)$/.exec(field);
  if (custom) {
    const [, of, key = ''] = custom;
    const owner = of === undefined ? 'ticket' : of === 'organization' ? 'organization' : 'user';
    return readers.fields.get(account, owner, key) ? [] : [gone('Field', key)];
  }
  const known = CONDITION_FIELDS[field];
  const list = OF_ACTIONS[field] ?? (typeof known?.values === 'string' ? known.values : undefined);
  if (list === undefined) return [];
  const named = textsOf(value).flatMap((text) => (/^[\d\s,]+$/.test(text) ? text.split(/[\s,]+/) : [text]));
  return named.flatMap((text) => {
    if (/^\d{1,16}$/.test(text)) return has(readers, account, list, Number(text)) ? [] : [gone(known?.title ?? TITLES[list], text)];
    return WORDS[list]?.includes(text) ? [] : [{ description: `${what}: ${field} ${text} is not valid`, error: 'InvalidValue' }];
  });
}

const TITLES: Readonly<Record<AccountList, string>> = { groups: 'Group', agents: 'User', people: 'User', organizations: 'Organization', forms: 'Form', brands: 'Brand', statuses: 'Ticket status', schedules: 'Schedule' }; // prettier-ignore

function gone(title: string, id: string): Problem {
  return { description: `${title} ${id} was deleted and cannot be used` };
}

function has(
  { groups, users, organizations, forms, brands, statuses, hours }: Readers,
  account: string,
  list: AccountList,
  id: number,
): boolean {
  switch (list) {
    case 'groups':
      return groups.get(account, id)?.deleted === false;
    case 'agents':
    case 'people':
      return users.get(account, id)?.active === true;
    case 'organizations':
      return organizations.get(account, id) !== undefined;
    case 'forms':
      return forms.get(account, id) !== undefined;
    case 'brands':
      return brands.list(account).some((brand) => brand.id === id);
    case 'statuses':
      return statuses.list(account).some((status) => status.id === id);
    case 'schedules':
      return hours.get(account, id) !== undefined;
  }
}
