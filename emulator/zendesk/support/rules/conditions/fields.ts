import type { RuleKind } from '../entities.ts';
import { languageName, LANGUAGES } from '../../languages.ts';
import { HOUR_FIELDS } from './hours.ts';

/** What an account has a list of. */
export type AccountList = 'groups' | 'agents' | 'people' | 'organizations' | 'forms' | 'brands' | 'statuses' | 'schedules';

/** One field of conditions (vendor article "Conditions reference"). */
export interface ConditionField {
  readonly title: string;
  readonly group: string;
  readonly kinds: readonly RuleKind[];
  readonly operators: readonly string[];
  readonly type: 'list' | 'text' | 'tags' | 'hours' | 'number';
  /** What its values can be: a fixed list, or a list of the account's. */
  readonly values?: readonly (readonly [value: string, title: string])[] | AccountList;
  readonly nullable?: boolean;
  /** Only `all` may hold it. */
  readonly onlyAll?: boolean;
}

const TRIGGERS: readonly RuleKind[] = ['trigger'];
const TIMED: readonly RuleKind[] = ['automation', 'view'];
const BOTH: readonly RuleKind[] = ['trigger', 'automation'];
const EVERYWHERE: readonly RuleKind[] = ['trigger', 'automation', 'view'];

const IS = ['is', 'is_not'];
const ORDER = ['less_than', 'greater_than'];
const CHANGES = ['changed', 'value', 'value_previous', 'not_changed', 'not_value', 'not_value_previous'];
/** Newer names of the same. */
const NEW_CHANGES = ['changed', 'changed_to', 'changed_from', 'not_changed', 'not_changed_to', 'not_changed_from'];
const WORDS = ['includes', 'not_includes', 'is', 'is_not'];
const COUNTS = ['less_than', 'greater_than', 'is'];
const HOURS = ['is', 'less_than', 'greater_than', 'is_business_hours', 'less_than_business_hours', 'greater_than_business_hours'];
/** Of fields that the account makes itself. */
export const CUSTOM_OPERATORS: readonly string[] = [
  ...IS,
  ...ORDER,
  ...CHANGES,
  ...NEW_CHANGES,
  'present',
  'not_present',
  'includes',
  'not_includes',
  'includes_words',
  'not_includes_words',
  'includes_string',
  'not_includes_string',
  'less_than_equal',
  'greater_than_equal',
  'within_previous_n_days',
  'within_next_n_days',
];
/** Operators that only make sense on an update. */
const ON_UPDATE = new Set([...CHANGES, ...NEW_CHANGES]);

const YES_NO = [['true', 'Yes'], ['false', 'No']] as const; // prettier-ignore
const titles = (...words: string[]): (readonly [string, string])[] =>
  words.map((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]);

export const STATUS_VALUES = titles('new', 'open', 'pending', 'hold', 'solved', 'closed');
export const TYPE_VALUES = titles('question', 'incident', 'problem', 'task');
export const PRIORITY_VALUES = titles('low', 'normal', 'high', 'urgent');

const field = (
  title: string,
  kinds: readonly RuleKind[],
  operators: readonly string[],
  more: Partial<ConditionField> = {},
): ConditionField => ({
  title,
  group: 'ticket',
  kinds,
  operators,
  type: 'list',
  ...more,
});

const HOUR_TITLES: Readonly<Record<string, string>> = {
  NEW: 'Hours since created',
  due_date: 'Hours since due date',
  until_due_date: 'Hours until due date',
  requester_updated_at: 'Hours since requester update',
  assignee_updated_at: 'Hours since assignee update',
  updated_at: 'Hours since update',
  assigned_at: 'Hours since assigned',
  created_at: 'Hours since created',
};

