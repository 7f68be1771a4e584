/**
 * Where a call through the trunk stands. trying: an INVITE is (or is about to be) out and nothing came back; proceeding: a
 * provisional response; ringing: 180; answered: 200; ended: over for the caller.
 */
export type TrunkCallState = 'arrived' | 'trying' | 'proceeding' | 'ringing' | 'answered' | 'ended';
export type TrunkCallEvent = 'attempt' | 'progress' | 'ring' | 'answer' | 'end';

/** `attempt` out of a later state is failover to the next origination URI. */
const TRANSITIONS: Readonly<Record<TrunkCallState, Partial<Record<TrunkCallEvent, TrunkCallState>>>> = {
  arrived: { attempt: 'trying', end: 'ended' },
  trying: { attempt: 'trying', progress: 'proceeding', ring: 'ringing', answer: 'answered', end: 'ended' },
  proceeding: { attempt: 'trying', progress: 'proceeding', ring: 'ringing', answer: 'answered', end: 'ended' },
  ringing: { attempt: 'trying', progress: 'ringing', ring: 'ringing', answer: 'answered', end: 'ended' },
  answered: { end: 'ended' },
  ended: {},
};

/** @throws Error naming the state and the event, when the table has no such transition. */
export function nextTrunkCallState(state: TrunkCallState, event: TrunkCallEvent): TrunkCallState {
  const next = TRANSITIONS[state][event];
  if (next === undefined) throw new Error(`the trunk's call is ${state} and cannot ${event}`);
  return next;
}
