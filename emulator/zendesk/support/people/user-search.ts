import type { Collections, StoredUser } from '../collections.ts';
import { digitsOf } from './phone.ts';
import { type Term, userTerms } from './user-query.ts';
import { searchText } from './user-search-text.ts';

/** Records that one search can page through (vendor article "Search users"). */
const MOST = 10_000;
/** Properties whose values lie in the search text. */
const IN_TEXT = new Set([undefined, 'name', 'email', 'alias', 'notes', 'details']);

/**
 * `GET /users/search`: matches a partial or full value of any property, phone included. A phone number is compared by
 * its digits, with and without its country code, anywhere in the stored number, so that near-identical numbers come
 * back together; exact ones come first. Never an identity (inferred from the vendor's wording and seed 002).
 */
export function searchUsers(users: Collections['users'], account: string, query: string): StoredUser[] {
  const terms = userTerms(query);
  const hits = candidates(users, account, terms).filter((user) => terms.every((term) => holds(user, term) !== term.negated));
  const phone = terms.find((term) => term.digits)?.digits?.[0];
  const rank = (user: StoredUser): number => (phone === undefined ? 0 : phoneRank(user, phone));
  return hits.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id).slice(0, MOST);
}

/** Active users that the most telling term can hold for. */
function candidates(users: Collections['users'], account: string, terms: readonly Term[]): StoredUser[] {
  const telling = terms.find((term) => !term.negated && (term.digits ?? IN_TEXT.has(term.property)));
  if (!telling) return users.find(account, { where: { active: 1 } });
  const found = (telling.digits ?? [telling.text]).flatMap((text) =>
    users.find(account, { where: { search_text: { like: `%${text.replace(/[\\%_]/g, '\\$&')}%` } } }),
  );
  return [...new Map(found.map((user) => [user.id, user])).values()];
}

function holds(user: StoredUser, term: Term): boolean {
  const { property, text } = term;
  if (term.digits) return term.digits.some((digits) => digits !== '' && phoneDigits(user).some((own) => own.includes(digits)));
  if (property === undefined) return searchText(user)?.includes(text) ?? false;
  if (property === 'type') return text === 'user';
  if (property === 'role') return user.role === text;
  if (property === 'tags') return user.tags.includes(text);
  if (property === 'external_id') return user.external_id?.toLowerCase() === text;
  if (property === 'organization' || property === 'organization_id') return String(user.organization_id ?? 'none') === text;
  const value = IN_TEXT.has(property) ? user[property as 'name' | 'email' | 'alias' | 'notes' | 'details'] : user.user_fields[property];
  return value !== null && value !== undefined && String(value).toLowerCase().includes(text);
}

function phoneDigits(user: StoredUser): string[] {
  return [...(user.phone === null ? [] : [user.phone]), ...(user.other_phones ?? [])].map(digitsOf);
}

/** 0: the very number, 1: begins with it, 2: contains it or its national part. */
function phoneRank(user: StoredUser, digits: string): number {
  const own = phoneDigits(user);
  return own.includes(digits) ? 0 : own.some((each) => each.startsWith(digits)) ? 1 : 2;
}
