import type { HttpExchangeData, JournalEntry } from '../../emulator/journal-entry.ts';
import { readableQuery } from '../../readable-query.ts';
import type { Stage } from '../stage.ts';

/** A REST request of the bridge, as far as matchers look at it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly entry: JournalEntry;
}

export type Resource = 'tickets' | 'users' | 'organizations';

/** A record in an answer, as far as matchers look at it. */
export interface AnsweredRecord {
  readonly id: number;
  readonly organization_id?: number | null;
}

type Answer = Readonly<Record<Resource, readonly AnsweredRecord[]>>;

/** The bridge's REST requests since the scenario began. */
export function requests(stage: Stage): Request[] {
  return stage
    .entries()
    .filter((entry) => entry.kind === 'http.exchange' && entry.from === 'bridge')
    .map((entry) => {
      const { method, path, query, status } = entry.data as unknown as HttpExchangeData;
      return { method, path, query: typeof query === 'string' ? query : '', status, entry };
    });
}

/**
 * Successful reads of one record: asked for by its id, alone or in `show_many`, or told by the answer to something else: a
 * side-load, a list, a search that found one. No search by phone counts: those are fuzzy. A list of several tickets shows of
 * none that the bridge knows whose it is.
 */
export function readsOf(all: readonly Request[], resource: Resource, id: number): Request[] {
  const own = new RegExp(`/${resource}/${id}(\\.json|/|$)`);
  return all.filter((request) => {
    const { path, query } = request;
    if (!isRead(request)) return false;
    const many = path.includes(`/${resource}/show_many`) && (new URLSearchParams(query).get('ids') ?? '').split(',').includes(String(id));
    return many || own.test(path) || answerOf(request)[resource].some((record) => record.id === id);
  });
}

/** The record as the bridge was told of it; undefined when it was not. */
export function toldOf(all: readonly Request[], resource: Resource, id: number): AnsweredRecord | undefined {
  return all
    .filter(isRead)
    .flatMap((request) => answerOf(request)[resource])
    .findLast((record) => record.id === id);
}

/** Ids of what was read of a kind, as far as the requests' paths and the answers say. */
export function idsRead(all: readonly Request[], resource: Resource): number[] {
  const reads = all.filter(isRead);
  const named = reads.flatMap(({ path }) => new RegExp(`/${resource}/(\\d+)`).exec(path)?.[1] ?? []).map(Number);
  return [...new Set([...named, ...reads.flatMap((request) => answerOf(request)[resource].map(({ id }) => id))])];
}

/** Searches for people by something that looks like a telephone number: fuzzy at Zendesk, so no proof of who calls. */
export const phoneSearches = (all: readonly Request[]): Request[] => all.filter(isPhoneSearch);

export const describeRequest = ({ method, path, query, status }: Request): string =>
  `${method} ${path}${query ? `?${readableQuery(query)}` : ''} (${status})`;

/** 304 tells a bridge that asks with a condition that it has the record as it is. */
const isRead = ({ method, status }: Request): boolean => method === 'GET' && (status < 300 || status === 304);

const isSearch = ({ path }: Request): boolean => /\/(?:search|autocomplete)(?:\.json|\/export|$)/.test(path);

/** A term of its own with seven digits or more, or one that says that it is a phone number; not an id such as `requester:1234567`. */
const PHONE_TERM = /\bphone:|(?:^|\s)["'*]*\+?\d[\d\s().-]{5,}\d/;

function isPhoneSearch(request: Request): boolean {
  if (!isSearch(request)) return false;
  const params = new URLSearchParams(request.query);
  return ['query', 'phone', 'name'].some((name) => PHONE_TERM.test(params.get(name) ?? ''));
}

const NOTHING: Answer = { tickets: [], users: [], organizations: [] };
/** Entries are kept, and looked at again and again. */
const answers = new WeakMap<JournalEntry, Answer>();

function answerOf(request: Request): Answer {
  const known = answers.get(request.entry);
  if (known) return known;
  const answer = isPhoneSearch(request) ? NOTHING : readAnswer(request);
  answers.set(request.entry, answer);
  return answer;
}

function readAnswer(request: Request): Answer {
  const body = bodyOf(request.entry);
  if (body === undefined) return NOTHING;
  const found = recordsIn(body['results']);
  const told = (one: string, many: Resource): AnsweredRecord[] => [
    ...recordsIn([body[one]]),
    ...recordsIn(body[many]),
    ...found.filter((record) => record.result_type === one),
  ];
  const answer = { tickets: told('ticket', 'tickets'), users: told('user', 'users'), organizations: told('organization', 'organizations') };
  if (isSearch(request)) {
    const { path } = request;
    const hits = 'results' in body ? found : path.includes('/users/') ? answer.users : answer.organizations;
    if (hits.length !== 1) return NOTHING;
  }
  return answer.tickets.length > 1 ? { ...answer, tickets: [] } : answer;
}

/** The answer's JSON object; undefined for anything else, also for what the journal keeps only the beginning of. */
function bodyOf({ data }: JournalEntry): Readonly<Record<string, unknown>> | undefined {
  const { body } = (data as unknown as HttpExchangeData).response ?? {};
  try {
    const value: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function recordsIn(list: unknown): (AnsweredRecord & { readonly result_type?: unknown })[] {
  return Array.isArray(list) ? list.filter((record) => typeof (record as { id?: unknown } | null)?.id === 'number') : [];
}
