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
  const { list, known } = listOf(cidrs);
  let allowed = known.get(plain);
  if (allowed === undefined) {
    allowed = list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
    if (known.size >= KEPT) known.clear();
    known.set(plain, allowed);
  }
  return allowed;
}

interface AccessList {
  readonly list: BlockList;
  /** What it said of the addresses that were looked at last: bridges are few. */
  readonly known: Map<string, boolean>;
}

const lists = new WeakMap<readonly string[], AccessList>();
const KEPT = 64;

/** Building a list costs more than a look-up: each is built once. */
function listOf(cidrs: readonly string[]): AccessList {
  let built = lists.get(cidrs);
  if (!built) {
    const list = new BlockList();
    for (const cidr of cidrs) {
      const range = parsed(cidr);
      if (range) list.addSubnet(range.address, range.prefix, range.family);
    }
    lists.set(cidrs, (built = { list, known: new Map() }));
  }
  return built;
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
