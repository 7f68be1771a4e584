import type { Ids } from '../../core/ids.ts';
import type { Random } from '../../core/random.ts';
import { parseUri } from '../sip/index.ts';
import type { OriginationUri, OriginationUriDraft } from './entities.ts';

const LIMIT = 65_535;

/** @throws Error when the URI, its priority or its weight is nothing that a trunk takes. */
export function originationUri(ids: Ids, draft: OriginationUriDraft): OriginationUri {
  const { sipUrl, priority = 10, weight = 10, enabled = true } = draft;
  const what = `origination URI "${sipUrl}"`;
  const uri = parseUri(sipUrl);
  if (uri?.scheme === 'sips') throw new Error(`${what} is not supported by Twilio; write sip:HOST;transport=tls instead`);
  if (uri?.scheme !== 'sip' || /[\s\p{Cc}<>"]/u.test(sipUrl)) throw new Error(`${what} is no SIP URI; expected sip:HOST:PORT`);
  const transport = uri.params.get('transport')?.toLowerCase() ?? 'udp';
  if (transport !== 'udp') throw new Error(`${what} asks for ${transport}, but this emulator's trunk speaks UDP only; leave transport out`);
  if (!isWithin(priority, 0)) throw new Error(`${what} has the priority ${priority}; expected 0 to ${LIMIT}`);
  if (!isWithin(weight, 1)) throw new Error(`${what} has the weight ${weight}; expected 1 to ${LIMIT}`);
  return { sid: draft.sid ?? ids.sid('OU'), sipUrl, priority, weight, enabled };
}

function isWithin(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= LIMIT;
}

/** The enabled URIs in the order in which one call tries them: by priority, those of the same one drawn by weight. */
export function attemptOrder(random: Random, uris: readonly OriginationUri[]): OriginationUri[] {
  const rest = uris.filter((uri) => uri.enabled);
  const order: OriginationUri[] = [];
  while (rest.length > 0) {
    const lowest = Math.min(...rest.map((uri) => uri.priority));
    const group = rest.filter((uri) => uri.priority === lowest);
    let draw = random.next() * group.reduce((sum, uri) => sum + uri.weight, 0);
    const drawn = group.find((uri) => (draw -= uri.weight) < 0) ?? (group.at(-1) as OriginationUri);
    order.push(drawn);
    rest.splice(rest.indexOf(drawn), 1);
  }
  return order;
}

/** Host, port and parameters as the owner of the trunk wrote them: what follows the user part in Request-URI and To. */
export function destinationOf(sipUrl: string): string {
  return sipUrl
    .replace(/^sip:/i, '')
    .replace(/\?.*$/s, '')
    .replace(/^[^@;]*@/, '');
}
