/** Where a call stands in Talk. */
export type TalkCallState =
  'arrived' | 'greeting' | 'queued' | 'talking' | 'overflowing' | 'overflowed' | 'voicemail' | 'refusing' | 'ended';

/**
 * greeting: the available greeting plays (again when the call was overflowed to another Zendesk line); queued: waits or
 * rings at one agent; overflowing: the overflow leg rings; refusing: the voicemail-off greeting plays before Talk hangs up.
 */
export const CALL_TRANSITIONS: Readonly<Record<TalkCallState, readonly TalkCallState[]>> = {
  arrived: ['greeting', 'ended'],
  greeting: ['greeting', 'queued', 'voicemail', 'overflowing', 'refusing', 'ended'],
  queued: ['greeting', 'talking', 'voicemail', 'overflowing', 'refusing', 'ended'],
  talking: ['ended'],
  overflowing: ['overflowed', 'refusing', 'ended'],
  overflowed: ['ended'],
  voicemail: ['ended'],
  refusing: ['ended'],
  ended: [],
};

/** @throws Error naming the call and both states when the table has no such step. */
export function nextCallState(callId: number, from: TalkCallState, to: TalkCallState): TalkCallState {
  if (CALL_TRANSITIONS[from].includes(to)) return to;
  const legal = CALL_TRANSITIONS[from].join(', ') || 'nothing, it is over';
  throw new Error(`Talk call ${callId} is ${from} and cannot become ${to}; possible now: ${legal}`);
}
