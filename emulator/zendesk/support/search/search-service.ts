import type { Query } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { invalidSearch } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import { IndexLag } from './index-lag.ts';
import type { Documents, Matcher } from './matchers.ts';
import { groupMatcher, organizationMatcher, userMatcher } from './people-keywords.ts';
import { parseQuery, RESULT_TYPES, type ResultType, type SearchTerm } from './query.ts';
import { type SearchOrder, sortHits } from './sort.ts';
import { ticketMatcher } from './ticket-keywords.ts';
import { searchWorld } from './world.ts';

/** One record found. */
export type Hit = { [Type in ResultType]: { readonly type: Type; readonly record: Documents[Type] } }[ResultType];

export interface SearchRequest {
  readonly query: string;
  /** The user who asks (`requester:me`). */
  readonly me: number | null;
  /** Only records of this type (`filter[type]`), whatever the query says. */
  readonly only?: ResultType;
  readonly order?: Partial<SearchOrder>;
}

/** Words of the vendor's language that stand for data which Ringback does not keep: no hit could be told from a miss. */
const NOT_KEPT = new Set(['has_attachment', 'attachment', 'satisfaction', 'form', 'ticket_form', 'custom_status', 'sla', 'incident_of']);

/** `/search`: one query language over tickets, users, organizations and groups. Deleted records are not found. */
export class SearchService {
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #lag: IndexLag;

  constructor(context: SupportContext, fields: FieldService) {
    this.#context = context;
    this.#fields = fields;
    this.#lag = new IndexLag(context);
  }

  /**
   * All that is found, in order. Words and comparisons must all hold; several values of one keyword are alternatives
   * (`status:open status:pending`), negated ones must all fail (inferred). A keyword that a type does not have finds
   * nothing of that type. @throws ApiError 422 for a date that is none and for keywords that are not emulated.
   */
  find(account: string, request: SearchRequest): Hit[] {
    const query = parseQuery(request.query);
    const unkept = query.terms.find((term) => NOT_KEPT.has(term.keyword ?? ''));
    if (unkept) throw invalidSearch(`${unkept.keyword}: is not emulated by Ringback; docs/coverage.md lists what is`);
    const world = searchWorld(this.#context, account, request.me);
    const keys = { user: this.#keys(account, 'user'), organization: this.#keys(account, 'organization') };
    const { collections } = this.#context;
    const find = {
      ticket: (term: SearchTerm) => ticketMatcher(term, world),
      user: (term: SearchTerm) => userMatcher(term, world, keys.user),
      organization: (term: SearchTerm) => organizationMatcher(term, world, keys.organization),
      group: (term: SearchTerm) => groupMatcher(term, world),
    };
    // `http://x.example` and the like: what no type knows as a keyword is text.
    const known = (term: SearchTerm): boolean => RESULT_TYPES.some((type) => find[type](term) !== undefined);
    const terms = query.terms.map((term) => (known(term) ? term : { ...term, keyword: undefined, text: `${term.keyword} ${term.text}` }));
    const types = request.only === undefined ? (query.types ?? RESULT_TYPES) : [request.only];
    const hits = types.flatMap((type): Hit[] => {
      switch (type) {
        case 'ticket':
          return this.#matching(account, type, terms, find.ticket, (where) => collections.tickets.find(account, { where: { deleted: 0, ...where } })); // prettier-ignore
        case 'user':
          return this.#matching(account, type, terms, find.user, (where) => collections.users.find(account, { where: { active: 1, ...where } })); // prettier-ignore
        case 'organization':
          return this.#matching(account, type, terms, find.organization, (where) => collections.organizations.find(account, { where })); // prettier-ignore
        default:
          return this.#matching(account, type, terms, find.group, (where) => collections.groups.find(account, { where: { deleted: 0, ...where } })); // prettier-ignore
      }
    });
    return sortHits(hits, {
      by: request.order?.by ?? query.orderBy ?? 'relevance',
      descending: request.order?.descending ?? query.descending ?? true,
      words: terms.filter((term) => term.keyword === undefined && !term.negated).map((term) => term.text),
    });
  }

  #matching<Type extends ResultType>(
    account: string,
    type: Type,
    terms: readonly SearchTerm[],
    matcherOf: (term: SearchTerm) => Matcher<Documents[Type]> | undefined,
    read: (where: NonNullable<Query['where']>) => Documents[Type][],
  ): Hit[] {
    const tests: ((doc: Documents[Type]) => boolean)[] = [];
    let where: NonNullable<Query['where']> = {};
    for (const alternatives of grouped(terms)) {
      const matchers = alternatives.map((term) => ({ negated: term.negated, matcher: matcherOf(term) }));
      if (matchers.some(({ matcher, negated }) => matcher === undefined && !negated)) return [];
      tests.push((doc) => matchers.some(({ matcher, negated }) => (matcher?.test(doc) ?? false) !== negated));
      const [only] = matchers;
      if (matchers.length === 1 && only?.matcher?.where && !only.negated) where = { ...where, ...only.matcher.where };
    }
    const lags = this.#lag.lags(account);
    return read(lags ? {} : where)
      .filter((record) => {
        const indexed = lags ? this.#lag.indexed(account, type, record) : record;
        return indexed !== undefined && tests.every((test) => test(indexed));
      })
      .map((record) => ({ type, record }) as unknown as Hit);
  }

  #keys(account: string, owner: 'user' | 'organization'): ReadonlySet<string> {
    return new Set(this.#fields.custom(account, owner).flatMap((field) => (field.key === null ? [] : [field.key])));
  }
}

/** Terms of which one must hold each: values of one keyword together, all others alone. */
function grouped(terms: readonly SearchTerm[]): SearchTerm[][] {
  const groups = new Map<string, SearchTerm[]>();
  for (const [index, term] of terms.entries()) {
    const alternative = term.keyword !== undefined && term.operator === ':' && !term.negated;
    const key = alternative ? `${term.keyword}` : `#${index}`;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return [...groups.values()];
}
