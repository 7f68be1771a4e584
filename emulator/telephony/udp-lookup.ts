import { lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';

type LookupDone = (error: Error | null, address: string, family: number) => void;

/**
 * The `lookup` of a UDP socket. Node asks the resolver even for addresses, in a later tick; they need none.
 * @param family 4 or 6, as the socket is
 */
export function udpLookup(host: string, family: number, done: LookupDone): void {
  const own = isIP(host);
  if (own > 0) done(null, host, own);
  else lookup(host, { family }, (error, address, found) => done(error, address, found));
}

/** Every address of a name; none of what is an address already, or is not found. */
export async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) > 0) return [];
  try {
    return (await lookupAll(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}
