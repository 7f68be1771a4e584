import { type Machine, to } from './machine.ts';

export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated';
export type NonInviteClientEvent = 'provisional' | 'final' | 'timerE' | 'timerF' | 'timerK' | 'transportError';
export type NonInviteClientAction = 'resend' | 'armE' | 'armLongE' | 'stopTimers' | 'report' | 'lingerK' | 'timeout' | 'unreachable';

/** RFC 3261 17.1.2. In proceeding, E always takes T2. */
export const nonInviteClientMachine: Machine<NonInviteClientState, NonInviteClientEvent, NonInviteClientAction> = {
  name: 'non-INVITE client transaction',
  table: {
    trying: {
      timerE: to('trying', 'resend', 'armE'),
      timerF: to('terminated', 'stopTimers', 'timeout'),
      provisional: to('proceeding', 'report'),
      final: to('completed', 'stopTimers', 'lingerK', 'report'),
      transportError: to('terminated', 'stopTimers', 'unreachable'),
    },
    proceeding: {
      timerE: to('proceeding', 'resend', 'armLongE'),
      timerF: to('terminated', 'stopTimers', 'timeout'),
      provisional: to('proceeding', 'report'),
      final: to('completed', 'stopTimers', 'lingerK', 'report'),
      transportError: to('terminated', 'stopTimers', 'unreachable'),
    },
    completed: {
      provisional: to('completed'),
      final: to('completed'),
      timerK: to('terminated'),
      transportError: to('completed'),
    },
    terminated: {
      transportError: to('terminated'),
    },
  },
};
