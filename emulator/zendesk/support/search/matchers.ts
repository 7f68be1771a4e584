import { and, type Mask } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import type { SearchTerm } from './query.ts';

/** What a term is checked against besides the table itself. */
export interface SearchWorld {
  /** Milliseconds of the account's clock. */
  readonly now: number;
  /** Ids of the users that a text names: id, e-mail, phone number, `me`, or words of the name. */
  people(text: string): ReadonlySet<number>;
  organizations(text: string): ReadonlySet<number>;
  groups(text: string): ReadonlySet<number>;
  /** Ids of the brands, or of the ticket forms, of this id or name. */
  brands(text: string): ReadonlySet<number>;
  forms(text: string): ReadonlySet<number>;
}

/** The rows that a term finds; it throws where the term makes no sense. */
export type Matcher = (term: SearchTerm, table: RecordTable, world: SearchWorld) => Mask;

/** Keyword to its matcher. */
export type Keywords = Readonly<Record<string, Matcher>>;

/** A reference to another record: `none` is no reference, `*` any. */
export function reference(keyword: string, ids: (text: string, world: SearchWorld) => ReadonlySet<number>): Matcher {
  return ({ text }, table, world) =>
    text === 'none' || text === '*' ? table.valued(keyword, text) : table.exactly(keyword, ids(text, world));
}

/** `tags:vip`; several in quotes must all be there (`tags:"vip gold"`); a trailing `*` is any ending. */
export const tagged: Matcher = ({ text }, table) => {
  const wanted = text.split(/[\s,]+/).filter((tag) => tag !== '');
  const masks = wanted.map((tag) => table.valued('tags', tag));
  const all = masks.pop() ?? table.none();
  for (const mask of masks) and(all, mask);
  return all;
};

/** The very value, without regard to case; `none` is no value, `*` any, `abc*` what begins with it. */
export function value(keyword: string): Matcher {
  return ({ text }, table) => table.valued(keyword, text);
}

/** Words in texts of these zones. */
export function words(...zones: readonly number[]): Matcher {
  return ({ text }, table) => table.worded(text, zones);
}
