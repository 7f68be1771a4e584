import { type Machine, to } from './machine.ts';

export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated';
export type NonInviteServerEvent = 'request' | 'sendProvisional' | 'sendFinal' | 'timerJ';
export type NonInviteServerAction = 'send' | 'resend' | 'lingerJ';

/** RFC 3261 17.2.2. A second final response is discarded. */
export const nonInviteServerMachine: Machine<NonInviteServerState, NonInviteServerEvent, NonInviteServerAction> = {
  name: 'non-INVITE server transaction',
  table: {
    trying: {
      request: to('trying'),
      sendProvisional: to('proceeding', 'send'),
      sendFinal: to('completed', 'send', 'lingerJ'),
    },
    proceeding: {
      request: to('proceeding', 'resend'),
      sendProvisional: to('proceeding', 'send'),
      sendFinal: to('completed', 'send', 'lingerJ'),
    },
    completed: {
      request: to('completed', 'resend'),
      sendProvisional: to('completed'),
      sendFinal: to('completed'),
      timerJ: to('terminated'),
    },
    terminated: {
      sendProvisional: to('terminated'),
      sendFinal: to('terminated'),
    },
  },
};
