/** One-letter header names and what they stand for, in lower case (RFC 3261 7.3.3 and the IANA registry). */
const COMPACT: ReadonlyMap<string, string> = new Map([
  ['a', 'accept-contact'],
  ['b', 'referred-by'],
  ['c', 'content-type'],
  ['d', 'request-disposition'],
  ['e', 'content-encoding'],
  ['f', 'from'],
  ['i', 'call-id'],
  ['j', 'reject-contact'],
  ['k', 'supported'],
  ['l', 'content-length'],
  ['m', 'contact'],
  ['n', 'identity-info'],
  ['o', 'event'],
  ['r', 'refer-to'],
  ['s', 'subject'],
  ['t', 'to'],
  ['u', 'allow-events'],
  ['v', 'via'],
  ['x', 'session-expires'],
  ['y', 'identity'],
]);

/** Keys of names as they are usually written; saves lower-casing each name of each message. */
const known = new Map<string, string>();
const KNOWN_LIMIT = 512;

/** The name under which a header is looked up: lower case, long form. */
export function headerKey(name: string): string {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const lower = name.toLowerCase();
  const key = lower.length === 1 ? (COMPACT.get(lower) ?? lower) : lower;
  if (known.size < KNOWN_LIMIT && name.length <= 40) known.set(name, key);
  return key;
}
