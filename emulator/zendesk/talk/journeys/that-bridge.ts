import type { Journey } from '../../../core/journeys.ts';
import { type PeerHosts, plainHost } from '../../../telephony/peer-hosts.ts';
import type { LegRecord } from '../../../telephony/pstn/index.ts';
import { type Address, parseUri } from '../../../telephony/sip/index.ts';

/** A live call at a bridge. */
export interface AtBridge {
  readonly journey: Journey;
  /** The trunk's leg to the bridge. */
  readonly leg: LegRecord;
}

/** A call that a bridge sends: the address that it comes from, and every host that it shows. */
export interface FromBridge {
  readonly remote: Address;
  readonly hosts: PeerHosts;
}

export interface Ties {
  /** Names and addresses of this machine: one host, whichever of them is used. */
  readonly own: ReadonlySet<string>;
  /** Whether a bridge may send from where nothing ties it to the bridge that was called (`multiHomedBridge`). */
  readonly anywhere: boolean;
}

/**
 * Those of the live calls that are at the bridge which calls now: some host known of the bridge that was called is one that the call
 * shows. The source alone would not do: a bridge in a container, or behind NAT, answers and calls from other addresses than it is
 * called at, and says the same one in Contact or SDP both ways. Of several at one host, those that were called at the very address
 * that the call comes from, if there are any.
 */
export function atThatBridge(live: readonly AtBridge[], call: FromBridge, { own, anywhere }: Ties): readonly AtBridge[] {
  const shown = new Set(hostsIn(call.hosts, own));
  const tied = live.filter(({ leg }) => hostsIn(leg.hosts, own).some((host) => shown.has(host)));
  const there = tied.length === 0 && anywhere ? live : tied;
  const exact = there.filter(({ leg }) => portOf(leg) === call.remote.port && hostsOfSip(leg, own).includes(one(call.remote.host, own)));
  return there.length > 1 && exact.length > 0 ? exact : there;
}

/** The hosts of the call, as it shows them, that are the bridge's too. */
export function hostsInCommon(bridge: PeerHosts | undefined, call: PeerHosts, own: ReadonlySet<string>): string[] {
  const known = new Set(hostsIn(bridge, own));
  return [...new Set(Object.values(call).flat())].filter((host) => known.has(one(host, own)));
}

const WORDS: Readonly<Record<keyof PeerHosts, string>> = {
  calledAt: 'called at',
  resolvedTo: 'which is',
  source: 'sends from',
  via: 'Via',
  contact: 'Contact',
  media: 'SDP',
};

/** "called at 192.0.2.1, sends from 192.0.2.1, Contact 10.0.0.5, SDP 10.0.0.5" */
export function describeHosts(hosts: PeerHosts = {}): string {
  const known = (Object.keys(WORDS) as (keyof PeerHosts)[]).flatMap((as) => {
    const host = hosts[as];
    return host === undefined ? [] : `${WORDS[as]} ${[host].flat().join(' and ')}`;
  });
  return known.join(', ') || 'none known yet';
}

/** Who writes these is nowhere, or does not say where (RFC 3264 8.4, RFC 3261 8.1.1.3). */
const NOWHERE = new Set(['', '0.0.0.0', '::', 'anonymous.invalid']);
const THIS_MACHINE = 'this machine';

function hostsIn(hosts: PeerHosts = {}, own: ReadonlySet<string>): string[] {
  return Object.values(hosts)
    .flat()
    .map((host: string) => one(host, own))
    .filter((host) => !NOWHERE.has(host));
}

function one(host: string, own: ReadonlySet<string>): string {
  const plain = plainHost(host);
  return own.has(plain) ? THIS_MACHINE : plain;
}

/** Where SIP to the bridge went, and came back from. */
function hostsOfSip({ hosts: { calledAt, resolvedTo, source } = {} }: LegRecord, own: ReadonlySet<string>): string[] {
  return [calledAt ?? [], resolvedTo ?? [], source ?? []].flat().map((host) => one(host, own));
}

function portOf({ party }: LegRecord): number | undefined {
  const uri = parseUri(party);
  return uri === undefined || uri.scheme === 'tel' ? undefined : (uri.port ?? 5060);
}
