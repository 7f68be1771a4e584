/** Messages that sip.js cannot read and that we send all the same. */
export interface DeliberateMessage {
  /** What is in them, and why we send it. */
  readonly why: string;
  readonly pattern: RegExp;
  /** A header as it stands in them. */
  readonly example: string;
}

const ECHO = 'a response repeats the header as it came (RFC 3261 8.2.6.2)';

/** All there are. A test asserts that sip.js refuses each example: what it reads does not belong here. */
export const DELIBERATE: readonly DeliberateMessage[] = [
  {
    why: 'tel URIs (RFC 3966): carriers and phones put them into From, To and Refer-To; the grammar of sip.js knows SIP URIs only',
    pattern: /^(?:From|To|Refer-To):[^\r]*<tel:/im,
    example: 'From: <tel:+1-415-555-0100>;tag=1',
  },
  {
    why: `an unquoted comma in a display name (RFC 4475 3.1.2.15): ${ECHO}`,
    pattern: /^SIP\/2\.0 [^]*^(?:From|To): *\w+, \w+ *</im,
    example: 'From: Bell, Alexander <sip:a.g.bell@example.com>;tag=1',
  },
  {
    why: `a quote that is not closed (RFC 4475 3.1.2.6): ${ECHO}`,
    pattern: /^SIP\/2\.0 [^]*^To: *"[^"\r]*\r$/im,
    example: 'To: "Mr. J. User <sip:j.user@example.com>;tag=1',
  },
  {
    why: `URIs of other schemes (RFC 4475 3.3.5): ${ECHO}`,
    pattern: /^SIP\/2\.0 [^]*^(?:From|To): *<?(?:http|isbn):/im,
    example: 'To: isbn:2983792873;tag=1',
  },
  {
    why: `blanks around the URI (RFC 4475 3.1.2.10): ${ECHO}`,
    pattern: /^SIP\/2\.0 [^]*^(?:From|To):[^\r]*< /im,
    example: 'To: "Watson, Thomas" < sip:t.watson@example.org >;tag=1',
  },
  {
    why: 'a From that is no URI: a test sends it, and SIP-IN turns it down, repeating it',
    pattern: /^From: (?:<nobody in particular>|<\+14155550100>|<sip:>|"Ada" <sip:ada lovelace>|<sip:ada@bridge\.example:99999>);tag=/im,
    example: 'From: <nobody in particular>;tag=1',
  },
  {
    why: `our 400s, which say what they object to, and repeat it: ${ECHO}`,
    pattern: /^SIP\/2\.0 400 [^]*^Warning: 399 ringback /im,
    example: 'Via: SIP/2.0/UDP 192.0.2.15;;,;,,\r\nWarning: 399 ringback "the Via cannot be read"',
  },
];

/** Test files whose messages answer random damage, and repeat it in ways that no list can name. */
export const RANDOM_DAMAGE: readonly string[] = ['emulator/telephony/sip/fuzz.test.ts'];

export function isDeliberate(message: string): boolean {
  return DELIBERATE.some(({ pattern }) => pattern.test(message));
}
