import { ranked, timed } from './compare.ts';
import { ALL_ZONES, PRIORITIES, STATUSES, TYPES, ZONE } from './index/entries.ts';
import { or } from './index/mask.ts';
import { type Keywords, type Matcher, reference, tagged, value, words } from './matchers.ts';

/** `custom_field_123:` */
const CUSTOM_FIELD = /^custom_field_\d+$/;

const people = (keyword: string): Matcher => reference(keyword, (text, world) => world.people(text));

const KEYWORDS: Keywords = {
  id: ({ text }, table) => table.withId(Number(text)),
  status: ranked('status', STATUSES),
  priority: ranked('priority', PRIORITIES),
  ticket_type: (term, table, world) => ranked('ticket_type', TYPES)({ ...term, operator: ':' }, table, world),
  created: timed('created'),
  updated: timed('updated'),
  due_date: timed('due_date'),
  solved: timed('solved'),
  requester: people('requester'),
  assignee: people('assignee'),
  submitter: people('submitter'),
  cc: people('cc'),
  commenter: people('commenter'),
  organization: reference('organization', (text, world) => world.organizations(text)),
  group: reference('group', (text, world) => world.groups(text)),
  brand: reference('brand', (text, world) => world.brands(text)),
  form: reference('form', (text, world) => world.forms(text)),
  custom_status: value('custom_status'),
  incident_of: value('problem'),
  tags: tagged,
  external_id: value('external_id'),
  recipient: value('recipient'),
  has_attachment: value('has_attachment'),
  satisfaction: value('satisfaction'),
  subject: words(ZONE.title),
  description: words(ZONE.description),
  comment: words(ZONE.description, ZONE.comment),
  via: ({ text }, table) => table.valued('via', text === 'phone' ? 'voice' : text),
  fieldvalue: value('fieldvalue'),
};

/** Undefined when tickets have no such keyword. */
export function ticketMatcher(keyword: string | undefined): Matcher | undefined {
  if (keyword === undefined) return freeText;
  if (CUSTOM_FIELD.test(keyword)) return value(keyword);
  return Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
}

/** Subject, comments, tags, values of fields, and the ticket's number. */
const freeText: Matcher = ({ text }, table) => {
  const number = /^#?(\d{1,15})$/.exec(text)?.[1];
  const found = table.worded(text, ALL_ZONES);
  return number === undefined ? found : or(found, table.withId(Number(number)));
};
