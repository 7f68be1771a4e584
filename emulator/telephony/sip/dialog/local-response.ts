import { SipHeaders } from '../message/headers.ts';
import { NO_BODY, SIP_VERSION, type SipResponse } from '../message/message.ts';

/** What a request's sender is told when nobody answered (408) or nobody could be reached (503), RFC 3261 8.1.3.1. */
export function localResponse(cause: 'timeout' | 'transport'): SipResponse {
  const [status, reason] = cause === 'timeout' ? [408, 'Request Timeout'] : [503, 'Service Unavailable'];
  return { kind: 'response', status, reason, version: SIP_VERSION, headers: new SipHeaders(), body: NO_BODY };
}
