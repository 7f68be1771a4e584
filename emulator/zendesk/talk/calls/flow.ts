import { endCall } from './end.ts';
import { giveUp, refuse } from './give-up.ts';
import { greet } from './greet.ts';
import type { LiveCall } from './live-call.ts';
import { createDispatcher, offerNext } from './offer-next.ts';
import { overflow } from './overflow.ts';
import type { CallSteps, TalkRooms } from './rooms.ts';
import { voicemail } from './voicemail.ts';

/** Ties the steps of a call together, and the queue to the workspace. */
export function createRooms(parts: Omit<TalkRooms, 'steps'>): TalkRooms {
  const steps: CallSteps = {
    greet: (call) => greet(rooms, call),
    offerNext: (call) => offerNext(rooms, call),
    giveUp: (call, reason) => giveUp(rooms, call, reason),
    overflow: (call, to) => overflow(rooms, call, to),
    voicemail: (call) => voicemail(rooms, call),
    refuse: (call) => refuse(rooms, call),
    end: (call, ending) => endCall(rooms, call, ending),
  };
  const rooms: TalkRooms = { ...parts, steps };
  parts.workspace.onChange(createDispatcher(rooms));
  return rooms;
}

/** A key that the caller pressed: on to the overflow number, or a wish for voicemail while waiting. */
export function pressed(rooms: TalkRooms, call: LiveCall, digit: string): void {
  if (call.state === 'overflowed') {
    call.overflow?.call.sendDigits(digit);
    return;
  }
  if (call.state !== 'queued' || !call.line.voicemail || digit !== rooms.settings.get(call.account).voicemailKey) return;
  call.record.customer_requested_voicemail = true;
  rooms.records.step(call, () => rooms.steps.giveUp(call, 'voicemail_requested'));
}
