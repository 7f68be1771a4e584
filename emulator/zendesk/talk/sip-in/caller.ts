import { decodeUser, parseNameAddr, parseUri, type SipHeaders, uriScheme } from '../../../telephony/sip/index.ts';
import { isE164 } from '../../../telephony/pstn/index.ts';
import type { CallerIdentity } from '../calls/side.ts';

const UNKNOWN: CallerIdentity = { number: null, shown: null };
/** RFC 3966 §5.1.1, and the blanks that people write. */
const VISUAL_SEPARATORS = /[\s().-]/g;
const DIALABLE = /^\+?\d{1,32}$/;

/**
 * The caller as Zendesk reads it: the number in From (zendesk-talk §12.4, order inferred). `anonymous`, `Restricted`,
 * `unknown`, an empty user or a name give an unknown caller. P-Asserted-Identity, Remote-Party-ID and Diversion are
 * ignored unless the line says that the asserted identity wins.
 */
export function callerOf(headers: Pick<SipHeaders, 'get' | 'values'>, o: { assertedIdentity: boolean }): CallerIdentity {
  if (o.assertedIdentity) {
    const asserted = headers.values('P-Asserted-Identity').map(identityOf);
    const known = asserted.find((identity) => identity.shown !== null);
    if (known) return known;
  }
  return identityOf(headers.get('From') ?? '');
}

/** Schemeless values that networks really write instead of a URI: `anonymous@anonymous.invalid`, or one of the words for nobody. */
const TOLERATED = /^(?:[^\s@]+@[^\s@]+|anonymous|private|restricted|unavailable|unknown)$/i;

/** Whether From cannot be read as any URI (zendesk-talk §12.3: 400, inferred). One of another scheme is a URI, of an unknown caller. */
export function isMalformedFrom(headers: Pick<SipHeaders, 'get'>): boolean {
  const { uri } = parseNameAddr(headers.get('From') ?? '');
  const scheme = uriScheme(uri);
  if (scheme === undefined) return !TOLERATED.test(uri);
  return (scheme === 'sip' || scheme === 'sips') && !parseUri(uri);
}

function identityOf(value: string): CallerIdentity {
  const uri = parseUri(parseNameAddr(value).uri);
  if (!uri) return UNKNOWN;
  const raw = 'number' in uri ? uri.number : decodeUser((uri.user ?? '').split(';')[0] ?? '');
  const shown = raw.replaceAll(VISUAL_SEPARATORS, '');
  if (!DIALABLE.test(shown)) return UNKNOWN;
  // A national number is a number all the same, but it matches no profile: those are E.164.
  return { number: isE164(shown) ? shown : null, shown };
}
