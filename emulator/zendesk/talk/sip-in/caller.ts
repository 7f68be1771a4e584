import { decodeUser, parseNameAddr, parseUri, type SipHeaders } from '../../../telephony/sip/index.ts';
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

function identityOf(value: string): CallerIdentity {
  const uri = parseUri(parseNameAddr(value).uri);
  if (!uri) return UNKNOWN;
  const raw = 'number' in uri ? uri.number : decodeUser((uri.user ?? '').split(';')[0] ?? '');
  const shown = raw.replaceAll(VISUAL_SEPARATORS, '');
  if (!DIALABLE.test(shown)) return UNKNOWN;
  // A national number is a number all the same, but it matches no profile: those are E.164.
  return { number: isE164(shown) ? shown : null, shown };
}