export const CONDITION_FIELDS: Readonly<Record<string, ConditionField>> = {
  status: field('Status', EVERYWHERE, [...IS, ...ORDER, ...CHANGES, ...NEW_CHANGES], { values: STATUS_VALUES }),
  custom_status_id: field('Ticket status', EVERYWHERE, ['includes', 'not_includes', ...IS, ...NEW_CHANGES, ...CHANGES], {
    values: 'statuses',
  }),
  type: field('Type', EVERYWHERE, [...IS, ...CHANGES, ...NEW_CHANGES], { values: TYPE_VALUES, nullable: true }),
  priority: field('Priority', EVERYWHERE, [...IS, ...ORDER, ...CHANGES, ...NEW_CHANGES], { values: PRIORITY_VALUES, nullable: true }),
  group_id: field('Group', EVERYWHERE, [...IS, ...CHANGES, ...NEW_CHANGES], { values: 'groups', nullable: true }),
  assignee_id: field('Assignee', EVERYWHERE, [...IS, ...CHANGES, ...NEW_CHANGES], { values: 'agents', nullable: true }),
  requester_id: field('Requester', EVERYWHERE, [...IS, ...CHANGES, ...NEW_CHANGES], { values: 'people', group: 'requester' }),
  organization_id: field('Organization', EVERYWHERE, [...IS, ...CHANGES, ...NEW_CHANGES], { values: 'organizations', nullable: true }),
  brand_id: field('Brand', EVERYWHERE, [...IS, ...NEW_CHANGES, ...CHANGES], { values: 'brands' }),
  ticket_form_id: field('Form', EVERYWHERE, [...IS, ...NEW_CHANGES, ...CHANGES], { values: 'forms' }),
  current_tags: field('Tags', EVERYWHERE, ['includes', 'not_includes'], { type: 'tags' }),
  via_id: field('Channel', EVERYWHERE, IS),
  recipient: field('Received at', EVERYWHERE, IS, { type: 'text' }),
  locale_id: field("Requester's language", EVERYWHERE, IS, {
    group: 'requester',
    values: LANGUAGES.map((language) => [String(language.id), languageName(language)]),
  }),
  satisfaction_score: field('Satisfaction', EVERYWHERE, [...IS, ...ORDER, ...CHANGES, ...NEW_CHANGES], {
    values: [
      ['true', 'Unoffered'],
      ['false', 'Offered'],
      ['bad', 'Bad'],
      ['bad_with_comment', 'Bad with comment'],
      ['good', 'Good'],
      ['good_with_comment', 'Good with comment'],
    ],
  }),
  ticket_is_public: field('Privacy', EVERYWHERE, IS, { values: [['public', 'Ticket has public comments'], ['private', 'Ticket is private']] }), // prettier-ignore
  description_includes_word: field('Description', TIMED, WORDS, { type: 'text' }),
  subject_includes_word: field('Subject text', EVERYWHERE, WORDS, { type: 'text' }),
  comment_includes_word: field('Comment text', TRIGGERS, WORDS, { type: 'text' }),
  current_via_id: field('Update via', TRIGGERS, IS),
  update_type: field('Ticket', TRIGGERS, IS, { values: [['Create', 'Is created'], ['Change', 'Is updated']] }), // prettier-ignore
  comment_is_public: field('Comment', TRIGGERS, IS, {
    values: [
      ['true', 'Public'],
      ['false', 'Private'],
      ['not_relevant', 'Present (public or private)'],
      ['requester_can_see_comment', 'Present, and requester can see the comment'],
    ],
  }),
  role: field('Current user', TRIGGERS, IS, { values: [['agent', '(agent)'], ['end_user', '(end user)']] }), // prettier-ignore
  requester_role: field('Requester role', BOTH, IS, { group: 'requester', values: [['0', 'End user'], ['4', 'Agent'], ['2', 'Admin']] }), // prettier-ignore
  reopens: field('Reopens', TRIGGERS, COUNTS, { type: 'number' }),
  replies: field('Agent replies', TRIGGERS, COUNTS, { type: 'number' }),
  agent_stations: field('Assignee stations', TRIGGERS, COUNTS, { type: 'number' }),
  group_stations: field('Group stations', TRIGGERS, COUNTS, { type: 'number' }),
  in_business_hours: field('Within business hours?', TRIGGERS, IS, { values: YES_NO }),
  on_a_holiday: field('On a holiday?', TRIGGERS, IS, { values: YES_NO }),
  within_schedule: field('Within schedule', TRIGGERS, IS, { values: 'schedules' }),
  exact_created_at: field('Created', ['view'], ['less_than', 'less_than_equal', 'greater_than', 'greater_than_equal'], { type: 'text' }),
  ...Object.fromEntries(
    HOUR_FIELDS.map((name) => [
      name,
      field(HOUR_TITLES[name] ?? `Hours since ${name.toLowerCase()}`, TIMED, HOURS, { type: 'hours', onlyAll: true }),
    ]),
  ),
};

/** Exist at the vendor; here nothing would make them true. */
export const LATER_CONDITIONS: readonly string[] = [
  'satisfaction_probability',
  'requester_twitter_followers_count',
  'requester_twitter_statuses_count',
  'requester_twitter_verified',
  'sla_next_breach_at',
  'until_sla_next_breach_at',
  'skills_match',
  'attachment',
  'linked_to_problem',
  'sharing_agreement',
  'ticket_field_validation',
  'sentiment',
  'intent',
];

export const isCustomField = (name: string): boolean =>
  /^custom_fields_\d+$/.test(name) || /^(user|requester|organization)\.custom_fields[._].+$/.test(name);

/** The operators that a field takes in rules of a kind; views and automations know no changes. */
export function operatorsOf(name: string, kind: RuleKind): readonly string[] {
  const all = isCustomField(name) ? CUSTOM_OPERATORS : (CONDITION_FIELDS[name]?.operators ?? []);
  return kind === 'trigger' ? all : all.filter((operator) => !ON_UPDATE.has(operator));
}

/** Whether the operator stands without a value. */
export function standsAlone(operator: string): boolean {
  return ['changed', 'not_changed', 'present', 'not_present'].includes(operator);
}
