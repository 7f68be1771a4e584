import type { Condition } from '../../../core/collection.ts';
import type { Audit, Group, Organization, Ticket } from '../entities.ts';
import type { StoredUser } from '../collections.ts';
import type { SearchTerm } from './query.ts';

/** What a term is checked against besides the record itself. */
export interface SearchWorld {
  /** Milliseconds of the account's clock. */
  readonly now: number;
  /** Who asks. */
  readonly me: number | null;
  /** Ids of the users that a text names: id, e-mail, `me`, or words of the name. */
  people(text: string): ReadonlySet<number>;
  organizations(text: string): ReadonlySet<number>;
  groups(text: string): ReadonlySet<number>;
  /** Oldest first. */
  audits(ticket: Ticket): Audit[];
}

export interface Matcher<Doc> {
  readonly test: (doc: Doc) => boolean;
  /** A condition on the collection's columns that holds for all that pass. */
  readonly where?: Readonly<Record<string, Condition>>;
}

/** Keyword to the maker of its check. */
export type Keywords<Doc> = Readonly<Record<string, (term: SearchTerm, world: SearchWorld) => Matcher<Doc>>>;

export interface Documents {
  readonly ticket: Ticket;
  readonly user: StoredUser;
  readonly organization: Organization;
  readonly group: Group;
}

/** A reference to another record: `none` is no reference, `*` any. */
export function reference<Doc>(
  column: string | undefined,
  value: (doc: Doc) => number | null,
  ids: (text: string, world: SearchWorld) => ReadonlySet<number>,
): Keywords<Doc>[string] {
  return (term, world) => {
    if (term.text === 'none' || term.text === '*') return { test: (doc) => (value(doc) === null) === (term.text === 'none') };
    const wanted = ids(term.text, world);
    const test = (doc: Doc): boolean => wanted.has(value(doc) ?? Number.NaN);
    // SQLite takes so many values in one condition; more are checked one by one.
    return column === undefined || wanted.size > 500 ? { test } : { test, where: { [column]: { in: [...wanted] } } };
  };
}

/** `tags:vip`; several in quotes must all be there (`tags:"vip gold"`); a trailing `*` is any ending. */
export function tagsMatcher<Doc extends { readonly tags: readonly string[] }>(term: SearchTerm): Matcher<Doc> {
  if (term.text === 'none') return { test: (doc) => doc.tags.length === 0 };
  const wanted = term.text.toLowerCase().split(/[\s,]+/);
  const has = (tags: readonly string[], tag: string): boolean =>
    tag.endsWith('*') ? tags.some((own) => own.startsWith(tag.slice(0, -1))) : tags.includes(tag);
  return { test: (doc) => wanted.every((tag) => has(doc.tags, tag)) };
}

/** The very value, without regard to case; `none` is no value, `*` any, `abc*` what begins with it. */
export function sameText(term: SearchTerm): (value: unknown) => boolean {
  const wanted = term.text.toLowerCase();
  return (value) => {
    const missing = value === null || value === undefined || value === '';
    if (wanted === 'none') return missing;
    if (missing) return false;
    const each = Array.isArray(value) ? value.map(String) : [String(value)];
    return each.some((own) => (wanted.endsWith('*') ? own.toLowerCase().startsWith(wanted.slice(0, -1)) : own.toLowerCase() === wanted));
  };
}
