/** What a setting of a fault may be; `failure` is a SIP status of 300 and above. */
export type FaultParam = 'milliseconds' | 'seconds' | 'count' | 'failure' | 'flag' | 'text';

/** What a fault with target `webhook` may ask for, and the settings of each. */
export const WEBHOOK_FAULTS: Readonly<Record<string, Readonly<Record<string, FaultParam>>>> = {
  drop: {},
  delay: { ms: 'milliseconds' },
  reorder: { withinMs: 'milliseconds', size: 'count' },
  hold: {},
  duplicate: { copies: 'count', gapMs: 'milliseconds', newInvocation: 'flag' },
  'corrupt-signature': {},
  'stale-timestamp': { seconds: 'seconds' },
  'truncated-body': {},
  'wrong-content-type': { contentType: 'text' },
  'slow-send': { ms: 'milliseconds' },
};
