import { decodeUser, type SipUri } from '../../../telephony/sip/index.ts';
import type { SipInLine } from '../lines/entities.ts';
import type { Lines } from '../lines/lines.ts';

export type Resolution =
  | { readonly found: 'line'; readonly account: string; readonly line: SipInLine }
  /** The host has several lines, and none of this user. */
  | { readonly found: 'unknown_user'; readonly account: string }
  /** A SIP domain of Twilio's that nobody has. */
  | { readonly found: 'unknown_host' }
  /** Our own listener, with a user part that is no line's alias. */
  | { readonly found: 'unknown_alias' }
  /** No SIP-IN address at all: another room's, or nobody's. */
  | { readonly found: 'nothing' };

/** Twilio also serves a domain per region: `acme.sip.us1.twilio.com` is `acme.sip.twilio.com`. */
const REGIONAL = /\.sip\.[a-z0-9-]+\.twilio\.com$/;
const SIP_DOMAIN = '.sip.twilio.com';

/** The host as lines have it. */
export function sipDomain(uri: Pick<SipUri, 'host'>): string {
  return uri.host.toLowerCase().replace(REGIONAL, SIP_DOMAIN);
}

/**
 * Which line a Request-URI means (zendesk-talk §12.2, inferred): the host finds the SIP domain; a domain of one line takes
 * any user part, of several the user part decides. `sip:LINE@HOST:PORT` of our own listener is an alias, for bridges that cannot
 * set an outbound proxy; a host that is neither is nobody's, so that a wrong transfer URI fails as it does at Zendesk.
 */
export function resolveLine(lines: Pick<Lines, 'ofHost' | 'ofAlias'>, uri: SipUri, isOwnHost: (host: string) => boolean): Resolution {
  const host = sipDomain(uri);
  const user = decodeUser(uri.user ?? '').toLowerCase();
  const ofHost = lines.ofHost(host);
  const [first] = ofHost;
  if (first) {
    const found = ofHost.length === 1 ? first : ofHost.find(({ line }) => line.user.toLowerCase() === user);
    if (found) return { found: 'line', ...found };
    return first.line.unknownUser === 'first_line' ? { found: 'line', ...first } : { found: 'unknown_user', account: first.account };
  }
  if (host.endsWith(SIP_DOMAIN)) return { found: 'unknown_host' };
  if (!isOwnHost(host)) return { found: 'nothing' };
  const named = lines.ofAlias(user);
  return named ? { found: 'line', ...named } : { found: 'unknown_alias' };
}
