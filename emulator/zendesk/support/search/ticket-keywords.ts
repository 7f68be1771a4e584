import { commentsOf } from '../tickets/comments.ts';
import type { Audit, Ticket } from '../entities.ts';
import { viaChannel, viaType } from '../tickets/via.ts';
import { byRank, byTime } from './compare.ts';
import { type Keywords, type Matcher, reference, sameText, type SearchWorld, tagsMatcher } from './matchers.ts';
import type { SearchTerm } from './query.ts';
import { wordsMatcher } from './words.ts';

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const PEOPLE = (text: string, world: SearchWorld): ReadonlySet<number> => world.people(text);

/** `custom_field_123:` */
const CUSTOM_FIELD = /^custom_field_(\d+)$/;

const KEYWORDS: Keywords<Ticket> = {
  id: (term) => ({ test: (ticket) => String(ticket.id) === term.text }),
  status: (term) => of(byRank(STATUSES, term), (ticket) => ticket.status),
  priority: (term) => of(byRank(PRIORITIES, term), (ticket) => ticket.priority),
  ticket_type: (term) => of(byRank([], term), (ticket) => ticket.type),
  created: (term, world) => of(byTime(term, world.now), (ticket) => ticket.created_at),
  updated: (term, world) => of(byTime(term, world.now), (ticket) => ticket.updated_at),
  due_date: (term, world) => of(byTime(term, world.now), (ticket) => ticket.due_at),
  solved: (term, world) => of(byTime(term, world.now), (ticket) => solvedAt(ticket, world)),
  requester: reference('requester_id', (ticket) => ticket.requester_id, PEOPLE),
  assignee: reference('assignee_id', (ticket) => ticket.assignee_id, PEOPLE),
  submitter: reference(undefined, (ticket) => ticket.submitter_id, PEOPLE),
  cc: (term, world) => {
    const wanted = world.people(term.text);
    return { test: (ticket) => [...ticket.email_cc_ids, ...ticket.follower_ids].some((id) => wanted.has(id)) };
  },
  commenter: (term, world) => {
    const wanted = world.people(term.text);
    return { test: (ticket) => world.audits(ticket).some((audit) => commentsOf(audit).some(({ author_id }) => wanted.has(author_id))) };
  },
  organization: reference('organization_id', (ticket) => ticket.organization_id, (text, world) => world.organizations(text)), // prettier-ignore
  group: reference(
    undefined,
    (ticket) => ticket.group_id,
    (text, world) => world.groups(text),
  ),
  tags: tagsMatcher,
  external_id: (term) => of(sameText(term), (ticket) => ticket.external_id),
  recipient: (term) => of(sameText(term), (ticket) => ticket.recipient),
  brand: (term) => of(sameText(term), (ticket) => String(ticket.brand_id)),
  subject: (term) => of(wordsMatcher(term.text), (ticket) => ticket.subject),
  description: (term) => of(wordsMatcher(term.text), (ticket) => ticket.description),
  comment: (term, world) => inComments(wordsMatcher(term.text), world),
  via: (term) => {
    const same = sameText({ ...term, text: term.text === 'phone' ? 'voice' : term.text });
    return { test: ({ via }) => same(viaChannel(via.via_id)) || same(viaType(via.via_id)) };
  },
  fieldvalue: (term) => {
    const same = sameText(term);
    return { test: (ticket) => ticket.custom_fields.some(({ value }) => same(value)) };
  },
};

/** Undefined when tickets have no such keyword. */
export function ticketMatcher(term: SearchTerm, world: SearchWorld): Matcher<Ticket> | undefined {
  const { keyword } = term;
  if (keyword === undefined) return freeText(term, world);
  const fieldId = CUSTOM_FIELD.exec(keyword)?.[1];
  if (fieldId !== undefined)
    return of(sameText(term), (ticket) => ticket.custom_fields.find((field) => field.id === Number(fieldId))?.value);
  return Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword]?.(term, world) : undefined;
}

/** Subject, comments, tags, values of fields, and the ticket's number. */
function freeText(term: SearchTerm, world: SearchWorld): Matcher<Ticket> {
  const fits = wordsMatcher(term.text);
  const said = inComments(fits, world);
  const number = term.text.replace(/^#/, '');
  return {
    test: (ticket) =>
      String(ticket.id) === number ||
      fits(ticket.subject) ||
      ticket.tags.some(fits) ||
      ticket.custom_fields.some(({ value }) => typeof value === 'string' && fits(value)) ||
      said.test(ticket),
  };
}

/** The description is the first comment: only tickets with more are read on. */
function inComments(fits: (text: string) => boolean, world: SearchWorld): Matcher<Ticket> {
  const test = (ticket: Ticket): boolean =>
    fits(ticket.description) ||
    (ticket.comment_count > 1 && world.audits(ticket).some((audit) => commentsOf(audit).some((comment) => fits(comment.plain_body))));
  return { test };
}

function solvedAt(ticket: Ticket, world: SearchWorld): string | null {
  if (ticket.status !== 'solved' && ticket.status !== 'closed') return null;
  return world.audits(ticket).findLast(solves)?.created_at ?? null;
}

function solves(audit: Audit): boolean {
  return audit.events.some((event) => 'field_name' in event && event.field_name === 'status' && event.value === 'solved');
}

function of<Value>(test: (value: Value) => boolean, value: (ticket: Ticket) => Value): Matcher<Ticket> {
  return { test: (ticket) => test(value(ticket)) };
}
