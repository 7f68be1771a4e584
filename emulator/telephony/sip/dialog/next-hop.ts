import { parseNameAddr } from '../message/name-addr.ts';
import { parseUri } from '../message/uri.ts';
import type { Address } from '../transport/address.ts';

/**
 * Where a request for this URI or Route value goes over UDP; undefined for what UDP cannot reach (`tel:`, `sips:`, another
 * transport). Host names are left to the resolver when the datagram is sent; there is no SRV lookup.
 */
export function nextHop(value: string): Address | undefined {
  const uri = parseUri(value.includes('<') ? parseNameAddr(value).uri : value);
  if (uri?.scheme !== 'sip') return undefined;
  const transport = uri.params.get('transport');
  if (transport !== undefined && transport.toLowerCase() !== 'udp') return undefined;
  return { host: uri.params.get('maddr') ?? uri.host, port: uri.port ?? 5060 };
}
