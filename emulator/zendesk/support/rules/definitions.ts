import type { Support } from '../index.ts';
import type { FieldOwner } from '../entities.ts';
import type { Json } from '../wire.ts';
import { CONDITION_FIELDS, type ConditionField, CUSTOM_OPERATORS, operatorsOf, standsAlone, STATUS_VALUES } from './conditions/fields.ts';
import type { RuleKind } from './entities.ts';

type Values = readonly (readonly [value: string, title: string])[];

const OPERATOR_TITLES: Readonly<Record<string, string>> = {
  is: 'Is',
  is_not: 'Is not',
  less_than: 'Less than',
  greater_than: 'Greater than',
  less_than_equal: 'Less than or equal to',
  greater_than_equal: 'Greater than or equal to',
  changed: 'Changed',
  value: 'Changed to',
  changed_to: 'Changed to',
  value_previous: 'Changed from',
  changed_from: 'Changed from',
  not_changed: 'Not changed',
  not_value: 'Not changed to',
  not_changed_to: 'Not changed to',
  not_value_previous: 'Not changed from',
  not_changed_from: 'Not changed from',
  includes: 'Contains at least one of the following',
  not_includes: 'Contains none of the following',
};

/** The fields, operators and values that conditions of an account's rules can have (documented shape). */
export function conditionDefinitions(support: Support, account: string, kind: RuleKind): { all: Json[]; any: Json[] } {
  const all = Object.entries(CONDITION_FIELDS)
    .filter(([, field]) => field.kinds.includes(kind))
    .map(([subject, field]) => ({ json: definition(support, account, subject, field, kind), onlyAll: field.onlyAll === true }));
  const custom = customDefinitions(support, account, kind);
  return {
    all: [...all.map(({ json }) => json), ...custom],
    any: [...all.filter(({ onlyAll }) => !onlyAll).map(({ json }) => json), ...custom],
  };
}

export function triggerDefinitions(support: Support, account: string): Json {
  const { all, any } = conditionDefinitions(support, account, 'trigger');
  return { conditions_all: all, conditions_any: any, actions: actionDefinitions(support, account, 'trigger') };
}

/** What actions there are, each with its values. */
export function actionDefinitions(support: Support, account: string, kind: RuleKind): Json[] {
  const of = (subject: string): readonly Json[] => shown(valuesOf(support, account, CONDITION_FIELDS[subject]?.values));
  const action = (subject: string, title: string, type: string, more: Json = {}): Json => ({ ...about(subject, title, type), ...more });
  const statuses = STATUS_VALUES.filter(([value]) => kind !== 'macro' || (value !== 'new' && value !== 'closed'));
  const fields = [
    action('status', 'Status', 'list', { values: shown(statuses) }),
    ...['custom_status_id', 'type', 'priority', 'group_id', 'assignee_id', 'brand_id', 'ticket_form_id'].map((subject) =>
      action(subject, CONDITION_FIELDS[subject]?.title ?? subject, 'list', { values: of(subject) }),
    ),
    action('set_tags', 'Set tags', 'tags'),
    action('current_tags', 'Add tags', 'tags'),
    action('remove_tags', 'Remove tags', 'tags'),
    action('follower', 'Add follower', 'list', { values: of('assignee_id') }),
    action('comment_value', 'Comment/description', 'text'),
    action('comment_value_html', 'Rich content', 'rich_text'),
    action('comment_mode_is_public', 'Comment mode', 'list', { values: shown([['true', 'Public'], ['false', 'Private']]) }), // prettier-ignore
    action('subject', 'Set subject', 'text'),
    action('cc', 'Add CC', 'list', { values: of('assignee_id') }),
  ];
  const notices = [
    action('notification_user', 'Email user', 'list', { group: 'notification', repeatable: true }),
    action('notification_group', 'Email group', 'list', { group: 'notification', repeatable: true, values: of('group_id') }),
    action('satisfaction_score', 'Satisfaction', 'list', { values: shown([['offered', 'Offered to requester']]) }),
    action('notification_webhook', 'Notify active webhook', 'list', { group: 'notification', repeatable: true }),
  ];
  const custom = support.fields
    .custom(account, 'ticket')
    .map((field) => action(`custom_fields_${field.id}`, field.title, field.options.length > 0 ? 'list' : 'text'));
  return [...fields, ...custom, ...(kind === 'macro' ? [] : notices)];
}

function definition(support: Support, account: string, subject: string, field: ConditionField, kind: RuleKind): Json {
  const values = valuesOf(support, account, field.values);
  return {
    ...about(subject, field.title, field.type),
    group: field.group,
    nullable: field.nullable ?? false,
    operators: operatorsShown(operatorsOf(subject, kind)),
    ...(values.length > 0 ? { values: shown(values) } : {}),
  };
}

function customDefinitions(support: Support, account: string, kind: RuleKind): Json[] {
  const operators = operatorsShown(kind === 'trigger' ? CUSTOM_OPERATORS : operatorsOf('custom_fields_0', kind));
  const of = (owner: FieldOwner, subject: (field: { id: number; key: string | null }) => string): Json[] =>
    support.fields.custom(account, owner).map((field) => ({
      ...about(subject(field), field.title, field.options.length > 0 ? 'list' : 'text'),
      nullable: true,
      operators,
      ...(field.options.length > 0 ? { values: shown(field.options.map(({ value, name }) => [value, name] as const)) } : {}),
    }));
  const tickets = of('ticket', ({ id }) => `custom_fields_${id}`);
  if (kind === 'view') return tickets;
  return [
    ...tickets,
    ...of('user', ({ key }) => `requester.custom_fields.${key}`),
    ...of('organization', ({ key }) => `organization.custom_fields.${key}`),
  ];
}

function about(subject: string, title: string, type: string): Json {
  return { title, subject, type, group: 'ticket', nullable: false, repeatable: false };
}

function operatorsShown(operators: readonly string[]): Json[] {
  return [...new Set(operators)].map((value) => ({
    value,
    title: OPERATOR_TITLES[value] ?? value.replaceAll('_', ' '),
    terminal: standsAlone(value),
  }));
}

function shown(values: Values): Json[] {
  return values.map(([value, title]) => ({ value, title, enabled: true }));
}

function valuesOf(support: Support, account: string, values: ConditionField['values']): Values {
  const named = (rows: readonly { id: number; name: string }[]): Values => rows.map(({ id, name }) => [String(id), name]);
  switch (values) {
    case undefined:
      return [];
    case 'groups':
      return named(support.groups.list(account));
    case 'agents':
      return [['current_user', '(current user)'], ['requester_id', '(requester)'], ...named(support.users.list(account, { where: { role: { in: ['agent', 'admin'] }, active: 1 }, limit: 1_000 }))]; // prettier-ignore
    case 'people':
      return [['current_user', '(current user)'], ['assignee_id', '(assignee)']]; // prettier-ignore
    case 'organizations':
      return named(support.organizations.list(account, { limit: 1_000 }));
    case 'brands':
      return named(support.brands.list(account));
    case 'forms':
      return named(support.forms.list(account));
    case 'schedules':
      return named(support.hours.list(account));
    case 'statuses':
      return support.statuses.list(account).map((status) => [String(status.id), status.agent_label]);
    default:
      return values;
  }
}
