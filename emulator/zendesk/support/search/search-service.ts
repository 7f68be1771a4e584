import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import type { TicketLimit } from '../access/ticket-visibility.ts';
import type { StoredUser } from '../collections.ts';
import { invalidSearch } from '../errors.ts';
import type { FieldService } from '../fields/fields.ts';
import { ZONE } from './index/entries.ts';
import { and, count, type Mask, not, or } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import { SearchIndex } from './index/search-index.ts';
import type { Matcher, SearchWorld } from './matchers.ts';
import type { Group, Organization, Ticket } from '../entities.ts';
import type { Finding } from './finding.ts';
import { groupMatcher, organizationMatcher, userMatcher } from './people-keywords.ts';
import { distinct, parseQuery, RESULT_TYPES, type ResultType, type SearchTerm } from './query.ts';
import { firstOf, type Found, type Place, type SearchOrder } from './sort.ts';
import { ticketMatcher } from './ticket-keywords.ts';
import { foundUsers } from './user-search.ts';
import { type NamedRecords, searchWorld } from './world.ts';

interface Documents {
  readonly ticket: Ticket;
  readonly user: StoredUser;
  readonly organization: Organization;
  readonly group: Group;
}

/** One record found. */
export type Hit = { [Type in ResultType]: { readonly type: Type; readonly record: Documents[Type] } }[ResultType];

export interface SearchRequest {
  readonly query: string;
  /** The user who asks (`requester:me`). */
  readonly me: number | null;
  /** Only records of this type (`filter[type]`), whatever the query says. */
  readonly only?: ResultType;
  /** Only records that have one of the ids of one of the keywords (`requester`), whatever the query says. */
  readonly among?: Readonly<Record<string, readonly number[]>>;
  readonly order?: Partial<SearchOrder>;
  /** Which tickets whoever asks gets to see; all of them unless given. */
  readonly limit?: TicketLimit;
}

/** Hits can also be read by ascending creation, from a place on. */
export interface Hits extends Finding<Hit> {
  after(place: { readonly at: string; readonly id: number } | undefined, limit: number): Hit[];
}

/** Words of the vendor's language that stand for data which Ringback does not keep: no hit could be told from a miss. */
const NOT_KEPT = new Set(['sla']);

/** `/search`: one query language over tickets, users, organizations and groups. Deleted records are not found. */
export class SearchService {
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #index: SearchIndex;
  readonly #named: NamedRecords;

  constructor(context: SupportContext, fields: FieldService, named: NamedRecords) {
    this.#context = context;
    this.#fields = fields;
    this.#named = named;
    this.#index = new SearchIndex(context);
  }

  /**
   * To be waited for before a search, if it is a promise: after a bulk of writes their reading takes seconds, in which
   * others are to be answered. Whoever does not wait finds the same and holds up everybody.
   */
  ready(account: string, types: readonly ResultType[] = RESULT_TYPES): Promise<void> | undefined {
    return this.#index.ready(account, types);
  }

  /** The account was put back to another state, its clock perhaps to an earlier time: everything is indexed. */
  resume(account: string): void {
    this.#index.resume(account);
  }

