import type { Random } from '../../core/random.ts';
import { type CarrierIdentity, type Presentation, renderIdentity, type CarrierProfile } from '../pstn/index.ts';
import type { Address, HeaderList } from '../sip/index.ts';
import { formatAddress } from '../sip/index.ts';
import type { Trunk } from './entities.ts';
import { destinationOf } from './origination-uri.ts';

/** The methods that Twilio lists; no UPDATE, PRACK, INFO or MESSAGE among them. */
export const TRUNK_ALLOW = 'ACK,BYE,CANCEL,INVITE,OPTIONS,REFER,NOTIFY';
export const TRUNK_USER_AGENT = 'Twilio Gateway';
/** User-Agent of the ACK to the bridge's answer. */
export const TRUNK_ACK_USER_AGENT = 'Twilio';

export interface InviteDraft {
  readonly random: Random;
  readonly trunk: Trunk;
  readonly presentation: Presentation;
  readonly carrier: CarrierProfile;
  readonly callSid: string;
  /** Of the origination URI. */
  readonly sipUrl: string;
  /** Where our UDP listener is reached: what Record-Route must lead to. */
  readonly edge: Address;
}

export interface Invite {
  readonly uri: string;
  readonly callId: string;
  /** In wire order, with an empty Via where the stack's own goes. */
  readonly headers: HeaderList;
  readonly identity: CarrierIdentity;
}

/**
 * The INVITE of Twilio's trunk origination, as public traces show it: Record-Route first, identity headers after Max-Forwards, the
 * edge's and the private core's Via near the end, a Contact that only Record-Route leads to, a large CSeq, Call-ID
 * `<32 hex>@0.0.0.0`. Content-Length comes last, from the stack.
 */
export function buildInvite(draft: InviteDraft): Invite {
  const { random, trunk, presentation, carrier, callSid, sipUrl, edge } = draft;
  const identity = renderIdentity(carrier, {
    presentation,
    did: trunk.number,
    trunkDomain: trunk.domainName,
    cnam: trunk.cnamLookupEnabled,
  });
  const destination = destinationOf(sipUrl);
  const core = `172.25.${random.int(0, 255)}.${random.int(1, 254)}`;
  const instance = random.hex(8);
  const dialog = random.uuid();
  const tag = `${random.int(1_000_000, 99_999_999).toString().padStart(8, '0')}_${instance}_${dialog}`;
  const branch = `z9hG4bK${dialog}_${instance}_${random.int(1, 999)}-${random.int(1, 2 ** 31 - 1)}`;
  const callId = `${random.hex(32)}@0.0.0.0`;
  const user = /<sips?:([^@>]*)@/i.exec(identity.from)?.[1];
  const headers: [string, string][] = [
    ['Record-Route', `<sip:${formatAddress(edge)};lr>`],
    ['From', `${identity.from};tag=${tag}`],
    ['To', `<sip:${identity.toUser}@${destination}>`],
    ['CSeq', `${random.int(10_000, 99_999)} INVITE`],
    ['Max-Forwards', '60'],
    ...identity.headers.map(([name, value]): [string, string] => [name, value]),
    ['Call-ID', callId],
    ['Via', ''],
    ['Via', `SIP/2.0/UDP ${core}:5060;rport=5060;branch=${branch}`],
    ['Contact', `<sip:${user === undefined || user === '' ? '' : `${user}@`}${core}:5060;transport=udp>`],
    ['Allow', TRUNK_ALLOW],
    ['X-Twilio-AccountSid', trunk.accountSid],
    ['User-Agent', TRUNK_USER_AGENT],
    ...(trunk.verStat === null ? [] : [['X-Twilio-VerStat', trunk.verStat] as [string, string]]),
    ['Content-Type', 'application/sdp'],
    ['X-Twilio-CallSid', callSid],
  ];
  return { uri: `sip:${identity.requestUser}@${destination}`, callId, headers, identity };
}
