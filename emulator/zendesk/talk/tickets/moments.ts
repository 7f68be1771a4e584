import type { TalkSettings, TicketTiming } from '../settings.ts';

/** Moments at which a call may get its ticket (zendesk-talk §9.1). */
export type TicketMoment =
  | 'queue_entry'
  | 'overflow_start'
  | 'overflow_answered'
  | 'agent_accepted'
  | 'voicemail_left'
  /** The external overflow leg was answered and is over. */
  | 'overflow_ended'
  | 'abandoned';

export interface TicketCircumstances {
  readonly timing: TicketTiming;
  readonly omnichannel: boolean;
  readonly unknownCaller: boolean;
  readonly unknownCallerTicket: TalkSettings['unknownCallerTicket'];
  /** The line's setting for abandoned calls without omnichannel routing. */
  readonly abandonedTicket: boolean;
}

/**
 * Whether a call that has no ticket yet gets one now. Documented: at queue entry with omnichannel routing, at the end of
 * an overflowed call without it, when an agent accepts, when a voicemail is left; an abandoned call always with omnichannel
 * routing and by the line's setting without, but never of an unknown caller. Inferred: `overflow_start`, and that an unknown
 * caller's ticket waits for an answer.
 */
export function makesTicket(moment: TicketMoment, about: TicketCircumstances): boolean {
  const deferred = about.unknownCaller && about.unknownCallerTicket === 'when_answered';
  switch (moment) {
    case 'queue_entry':
      return about.timing === 'queue_entry' && !deferred;
    case 'overflow_start':
      return about.timing !== 'call_end' && !deferred;
    case 'overflow_answered':
      return about.timing !== 'call_end';
    case 'abandoned':
      return !deferred && (about.omnichannel || about.abandonedTicket);
    case 'agent_accepted':
    case 'voicemail_left':
    case 'overflow_ended':
      return true;
  }
}
