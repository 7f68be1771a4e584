import type { StoredUser } from '../../collections.ts';

/** What parts `property` and value of a line; no value holds it. */
const MARK = '\u0001';
const PHONE = '#';

/** All values of a user, one a line behind the name of its property, in lower case; phone numbers also as bare digits. */
export function userLines(user: StoredUser, digitsOf: (phone: string) => string): string {
  const phones = [...(user.phone === null ? [] : [user.phone]), ...(user.other_phones ?? [])];
  const fields = Object.entries(user.user_fields).flatMap(([key, value]) => [value].flat().map((each) => [`field.${key}`, each] as const));
  const properties = ['name', 'email', 'external_id', 'alias', 'notes', 'details'] as const;
  const values = [
    ...properties.map((name) => [name, user[name]] as const),
    ...user.tags.map((tag) => ['tags', tag] as const),
    ...phones.map((phone) => ['phone', phone] as const),
    ...fields,
  ];
  const lines = values
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}${MARK}${clean(String(value))}`);
  return [...lines, ...phones.map((phone) => `${PHONE}${MARK}${digitsOf(phone)}`)].join('\n').toLowerCase();
}

/** Whether a value, of the property if one is named, holds the text. */
export function holdsPart(lines: string, text: string, property?: string): boolean {
  const wanted = clean(text).toLowerCase();
  if (wanted === '')
    return lines !== '' && (property === undefined || lines.startsWith(property + MARK) || lines.includes(`\n${property}${MARK}`));
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
    const start = lines.lastIndexOf('\n', at) + 1;
    const mark = lines.indexOf(MARK, start);
    if (mark < at && (property === undefined || lines.slice(start, mark) === property)) return true;
  }
  return false;
}

/** The digits of each phone number. */
export function phoneDigits(lines: string): string[] {
  const start = lines.indexOf(`${PHONE}${MARK}`);
  if (start < 0) return [];
  return lines
    .slice(start)
    .split('\n')
    .map((line) => line.slice(2));
}

function clean(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(MARK, ' ');
}
