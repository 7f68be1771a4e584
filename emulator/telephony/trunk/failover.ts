import type { PstnCause } from '../pstn/index.ts';
import type { FailoverTrigger } from './entities.ts';
import { causeOfStatus } from './sip-causes.ts';

/** Why an attempt at one origination URI came to nothing. `timeout`: no response in time; `transport`: it could not be sent. */
export interface AttemptFailure {
  readonly reason: 'refused' | 'timeout' | 'transport' | 'unusable-answer';
  /** The final response; absent when there was none. */
  readonly status?: number;
  /** Cause from the response's Reason header. */
  readonly cause?: PstnCause;
}

/** Whether the next origination URI is tried. An answer that cannot be spoken with is final: the bridge did answer. */
export function failsOver(triggers: readonly FailoverTrigger[], failure: AttemptFailure): boolean {
  const { reason, status } = failure;
  if (reason === 'unusable-answer') return false;
  if (reason !== 'refused' || status === undefined) return triggers.includes(reason as FailoverTrigger);
  return triggers.includes(status) || (status >= 500 && status < 600 && triggers.includes('5xx'));
}

/** What the caller's network is told when no URI is left. */
export function causeOfFailure(failure: AttemptFailure): PstnCause {
  switch (failure.reason) {
    case 'refused':
      return failure.cause ?? causeOfStatus(failure.status ?? 500);
    case 'timeout':
      return 'timer-expiry';
    case 'transport':
      return 'network-out-of-order';
    case 'unusable-answer':
      return 'incompatible-destination';
  }
}
