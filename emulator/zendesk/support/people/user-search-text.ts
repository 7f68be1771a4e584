import type { StoredUser } from '../collections.ts';
import { digitsOf } from './phone.ts';

/** Everything that user search looks at, in lower case, one property a line; phones also as bare digits after `#`. */
export function searchText(user: StoredUser): string | null {
  if (!user.active) return null;
  const phones = [...(user.phone === null ? [] : [user.phone]), ...(user.other_phones ?? [])];
  const texts = [user.name, user.email, user.external_id, user.alias, user.notes, user.details, ...user.tags, ...phones];
  for (const value of Object.values(user.user_fields)) if (typeof value === 'string') texts.push(value);
  const lines = texts.filter((text): text is string => text !== null && text !== '').map((text) => text.toLowerCase());
  return [...lines, ...phones.map((phone) => `#${digitsOf(phone)}`)].join('\n');
}
