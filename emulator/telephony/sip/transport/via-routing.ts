import { isIP } from 'node:net';
import type { SipRequest } from '../message/message.ts';
import { splitList } from '../message/list.ts';
import type { Via } from '../message/via.ts';
import type { Address } from './address.ts';

const DEFAULT_PORT = 5060;

/** Writes `received` and `rport` into the topmost Via (RFC 3261 18.2.1, RFC 3581 4). The rest of its text stays. */
export function stampVia(request: SipRequest, via: Via, source: Address): void {
  const wantsPort = via.params.has('rport');
  if (!wantsPort && via.host === source.host && !via.params.has('received')) return;
  const row = request.headers.get('Via') as string;
  const values = splitList(row);
  let top = (values[0] as string).replace(/;\s*received\s*=[^;,]*/i, '');
  if (wantsPort) top = top.replace(/;\s*rport\b(\s*=[^;,]*)?/i, `;rport=${source.port}`);
  request.headers.setFirst('Via', [`${top};received=${source.host}`, ...values.slice(1)].join(', '));
}

/** Where responses go: to the source where it asked so, else maddr, else the sender's address and the sent-by port. */
export function responseTarget(via: Via, source: Address): Address {
  if (via.params.has('rport')) return source;
  const maddr = via.params.get('maddr');
  const port = via.port ?? DEFAULT_PORT;
  if (maddr === undefined && port === source.port) return source;
  return { host: maddr !== undefined && isIP(maddr) > 0 ? maddr : source.host, port };
}
