import type { PstnCause } from '../pstn/index.ts';

/** What the caller's network is told of a final response to the INVITE: RFC 3398 §8.2.6.1; marked rows are inferred. */
const CAUSE_OF_STATUS: Readonly<Record<number, PstnCause>> = {
  301: 'number-changed', // inferred: redirects are not followed
  400: 'temporary-failure',
  401: 'rejected',
  402: 'rejected',
  403: 'rejected',
  404: 'unallocated-number',
  405: 'not-implemented', // 63 in the RFC, which has no name here
  406: 'not-implemented',
  407: 'rejected',
  408: 'timer-expiry',
  410: 'number-changed',
  413: 'interworking',
  414: 'interworking',
  415: 'not-implemented',
  416: 'interworking',
  420: 'interworking',
  421: 'interworking',
  423: 'interworking',
  480: 'no-response',
  481: 'temporary-failure',
  482: 'exchange-routing-error',
  483: 'exchange-routing-error',
  484: 'invalid-number-format',
  485: 'unallocated-number',
  486: 'busy',
  487: 'normal', // inferred: the bridge ended its own INVITE
  488: 'incompatible-destination', // inferred: by Warning header in the RFC
  500: 'temporary-failure',
  501: 'not-implemented',
  502: 'network-out-of-order',
  503: 'temporary-failure',
  504: 'timer-expiry',
  505: 'interworking',
  513: 'interworking',
  600: 'busy',
  603: 'rejected',
  604: 'unallocated-number',
  606: 'incompatible-destination', // inferred
};

const CAUSE_OF_CLASS: Readonly<Record<number, PstnCause>> = { 3: 'no-route', 4: 'interworking', 5: 'temporary-failure', 6: 'rejected' };

/** The cause of a final response from 300 on. */
export function causeOfStatus(status: number): PstnCause {
  return CAUSE_OF_STATUS[status] ?? CAUSE_OF_CLASS[Math.floor(status / 100)] ?? 'interworking';
}
