import type { CallState } from '../call-types.ts';
import { type Machine, to } from '../transaction/machine.ts';

export type CallEvent = 'provisional' | 'success' | 'ack' | 'end';

/** The states of a call as its user sees them. `ack`: received by the called side, sent by the calling one. */
export const callMachine: Machine<CallState, CallEvent, never> = {
  name: 'call',
  table: {
    setup: { provisional: to('early'), success: to('answered'), end: to('ended') },
    early: { provisional: to('early'), success: to('answered'), end: to('ended') },
    answered: { ack: to('established'), end: to('ended') },
    established: { ack: to('established'), end: to('ended') },
    ended: {},
  },
};
