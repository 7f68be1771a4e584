import type { Ticket, User } from '../../entities.ts';
import { spokenBy } from '../../languages.ts';
import type { Condition, Conditions, RuleValue } from '../entities.ts';
import { ticketPast, type TicketPast } from '../history.ts';
import { auditsOf, currentUserId, type RuleFacts } from '../world.ts';
import { isHourField, testHours } from './hours.ts';
import { single, testTags, testValue, testWords, rankOf } from './tests.ts';
import { customValue, groupsOf, personOf, textOf, textsOf } from './values.ts';

type Test = (condition: Condition, facts: RuleFacts) => boolean;

/** Whether the rule holds: all of `all` and, where there are some, one of `any`. */
export function holds({ all, any }: Conditions, facts: RuleFacts): boolean {
  return all.every((condition) => met(condition, facts)) && (any.length === 0 || any.some((condition) => met(condition, facts)));
}

/** Whether one condition is met. A field that nobody knows is never met: writes refuse it. */
export function met(condition: Condition, facts: RuleFacts): boolean {
  const { field } = condition;
  if (isHourField(field)) return testHours(condition, facts);
  const own = Object.hasOwn(TESTS, field) ? TESTS[field] : undefined;
  if (own) return own(condition, facts);
  const ticketField = /^custom_fields_(\d+)$/.exec(field)?.[1];
  if (ticketField !== undefined) return custom(condition, facts, (ticket) => customValue(ticket, Number(ticketField)));
  const [, owner, key] = /^(user|requester|organization)\.custom_fields[._](.+)$/.exec(field) ?? [];
  if (owner === undefined || key === undefined) return false;
  const value =
    owner === 'organization'
      ? facts.world.organization(facts.ticket.organization_id)?.organization_fields[key]
      : facts.world.user(facts.ticket.requester_id)?.user_fields[key];
  const now = textOf(value);
  return testValue(condition, { now, before: now, wanted: single(condition.value) }, facts);
}

/** A property of the ticket whose value is a text or id. */
function property(name: keyof Ticket, wanted: (value: RuleValue, facts: RuleFacts) => (string | null)[] = single): Test {
  return (condition, facts) => {
    const { ticket, before } = facts;
    const reading = { now: textOf(ticket[name]), before: textOf(before?.[name]), wanted: wanted(condition.value, facts) };
    return testValue(condition, { ...reading, rank: rankOf(name) }, facts);
  };
}

/** Each of the people that a condition names; nobody where it names none. */
function people(value: RuleValue, facts: RuleFacts): (string | null)[] {
  const named = textsOf(value);
  return named.length === 0 ? [null] : named.map((each) => personOf(each, facts));
}

function custom(condition: Condition, facts: RuleFacts, read: (ticket: Ticket) => unknown): boolean {
  const [now, before] = [read(facts.ticket), facts.before && read(facts.before)];
  if (Array.isArray(now) && /includes/.test(condition.operator)) return testTags(condition.operator, now.map(String), condition.value);
  const boolean = typeof now === 'boolean' || typeof before === 'boolean';
  // An unticked box is as good as a box never touched.
  const text = (value: unknown): string | null => (boolean && value !== true ? 'false' : textOf(value));
  const wanted = textsOf(condition.value).includes('false') && now === null ? [null, 'false'] : single(condition.value);
  return testValue(condition, { now: text(now), before: text(before), wanted }, facts);
}

/** A number that is counted from what the ticket went through. */
function counted(read: (past: TicketPast) => number): Test {
  return (condition, facts) => {
    const now = String(read(ticketPast(facts.ticket, auditsOf(facts), facts.world)));
    return testValue(condition, { now, before: now, wanted: single(condition.value) }, facts);
  };
}

/** Whether the condition holds, as its operator has it, of something that is or is not so. */
function is({ operator }: Condition, so: boolean): boolean {
  return (operator === 'is_not') !== so;
}

function flag(condition: Condition, so: boolean): boolean {
  return is(condition, (textOf(condition.value) === 'true') === so);
}

/** `true` is unoffered, `false` offered (documented). */
function ratingOf({ satisfaction }: Ticket): string {
  if (!satisfaction) return 'true';
  if (satisfaction.score === 'offered') return 'false';
  return satisfaction.comment ? `${satisfaction.score}_with_comment` : satisfaction.score;
}

