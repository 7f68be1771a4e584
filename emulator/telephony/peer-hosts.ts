import { isIP, SocketAddress } from 'node:net';
import { audioHost } from './media/sdp/audio-media.ts';
import { parseNameAddr, parseUri, parseVia, sdpBody, type SipMessage } from './sip/index.ts';

/** Hosts at which a peer is known, by how that is known: names and addresses as they were written, IPv6 without brackets. */
export interface PeerHosts {
  /** Where it was called. */
  readonly calledAt?: string;
  /** The addresses of that name. */
  readonly resolvedTo?: readonly string[];
  /** Where its SIP messages come from. */
  readonly source?: string;
  /** Of the topmost Via of its request. */
  readonly via?: string;
  /** Of its Contact. */
  readonly contact?: string;
  /** Where its session description wants the audio (c=). */
  readonly media?: string;
}

/** RFC 1035 2.3.4: what is longer is no name. */
const LONGEST_NAME = 255;

/** What a message shows of where its sender is. */
export function hostsOf(message: SipMessage, source: string): PeerHosts {
  const { headers } = message;
  const via = message.kind === 'request' ? parseVia(headers.values('Via')[0] ?? '') : undefined;
  const contact = parseUri(parseNameAddr(headers.values('Contact')[0] ?? '').uri);
  const sdp = sdpBody(message);
  const said = {
    via: via?.host,
    contact: contact === undefined || contact.scheme === 'tel' ? undefined : contact.host,
    media: sdp === undefined ? undefined : audioHost(sdp),
  };
  return { source, ...Object.fromEntries(Object.entries(said).filter(([, host]) => host !== undefined && host.length <= LONGEST_NAME)) };
}

/** One way to write a host, for comparison: lower case, no final dot, IPv6 as RFC 5952 has it (no zone), IPv4 out of its IPv6 mapping. */
export function plainHost(host: string): string {
  const plain = host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  if (isIP(plain) !== 6) return plain;
  // Without the zone (RFC 4007 11), with which Node refuses some addresses that it takes alone.
  return new SocketAddress({ address: plain.replace(/%.*/, ''), family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}
