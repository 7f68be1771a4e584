/** The query language of `/search` (vendor article "Zendesk Support search reference"; details inferred). */
export type ResultType = 'ticket' | 'user' | 'organization' | 'group';
export type Operator = ':' | '<' | '>' | '<=' | '>=';

export const RESULT_TYPES: readonly ResultType[] = ['ticket', 'user', 'organization', 'group'];

export interface SearchTerm {
  /** In lower case, aliases resolved; undefined for a free word or phrase. */
  readonly keyword: string | undefined;
  readonly operator: Operator;
  /** As written, quotes taken off; a trailing `*` stays. */
  readonly text: string;
  readonly negated: boolean;
}

export interface SearchQuery {
  /** What `type:` asks for; undefined without one. Unknown types are left out, so the list may be empty. */
  readonly types: readonly ResultType[] | undefined;
  readonly terms: readonly SearchTerm[];
  /** `order_by:` and `sort:`. */
  readonly orderBy: string | undefined;
  readonly descending: boolean | undefined;
}

const TERM = /(-?)(?:([a-z_][\w.]*)(:?(?:<=|>=|<|>)|:|=))?(?:"([^"]*)"?|(\S+))/giu;

/** A map, as a keyword may be any name, `constructor` too. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    created_at: 'created',
    updated_at: 'updated',
    solved_at: 'solved',
    due_at: 'due_date',
    channel: 'via',
    tag: 'tags',
    requester_id: 'requester',
    assignee_id: 'assignee',
    submitter_id: 'submitter',
    organization_id: 'organization',
    group_id: 'group',
    brand_id: 'brand',
    ticket_form: 'form',
    ticket_form_id: 'form',
    custom_status_id: 'custom_status',
    attachment: 'has_attachment',
  }),
);

/** Never throws: what is no keyword is a word. */
export function parseQuery(text: string): SearchQuery {
  const all = [...text.matchAll(TERM)].map(([, minus, name, mark, quoted, word]): SearchTerm => {
    const written = name?.toLowerCase();
    return {
      keyword: written === undefined ? undefined : (ALIASES.get(written) ?? written),
      operator: operatorOf(mark ?? ':'),
      text: (quoted ?? word ?? '').trim(),
      negated: minus === '-',
    };
  });
  const types = all.filter((term) => term.keyword === 'type');
  const last = (keyword: string): string | undefined => all.findLast((term) => term.keyword === keyword)?.text.toLowerCase();
  const direction = last('sort');
  return {
    types: types.length === 0 ? undefined : wantedTypes(types),
    terms: all.filter((term) => !['type', 'order_by', 'sort'].includes(term.keyword ?? '') && term.text !== ''),
    orderBy: last('order_by'),
    descending: direction === undefined ? undefined : direction !== 'asc',
  };
}

/** Each term once: what is said again costs as much and changes nothing. */
export function distinct(terms: readonly SearchTerm[]): SearchTerm[] {
  return [...new Map(terms.map((term) => [JSON.stringify([term.keyword, term.operator, term.text, term.negated]), term])).values()];
}

function operatorOf(mark: string): Operator {
  if (mark === '=' || mark === ':') return ':';
  return mark.replace(':', '') as Operator;
}

function wantedTypes(terms: readonly SearchTerm[]): ResultType[] {
  const named = (negated: boolean): string[] => terms.filter((term) => term.negated === negated).map((term) => term.text.toLowerCase());
  const [wanted, unwanted] = [named(false), named(true)];
  return RESULT_TYPES.filter((type) => (wanted.length === 0 || wanted.includes(type)) && !unwanted.includes(type));
}
