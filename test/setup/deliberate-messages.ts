/** Headers that sip.js cannot read and that we send all the same. Only the header is excused: the rest of its message is read. */
export interface DeliberateHeader {
  /** What is in it, and why we send it. */
  readonly why: string;
  /** The header's line. */
  readonly header: RegExp;
  /** The messages that it may stand in; any by default. */
  readonly within?: RegExp;
  /** The line as it stands in one of them. */
  readonly example: string;
}

const RESPONSE = /^SIP\/2\.0 /;
const ECHO = 'a response repeats the header as it came (RFC 3261 8.2.6.2)';

/** All there are. A test asserts that sip.js refuses each example: what it reads does not belong here. */
export const DELIBERATE: readonly DeliberateHeader[] = [
  {
    why: 'tel URIs (RFC 3966): carriers and phones put them into From, To and Refer-To; the grammar of sip.js knows SIP URIs only',
    header: /^(?:From|To|Refer-To):[^\r]*<tel:/i,
    example: 'From: <tel:+1-415-555-0100>;tag=1',
  },
  {
    why: `an unquoted comma in a display name (RFC 4475 3.1.2.15): ${ECHO}`,
    header: /^(?:From|To): *\w+, \w+ *</i,
    within: RESPONSE,
    example: 'From: Bell, Alexander <sip:a.g.bell@example.com>;tag=1',
  },
  {
    why: `a quote that is not closed (RFC 4475 3.1.2.6): ${ECHO}`,
    header: /^To: *"[^"\r]*$/i,
    within: RESPONSE,
    example: 'To: "Mr. J. User <sip:j.user@example.com>;tag=1',
  },
  {
    why: `URIs of other schemes (RFC 4475 3.3.5): ${ECHO}`,
    header: /^(?:From|To): *<?(?:http|isbn):/i,
    within: RESPONSE,
    example: 'To: isbn:2983792873;tag=1',
  },
  {
    why: `blanks around the URI (RFC 4475 3.1.2.10): ${ECHO}`,
    header: /^(?:From|To):[^\r]*< /i,
    within: RESPONSE,
    example: 'To: "Watson, Thomas" < sip:t.watson@example.org >;tag=1',
  },
  {
    why: 'a From that is no URI: a test sends it, and SIP-IN turns it down, repeating it',
    header: /^From: (?:<nobody in particular>|<\+14155550100>|<sip:>|"Ada" <sip:ada lovelace>|<sip:ada@bridge\.example:99999>);tag=/i,
    example: 'From: <nobody in particular>;tag=1',
  },
  {
    why: 'a Record-Route that is no URI: a test sends it, and the 2xx repeats it (RFC 3261 12.1.1)',
    header: /^Record-Route: <garbage>/i,
    within: RESPONSE,
    example: 'Record-Route: <garbage>',
  },
  {
    why: `what our 400s object to, and say so in a Warning: ${ECHO}`,
    header: /^(?:Via|v|From|f|To|t|Call-ID|i|CSeq)\s*:/i,
    within: /^SIP\/2\.0 400 [^]*^Warning: 399 ringback /im,
    example: 'Via: SIP/2.0/UDP 192.0.2.15;;,;,,',
  },
];

/** Test files whose messages answer random damage, and repeat it in ways that no list can name: there this is excused, too. */
export const RANDOM_DAMAGE: readonly string[] = ['emulator/telephony/sip/fuzz.test.ts'];
export const ANY_COPY: DeliberateHeader = {
  why: `whatever a response has from the request: ${ECHO}`,
  header: /^(?:Via|v|From|f|To|t|Call-ID|i|CSeq|Record-Route|Timestamp)\s*:/i,
  within: RESPONSE,
  example: 'From: <sip:>;tag=1',
};
