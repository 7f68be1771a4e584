import { BlockList, isIP } from 'node:net';

/** Whether the text is no address range: an address, or one with a prefix length. */
export function cidrProblem(text: string): boolean {
  return parsed(text) === undefined;
}

/**
 * SIP-IN authenticates by the source address alone (zendesk-talk §1 fact 7). An empty list refuses everybody: Twilio
 * blocks all traffic of a domain that no authentication is mapped to.
 */
export function isAllowed(cidrs: readonly string[], address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  return listOf(cidrs).check(plain, family);
}

const built = new Map<string, BlockList>();
const KEPT = 64;

/** Building a list costs more than a look-up: the last ones are kept. */
function listOf(cidrs: readonly string[]): BlockList {
  const key = cidrs.join(' ');
  const known = built.get(key);
  if (known) return known;
  const list = new BlockList();
  for (const cidr of cidrs) {
    const range = parsed(cidr);
    if (range) list.addSubnet(range.address, range.prefix, range.family);
  }
  if (built.size >= KEPT) built.clear();
  built.set(key, list);
  return list;
}

function parsed(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', length, ...rest] = text.trim().split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!(prefix <= longest)) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
