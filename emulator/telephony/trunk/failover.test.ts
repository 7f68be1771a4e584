import { expect, test } from 'vitest';
import { TRUNK_DEFAULTS } from './entities.ts';
import { type AttemptFailure, causeOfFailure, failsOver } from './failover.ts';

const refused = (status: number): AttemptFailure => ({ reason: 'refused', status });

test.each<[string, AttemptFailure, boolean, string]>([
  ['503', refused(503), true, 'temporary-failure'],
  ['500', refused(500), true, 'temporary-failure'],
  ['408', refused(408), true, 'timer-expiry'],
  ['no response in time', { reason: 'timeout' }, true, 'timer-expiry'],
  ['an unreachable host', { reason: 'transport' }, true, 'network-out-of-order'],
  ['486', refused(486), false, 'busy'],
  ['404', refused(404), false, 'unallocated-number'],
  ['480', refused(480), false, 'no-response'],
  ['488', refused(488), false, 'incompatible-destination'],
  ['600', refused(600), false, 'busy'],
  ['603', refused(603), false, 'rejected'],
  ['302', refused(302), false, 'no-route'],
  ['an odd 499', refused(499), false, 'interworking'],
  ['an answer without usable media', { reason: 'unusable-answer', status: 200 }, false, 'incompatible-destination'],
  ['a 486 whose Reason says otherwise', { ...refused(486), cause: 'subscriber-absent' }, false, 'subscriber-absent'],
])('%s', (_name, failure, over, cause) => {
  expect(failsOver(TRUNK_DEFAULTS.failoverOn, failure)).toBe(over);
  expect(causeOfFailure(failure)).toBe(cause);
});

test('the triggers are the trunk’s own to choose', () => {
  expect(failsOver([486], refused(486))).toBe(true);
  expect(failsOver([486], refused(503))).toBe(false);
  expect(failsOver([], { reason: 'timeout' })).toBe(false);
});
