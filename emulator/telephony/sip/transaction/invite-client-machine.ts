import { type Machine, to } from './machine.ts';

export type InviteClientState = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated';
export type InviteClientEvent =
  'provisional' | 'success' | 'failure' | 'timerA' | 'timerB' | 'timerD' | 'timerM' | 'abandoned' | 'transportError';
export type InviteClientAction =
  'resend' | 'armA' | 'stopTimers' | 'report' | 'acknowledge' | 'lingerD' | 'lingerM' | 'timeout' | 'unreachable';

/** RFC 3261 17.1.1 with the accepted state of RFC 6026 7.2. `abandoned`: no final response 64 T1 after CANCEL (9.1). */
export const inviteClientMachine: Machine<InviteClientState, InviteClientEvent, InviteClientAction> = {
  name: 'INVITE client transaction',
  table: {
    calling: {
      timerA: to('calling', 'resend', 'armA'),
      timerB: to('terminated', 'stopTimers', 'timeout'),
      provisional: to('proceeding', 'stopTimers', 'report'),
      success: to('accepted', 'stopTimers', 'lingerM', 'report'),
      failure: to('completed', 'stopTimers', 'acknowledge', 'lingerD', 'report'),
      abandoned: to('terminated', 'stopTimers', 'timeout'),
      transportError: to('terminated', 'stopTimers', 'unreachable'),
    },
    proceeding: {
      provisional: to('proceeding', 'report'),
      success: to('accepted', 'stopTimers', 'lingerM', 'report'),
      failure: to('completed', 'stopTimers', 'acknowledge', 'lingerD', 'report'),
      abandoned: to('terminated', 'stopTimers', 'timeout'),
      transportError: to('proceeding'),
    },
    completed: {
      provisional: to('completed'),
      success: to('completed'),
      failure: to('completed', 'acknowledge'),
      timerD: to('terminated'),
      transportError: to('completed'),
    },
    accepted: {
      provisional: to('accepted'),
      success: to('accepted', 'report'),
      failure: to('accepted'),
      timerM: to('terminated'),
      transportError: to('accepted'),
    },
    terminated: {
      transportError: to('terminated'),
    },
  },
};
