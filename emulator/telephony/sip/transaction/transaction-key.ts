import { parseCSeq } from '../message/cseq.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { tagOf } from '../message/name-addr.ts';
import { onePiece } from '../message/one-piece.ts';
import { topVia, type Via } from '../message/via.ts';

/** Marks branches that are unique (RFC 3261 8.1.1.7). */
export const MAGIC_COOKIE = 'z9hG4bK';

/**
 * What a request's server transaction is found by: branch, sent-by and method (RFC 3261 17.2.3), an ACK under its INVITE's key.
 * Peers of RFC 2543 (no branch, or nothing after the cookie) are matched by what does not change between a request, its
 * repetitions and its ACK.
 */
export function serverKey(request: SipRequest, via: Via, method = request.method): string {
  const branch = via.params.get('branch');
  const of = method === 'ACK' ? 'INVITE' : method;
  if (branch !== undefined && branch.length > MAGIC_COOKIE.length && branch.startsWith(MAGIC_COOKIE)) {
    return onePiece(`${branch}|${via.host.toLowerCase()}:${via.port ?? 5060}|${of}`);
  }
  const { headers, uri } = request;
  const number = parseCSeq(headers.get('CSeq'))?.number;
  return onePiece(`2543|${uri}|${tagOf(headers.get('From'))}|${headers.get('Call-ID')}|${number}|${topVia(headers)}|${of}`);
}

/** What two copies of one request have in common that came by different ways (RFC 3261 8.2.2.2). */
export function mergeKey(request: SipRequest): string {
  const { headers } = request;
  return onePiece(`${headers.get('Call-ID')}|${tagOf(headers.get('From'))}|${headers.get('CSeq')}`);
}

/** What a client transaction is found by: our branch and the method (17.1.3). */
export function clientKey(branch: string, method: string): string {
  return `${branch}|${method}`;
}

/** @param via its topmost */
export function responseKey(response: SipResponse, via: Via | undefined): string | undefined {
  const branch = via?.params.get('branch');
  const method = parseCSeq(response.headers.get('CSeq'))?.method;
  return branch === undefined || method === undefined ? undefined : clientKey(branch, method);
}
