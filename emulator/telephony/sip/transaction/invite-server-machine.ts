import { type Machine, to } from './machine.ts';

export type InviteServerState = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated';
export type InviteServerEvent =
  'request' | 'ack' | 'sendProvisional' | 'sendSuccess' | 'sendFailure' | 'timerG' | 'timerH' | 'timerI' | 'timerL';
export type InviteServerAction = 'send' | 'resend' | 'armG' | 'armH' | 'stopTimers' | 'dropResponse' | 'lingerI' | 'lingerL';

/**
 * RFC 3261 17.2.1 with the accepted state of RFC 6026 7.1: after a 2xx, repeated INVITEs are absorbed, and repeating the 2xx
 * until the ACK comes is the dialog's affair (13.3.1.4).
 */
export const inviteServerMachine: Machine<InviteServerState, InviteServerEvent, InviteServerAction> = {
  name: 'INVITE server transaction',
  table: {
    proceeding: {
      request: to('proceeding', 'resend'),
      ack: to('proceeding'),
      sendProvisional: to('proceeding', 'send'),
      sendSuccess: to('accepted', 'send', 'dropResponse', 'lingerL'),
      sendFailure: to('completed', 'send', 'armG', 'armH'),
    },
    accepted: {
      request: to('accepted'),
      ack: to('accepted'),
      timerL: to('terminated'),
    },
    completed: {
      request: to('completed', 'resend'),
      ack: to('confirmed', 'stopTimers', 'dropResponse', 'lingerI'),
      timerG: to('completed', 'resend', 'armG'),
      timerH: to('terminated', 'stopTimers', 'dropResponse'),
    },
    confirmed: {
      request: to('confirmed'),
      ack: to('confirmed'),
      timerI: to('terminated'),
    },
    terminated: {},
  },
};
