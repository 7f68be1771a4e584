import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { parseNameAddr, parseUri, type SipRequest } from 'ringback/sip';

/** Text that stands for "no number" where a number would be (RFC 3323 and what gateways make of it). */
const NO_NUMBER = /^(anonymous|restricted|unavailable|unknown|private|blocked|)$/i;

/** Twilio's keypad spellings of ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE. */
const SENTINELS = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253']);

/** The user part of a name-addr's URI, or the number of a `tel:` URI, percent-decoded and without its parameters. */
function numberText(header: string | undefined): string {
  const uri = header === undefined ? undefined : parseUri(parseNameAddr(header).uri);
  if (!uri) return '';
  const text = uri.scheme === 'tel' ? uri.number : (uri.user ?? '');
  try {
    return decodeURIComponent(text.split(';')[0] as string);
  } catch {
    return text;
  }
}

/** E.164 of a caller's number as written by a carrier; undefined for none, for a sentinel, or for what is no number. */
export function toE164(text: string, homeCountry: string): string | undefined {
  if (standsForNoNumber(text)) return undefined;
  const number = parsePhoneNumberFromString(text, { defaultCountry: homeCountry as CountryCode, extract: false });
  const withPlus = number?.isValid() ? number : parsePhoneNumberFromString(`+${text.replace(/^\+/, '')}`, { extract: false });
  return withPlus?.isPossible() ? withPlus.number : undefined;
}

function standsForNoNumber(text: string): boolean {
  return NO_NUMBER.test(text) || SENTINELS.has(`+${text.replace(/^\+/, '')}`);
}

/** Whether the caller asked not to be shown (RFC 3323, RFC 3325): tokens are case-insensitive. */
export function isWithheld(invite: SipRequest): boolean {
  const tokens = invite.headers.getAll('Privacy').flatMap((value) => value.toLowerCase().split(/[;,]/));
  return tokens.some((token) => ['id', 'user', 'header'].includes(token.trim()));
}

/**
 * Who calls: From, or where From is something else than a number (a carrier's account id, the bridge's own number) the
 * asserted identity. A withheld number is never used, not even where the network asserts it: neither with a Privacy
 * header nor behind an anonymous From.
 */
export function callerOf(invite: SipRequest, homeCountry: string): string | undefined {
  if (isWithheld(invite) || standsForNoNumber(numberText(invite.headers.get('From')))) return undefined;
  const own = dialledNumber(invite, homeCountry);
  const candidates = [invite.headers.get('From'), ...invite.headers.values('P-Asserted-Identity')];
  return candidates.map((header) => toE164(numberText(header), homeCountry)).find((number) => number !== undefined && number !== own);
}

/** The bridge's own number: what was dialled. */
export function dialledNumber(invite: SipRequest, homeCountry: string): string | undefined {
  return toE164(numberText(`<${invite.uri}>`), homeCountry) ?? toE164(numberText(invite.headers.get('To')), homeCountry);
}
