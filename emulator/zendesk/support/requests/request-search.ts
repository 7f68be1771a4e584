import type { Comment, Ticket } from '../entities.ts';
import { distinct, parseQuery, type SearchTerm } from '../search/query.ts';
import type { SearchRequest } from '../search/search-service.ts';
import { ticketMatcher } from '../search/ticket-keywords.ts';
import { wordsMatcher } from '../search/words.ts';
import type { Viewer } from './request-view.ts';

/** What a request shows of a ticket, and what end users therefore may search by. */
const SHOWN = new Set(['id', 'status', 'priority', 'ticket_type', 'created', 'updated', 'due_date', 'solved', 'requester', 'assignee', 'organization', 'group', 'form', 'custom_status', 'recipient', 'via', 'subject']); // prettier-ignore
const PEOPLE = new Set(['requester', 'assignee']);
/** Keywords of comments; a free word may stand in the subject too. */
const SAID = new Set(['description', 'comment']);

type Test = (ticket: Ticket, comments: () => readonly Comment[]) => boolean;

/** How end users search: by what they see of tickets, in tickets that they see. */
export interface RequestSearch {
  /** For the index, which knows private comments too: it finds all that is wanted, and more. */
  readonly request: SearchRequest;
  /** Whether what is public of the ticket has the words that are wanted. */
  readonly fits: Test;
}

/**
 * Undefined when nothing can be found: by a keyword of something that requests do not show. That such a keyword finds
 * nothing, and excludes nothing when negated, is inferred.
 */
export function requestSearch(text: string, { user, organizations }: Viewer, portalFields: readonly number[]): RequestSearch | undefined {
  const { terms, orderBy, descending } = parseQuery(text);
  const shown = new Set([...SHOWN, ...portalFields.map((id) => `custom_field_${id}`)]);
  const asked: string[] = [];
  // Values of one keyword are alternatives, as in the index; everything else must hold by itself.
  const tests = new Map<string, Test[]>();
  for (const [index, written] of distinct(terms).entries()) {
    const term = plain(written);
    const { keyword, negated } = term;
    if (keyword === undefined || SAID.has(keyword)) {
      const says = saysPublicly(term);
      const key = keyword === undefined || negated || term.operator !== ':' ? `#${index}` : keyword;
      tests.set(key, [...(tests.get(key) ?? []), (ticket, comments) => says(ticket, comments) !== negated]);
      // What is only said in private must exclude nothing; and what is said first in public may stand behind what is not.
      if (!negated) asked.push(inWords(keyword === undefined ? term : { ...term, keyword: 'comment' }));
      continue;
    }
    const named = PEOPLE.has(keyword) && term.text.toLowerCase() === user.email?.toLowerCase() ? { ...term, text: 'me' } : term;
    // Addresses and numbers of others are not shown either.
    const isShown = shown.has(keyword) && !(PEOPLE.has(keyword) && /[@+]/.test(named.text));
    if (isShown) asked.push(inWords(named));
    else if (!negated) return undefined;
  }
  return {
    request: {
      query: asked.join(' '),
      me: user.id,
      only: 'ticket',
      among: { requester: [user.id], cc: [user.id], organization: organizations.map(({ id }) => id) },
      order: { ...(orderBy === undefined ? {} : { by: orderBy }), ...(descending === undefined ? {} : { descending }) },
    },
    fits: (ticket, comments) => [...tests.values()].every((some) => some.some((test) => test(ticket, comments))),
  };
}

/** `http://x.example` and the like are text, as the index takes them. */
function plain(term: SearchTerm): SearchTerm {
  const text = term.text.replaceAll('"', ' ');
  const isKnown = term.keyword === undefined || ticketMatcher(term.keyword) !== undefined;
  return isKnown ? { ...term, text } : { ...term, keyword: undefined, text: `${term.keyword} ${text}` };
}

function saysPublicly({ keyword, text }: SearchTerm): Test {
  const matches = wordsMatcher(text);
  const number = keyword === undefined ? /^#?(\d{1,15})$/.exec(text)?.[1] : undefined;
  return (ticket, comments) => {
    if (number !== undefined && ticket.id === Number(number)) return true;
    if (keyword === undefined && matches(ticket.subject)) return true;
    const said = keyword === 'description' ? comments().slice(0, 1) : comments();
    return said.some((comment) => matches(comment.plain_body));
  };
}

/** The term in the query language. */
function inWords({ keyword, operator, text, negated }: SearchTerm): string {
  return `${negated ? '-' : ''}${keyword === undefined ? '' : keyword + operator}"${text}"`;
}
