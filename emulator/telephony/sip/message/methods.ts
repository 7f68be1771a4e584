/** Methods that a user agent of our kind knows of (IANA registry); others get 501 instead of 405. */
const KNOWN = new Map(
  [
    'INVITE',
    'ACK',
    'CANCEL',
    'BYE',
    'OPTIONS',
    'INFO',
    'REGISTER',
    'SUBSCRIBE',
    'NOTIFY',
    'PUBLISH',
    'MESSAGE',
    'REFER',
    'UPDATE',
    'PRACK',
  ].map((name) => [name, name]),
);

export function isKnownMethod(method: string): boolean {
  return KNOWN.has(method);
}

/** The one text of a method that we know, instead of one cut from each message; undefined for others. */
export function knownMethod(method: string): string | undefined {
  return KNOWN.get(method);
}

/** What the stack itself serves; the value of Allow. */
export const ALLOWED = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO';