  /**
   * What is found, in order. Words and comparisons must all hold; several values of one keyword are alternatives
   * (`status:open status:pending`), negated ones must all fail (inferred). A keyword that a type does not have finds
   * nothing of that type. @throws ApiError 422 for a date that is none and for keywords that are not emulated.
   */
  find(account: string, request: SearchRequest): Hits {
    const query = parseQuery(request.query);
    const unkept = query.terms.find((term) => NOT_KEPT.has(term.keyword ?? ''));
    if (unkept) throw invalidSearch(`${unkept.keyword}: is not emulated by Ringback; docs/coverage.md lists what is`);
    const world = searchWorld({ context: this.#context, index: this.#index, named: this.#named }, account, request.me);
    const keys = { user: this.#keys(account, 'user'), organization: this.#keys(account, 'organization') };
    const matchers: Record<ResultType, (keyword: string | undefined) => Matcher | undefined> = {
      ticket: ticketMatcher,
      user: (keyword) => userMatcher(keyword, keys.user),
      organization: (keyword) => organizationMatcher(keyword, keys.organization),
      group: groupMatcher,
    };
    // `http://x.example` and the like: what no type knows as a keyword is text.
    const known = ({ keyword }: SearchTerm): boolean => RESULT_TYPES.some((type) => matchers[type](keyword) !== undefined);
    const terms = distinct(
      query.terms.map((term) => (known(term) ? term : { ...term, keyword: undefined, text: `${term.keyword} ${term.text}` })),
    );
    const types = request.only === undefined ? (query.types ?? RESULT_TYPES) : [request.only];
    const found = types.map((type): Found => {
      const table = this.#index.table(account, type);
      const rows = matching(table, terms, matchers[type], world);
      const among = request.among && Object.entries(request.among).map(([keyword, ids]) => table.exactly(keyword, ids));
      if (among) and(rows, among.reduce(or, table.none()));
      if (type === 'ticket' && request.limit) and(rows, this.#seen(account, table, request.limit));
      const words = terms.filter((term) => term.keyword === undefined && !term.negated);
      return { type, table, rows, titled: () => words.map((term) => table.worded(term.text, [ZONE.title])) };
    });
    const order: SearchOrder = {
      by: request.order?.by ?? query.orderBy ?? 'relevance',
      descending: request.order?.descending ?? query.descending ?? true,
    };
    return {
      count: found.reduce((sum, { rows }) => sum + count(rows), 0),
      slice: (offset = 0, limit = Number.POSITIVE_INFINITY) => this.#hits(account, firstOf(found, order, offset + limit).slice(offset)),
      after: (place, limit) => {
        const from = place === undefined ? undefined : { created: Date.parse(place.at), id: place.id };
        const isAfter = ({ created, id }: Place): boolean => !from || created > from.created || (created === from.created && id > from.id);
        return this.#hits(account, firstOf(found, { by: 'created_at', descending: false }, limit, isAfter));
      },
    };
  }

  /** For views, which do not wait for the index: what it has of the tickets, and which of them it has late. */
  tickets(account: string): { readonly table: RecordTable; readonly behind: readonly number[] } {
    const table = this.#index.table(account, 'ticket');
    return { table, behind: this.#index.behind(account, 'ticket') };
  }

  /** `/users/search`; see `user-search.ts`. */
  users(account: string, query: string): Finding<StoredUser> {
    const { users } = this.#context.collections;
    const table = this.#index.table(account, 'user');
    const world = searchWorld({ context: this.#context, index: this.#index, named: this.#named }, account, null);
    const ids = foundUsers(query, table, world, this.#keys(account, 'user'));
    return {
      count: ids.length,
      slice: (offset = 0, limit = ids.length) => ids.slice(offset, offset + limit).flatMap((id) => users.get(account, id) ?? []),
    };
  }

  /** Rows of tickets within the limit, as they are now: where the index is late the ticket itself is looked at. */
  #seen(account: string, table: RecordTable, { column, values }: TicketLimit): Mask {
    const mask = table.exactly(column.slice(0, -'_id'.length), values);
    for (const id of this.#index.behind(account, 'ticket')) {
      const row = table.rowOf(id);
      const value = this.#context.collections.tickets.get(account, id)?.[column];
      if (row !== undefined) mask[row] = value !== null && value !== undefined && values.includes(value) ? 1 : 0;
    }
    return mask;
  }

  #hits(account: string, places: readonly Place[]): Hit[] {
    const { tickets, users, organizations, groups } = this.#context.collections;
    const read: { [Type in ResultType]: Collection<Documents[Type]> } = { ticket: tickets, user: users, organization: organizations, group: groups }; // prettier-ignore
    return places.flatMap(({ type, id }) => {
      const record = read[type].get(account, id);
      return record ? [{ type, record } as Hit] : [];
    });
  }

  #keys(account: string, owner: 'user' | 'organization'): ReadonlySet<string> {
    return new Set(this.#fields.custom(account, owner).flatMap((field) => (field.key === null ? [] : [field.key])));
  }
}

/** Rows that every group of terms finds. */
function matching(
  table: RecordTable,
  terms: readonly SearchTerm[],
  matcherOf: (keyword: string | undefined) => Matcher | undefined,
  world: SearchWorld,
): Mask {
  const rows = table.all();
  for (const alternatives of grouped(terms)) {
    // However many words there are; a keyword may yet turn out to be written badly.
    if (alternatives.every(({ keyword }) => keyword === undefined) && !rows.includes(1)) continue;
    const found = table.none();
    for (const term of alternatives) {
      const matcher = matcherOf(term.keyword);
      // A keyword that the type lacks finds nothing, and negated it excludes nothing.
      if (matcher === undefined && !term.negated) return table.none();
      const mask = matcher?.(term, table, world) ?? table.none();
      or(found, term.negated ? not(mask) : mask);
    }
    and(rows, found);
  }
  return rows;
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