const TESTS: Readonly<Record<string, Test>> = {
  status: property('status'),
  custom_status_id: (condition, facts) =>
    /includes/.test(condition.operator)
      ? testTags(condition.operator, [String(facts.ticket.custom_status_id)], condition.value)
      : property('custom_status_id')(condition, facts),
  type: property('type'),
  priority: property('priority'),
  group_id: property('group_id', groupsOf),
  assignee_id: property('assignee_id', people),
  requester_id: property('requester_id', people),
  organization_id: property('organization_id'),
  brand_id: property('brand_id'),
  ticket_form_id: property('ticket_form_id'),
  recipient: property('recipient'),
  current_tags: ({ operator, value }, { ticket }) => testTags(operator, ticket.tags, value),
  via_id: (condition, { ticket }) => is(condition, textsOf(condition.value).includes(String(ticket.via.via_id))),
  current_via_id: (condition, { update }) => is(condition, textsOf(condition.value).includes(String(update?.viaId ?? ''))),
  locale_id: (condition, { world, ticket }) =>
    is(condition, textsOf(condition.value).includes(String(spokenBy(world.user(ticket.requester_id)).id))),
  update_type: (condition, { update }) => is(condition, textOf(condition.value) === update?.type),
  subject_includes_word: ({ operator, value }, { ticket }) => testWords(operator, ticket.subject ?? '', value),
  description_includes_word: ({ operator, value }, { ticket }) =>
    testWords(operator, `${ticket.subject ?? ''} ${ticket.description}`, value),
  comment_includes_word: ({ operator, value }, { ticket, update }) =>
    testWords(operator, [ticket.subject ?? '', ...(update?.comments ?? []).map((comment) => comment.body)].join(' '), value),
  comment_is_public: (condition, { update }) => is(condition, commentIs(textOf(condition.value), update?.comments ?? [])),
  satisfaction_score: (condition, facts) => {
    const [now, before] = [ratingOf(facts.ticket), facts.before ? ratingOf(facts.before) : null];
    return testValue(condition, { now, before, wanted: single(condition.value), rank: rankOf('satisfaction_score') }, facts);
  },
  ticket_is_public: (condition, { ticket }) => is(condition, textOf(condition.value) === (ticket.is_public ? 'public' : 'private')),
  role: (condition, facts) => is(condition, textsOf(condition.value).some((role) => isRole(role, facts))), // prettier-ignore
  requester_role: (condition, { world, ticket }) =>
    is(condition, textsOf(condition.value).includes(roleNumber(world.user(ticket.requester_id)))),
  in_business_hours: (condition, { world }) => flag(condition, world.hours.isOpen(world.account, world.now)),
  on_a_holiday: (condition, { world }) => flag(condition, world.hours.isHoliday(world.account, world.now)),
  // Outside a schedule that there is no more.
  within_schedule: (condition, { world: { account, hours, now } }) =>
    is(condition, textsOf(condition.value).some((id) => hours.get(account, Number(id)) && hours.isOpen(account, now, Number(id)))), // prettier-ignore
  reopens: counted((past) => past.reopens),
  replies: counted((past) => past.replies),
  agent_stations: counted((past) => past.agentStations),
  group_stations: counted((past) => past.groupStations),
  exact_created_at: (condition, facts) => {
    // As numbers: the same moment can be written in many ways.
    const moment = (text: string): string => String(Date.parse(text));
    return testValue(
      condition,
      { now: moment(facts.ticket.created_at), before: null, wanted: textsOf(condition.value).map(moment) },
      facts,
    );
  },
};

/** Fields without digits or dots in their names that conditions know. */
export const TESTED_FIELDS: readonly string[] = Object.keys(TESTS);

/** `true` a public comment, `false` a private one, `not_relevant` any, `requester_can_see_comment` a public one. */
function commentIs(value: string | null, comments: readonly { readonly public: boolean }[]): boolean {
  if (value === 'not_relevant') return comments.length > 0;
  return comments.some((comment) => comment.public === (value !== 'false'));
}

/** Who updates: `agent` (admins too), `admin`, `end_user`, or a user's id. */
function isRole(value: string, facts: RuleFacts): boolean {
  const id = currentUserId(facts);
  const user = facts.world.user(id);
  if (value === 'end_user' || value === 'end-user') return user?.role === 'end-user';
  if (value === 'agent') return user?.role === 'agent' || user?.role === 'admin';
  if (value === 'admin') return user?.role === 'admin';
  return id !== null && personOf(value, facts) === String(id);
}

/** 0 end user, 2 admin, 4 agent (numbers inferred from public exports of triggers). */
function roleNumber(user: User | undefined): string {
  return user?.role === 'admin' ? '2' : user?.role === 'agent' ? '4' : '0';
}
