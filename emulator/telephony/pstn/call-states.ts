/** Where a call of the network stands. */
export type CallState = 'dialling' | 'offered' | 'ringing' | 'answered' | 'ended';
/** What can happen to it. */
export type CallEvent = 'offer' | 'ring' | 'answer' | 'end';

/**
 * dialling: post-dial delay, nobody knows of it yet; offered: the called subscriber has it; ringing: alerting (Q.931
 * ALERTING, SIP 180); answered: connected both ways.
 */
const TRANSITIONS: Readonly<Record<CallState, Partial<Record<CallEvent, CallState>>>> = {
  dialling: { offer: 'offered', end: 'ended' },
  offered: { ring: 'ringing', answer: 'answered', end: 'ended' },
  ringing: { answer: 'answered', end: 'ended' },
  answered: { end: 'ended' },
  ended: {},
};

export function canTransition(state: CallState, event: CallEvent): boolean {
  return TRANSITIONS[state][event] !== undefined;
}

/** @throws Error naming the call, its state and the event, when the table has no such transition. */
export function nextState(id: string, state: CallState, event: CallEvent): CallState {
  const next = TRANSITIONS[state][event];
  if (next === undefined) {
    const legal = Object.keys(TRANSITIONS[state]).join(', ') || 'nothing, it is over';
    throw new Error(`call ${id} is ${state} and cannot ${event}; possible now: ${legal}`);
  }
  return next;
}
