import { networkInterfaces } from 'node:os';
import { isWildcard } from './addresses.ts';

/**
 * Tells which hosts in a Request-URI (lower case, IPv6 without brackets) are our own SIP listener: where it is bound, every address of
 * the machine when it is bound to all of them, what it advertises (`--public-address`), loopback, and names without a dot, which
 * only somebody nearby can resolve (`localhost`, a container's or machine's name).
 */
export function ownHosts({ bound, advertised }: { bound: string; advertised: string }): (host: string) => boolean {
  const known = new Set([bound, advertised].map((host) => host.toLowerCase().replace(/^\[|\]$/g, '')));
  return (host) => known.has(host) || isNearby(host) || (isWildcard(bound) && isOfThisMachine(host));
}

const LOOPBACK = /^127(?:\.\d{1,3}){3}$|^::1$|\.localhost$/;

function isNearby(host: string): boolean {
  return LOOPBACK.test(host) || /^[^.:]+$/.test(host);
}

/** Asked each time: addresses come and go. */
function isOfThisMachine(host: string): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address.toLowerCase() === host));
}
