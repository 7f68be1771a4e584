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

/** Names as they are usually written. Finding them here saves lower-casing each name of each message. */
const USUAL = new Map(
  [
    'Via',
    'From',
    'To',
    'Call-ID',
    'CSeq',
    'Contact',
    'Max-Forwards',
    'Content-Length',
    'Content-Type',
    'Record-Route',
    'Route',
    'User-Agent',
    'Server',
    'Allow',
    'Supported',
    'Require',
    'Accept',
    'Expires',
    'Reason',
    'Subject',
    'Privacy',
    'Diversion',
    'P-Asserted-Identity',
    'Remote-Party-ID',
    'X-Twilio-AccountSid',
    'X-Twilio-CallSid',
    'X-Zendesk-Ticket-Id',
  ].map((name) => [name, name.toLowerCase()]),
);

/** The name under which a header is looked up: lower case, long form. */
export function headerKey(name: string): string {
  const usual = USUAL.get(name);
  if (usual !== undefined) return usual;
  const lower = name.toLowerCase();
  return lower.length === 1 ? (COMPACT.get(lower) ?? lower) : lower;
}
