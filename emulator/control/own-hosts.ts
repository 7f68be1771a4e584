import { networkInterfaces } from 'node:os';
import { plainHost } from '../telephony/peer-hosts.ts';
import { isWildcard } from './addresses.ts';

/**
 * Tells which hosts in a Request-URI (lower case, IPv6 without brackets) are our own SIP listener: where it is bound, every address of
 * the machine when it is bound to all of them, what it advertises (`--public-address`), loopback, and names that
 * only somebody nearby can resolve: without a dot (`localhost`, a container's or machine's name) or in a zone that is kept for private
 * use (RFC 6761, 6762, 8375; `internal`, as in `host.docker.internal`, by ICANN; `svc` of clusters).
 */
export function ownHosts({ bound, advertised }: { bound: string; advertised: string }): (host: string) => boolean {
  const known = new Set([bound, advertised].map((host) => host.toLowerCase().replace(/^\[|\]$/g, '')));
  return (host) => known.has(host) || isNearby(host) || (isWildcard(bound) && isOfThisMachine(host));
}

const LOOPBACK = /^127(?:\.\d{1,3}){3}$|^::1$/;
const PRIVATE_ZONE = /\.(?:localhost|test|local|home\.arpa|internal|svc)$/;

function isNearby(host: string): boolean {
  return LOOPBACK.test(host) || PRIVATE_ZONE.test(host) || /^[^.:]+$/.test(host);
}

/**
 * Names and addresses of this machine: whoever is on it, and is called at one of them, may as well say another. Other addresses of
 * 127.0.0.0/8 than the usual one are left to those who use them to be somebody else.
 */
export function ownAddresses(advertised: string): ReadonlySet<string> {
  return new Set(['localhost', '127.0.0.1', '::1', advertised, ...machineAddresses()].map(plainHost));
}

function isOfThisMachine(host: string): boolean {
  return machineAddresses().some((address) => address.toLowerCase() === host);
}

/** Asked each time: addresses come and go. */
function machineAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);
}
