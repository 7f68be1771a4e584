import { holdsPart, phoneDigits } from './index/lines.ts';
import { and, type Mask, not } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import type { SearchWorld } from './matchers.ts';
import { digitsOf } from '../people/phone.ts';
import { phoneParts, phoneTest, userMatcher } from './people-keywords.ts';
import { distinct, parseQuery, type SearchTerm } from './query.ts';

/** Records that one search can page through (vendor article "Search users"). */
const MOST = 10_000;
/** Properties of which any part is found; the others are compared as `/search` does. */
const IN_PART = new Set([undefined, 'name', 'email', 'alias', 'notes', 'details']);
/** A `+` that nobody encoded arrives as a space; digits with spaces, dots, hyphens and brackets are one number. */
const WHOLE_PHONE = /^(?:phone:\s*)?(?:"\s*)?(\+?[\d().-][\d().\s-]{4,})"?$/i;

/**
 * `GET /users/search`: matches a partial or full value of any property, phone included. A phone number is compared by
 * its digits, with and without its country code, anywhere in the stored number, so that near-identical numbers come
 * back together; exact ones come first. Never an identity (inferred from the vendor's wording and seed 002).
 * Returns ids, the best hits first. @throws ApiError 422 for a date that is none.
 */
export function foundUsers(query: string, table: RecordTable, world: SearchWorld, fieldKeys: ReadonlySet<string>): number[] {
  const terms = distinct(userTerms(query));
  const rows = table.all();
  for (const term of terms) {
    // However many words there are; a keyword may yet turn out to be written badly.
    if (term.keyword === undefined && !rows.includes(1)) continue;
    and(rows, matching(term, table, world, fieldKeys));
  }
  const phone = terms.find(isPhone);
  const digits = phone === undefined ? undefined : phoneParts(phone.text)[0];
  const found: { id: number; rank: number }[] = [];
  for (const [row, bit] of rows.entries()) {
    if (bit === 1) found.push({ id: table.ids.at(row), rank: digits === undefined ? 0 : phoneRank(table.lines[row] ?? '', digits) });
  }
  return found
    .toSorted((a, b) => a.rank - b.rank || a.id - b.id)
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** The terms of a query; all must hold. */
function userTerms(query: string): readonly SearchTerm[] {
  const whole = WHOLE_PHONE.exec(query.trim())?.[1];
  if (whole !== undefined && digitsOf(whole).length >= 5) return [{ keyword: 'phone', operator: ':', text: whole, negated: false }];
  const { terms, types } = parseQuery(query);
  // Whoever asks for another type finds no user.
  return types === undefined || types.includes('user') ? terms : [{ keyword: 'id', operator: ':', text: '', negated: false }];
}

function isPhone({ keyword, text }: SearchTerm): boolean {
  return keyword === 'phone' || (keyword === undefined && /^\+\d{5,}$/.test(text));
}

function matching(term: SearchTerm, table: RecordTable, world: SearchWorld, fieldKeys: ReadonlySet<string>): Mask {
  const mask = found(term, table, world, fieldKeys);
  return term.negated ? not(mask) : mask;
}

function found(term: SearchTerm, table: RecordTable, world: SearchWorld, fieldKeys: ReadonlySet<string>): Mask {
  const { keyword, text } = term;
  if (isPhone(term)) return table.lined(phoneTest(text));
  const part = text.replace(/\*+$/, '');
  const property = keyword !== undefined && fieldKeys.has(keyword) ? `field.${keyword}` : keyword;
  if (IN_PART.has(property) || property?.startsWith('field.')) return table.lined((lines) => holdsPart(lines, part, property));
  const matcher = userMatcher(keyword, fieldKeys);
  return matcher ? matcher(term, table, world) : table.none();
}

/** 0: the very number, 1: begins with it, 2: contains it or its national part. */
function phoneRank(lines: string, digits: string): number {
  const own = phoneDigits(lines);
  return own.includes(digits) ? 0 : own.some((each) => each.startsWith(digits)) ? 1 : 2;
}
