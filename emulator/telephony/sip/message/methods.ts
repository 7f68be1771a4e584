/** Methods that a user agent of our kind knows of (IANA registry); others get 501 instead of 405. */
const KNOWN = new Set([
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
]);

export function isKnownMethod(method: string): boolean {
  return KNOWN.has(method);
}

/** What the stack itself serves; the value of Allow. */
export const ALLOWED = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO';
