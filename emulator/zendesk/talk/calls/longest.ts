import type { LiveCall } from './live-call.ts';
import { note, type TalkRooms } from './rooms.ts';

const MINUTE = 60_000;

/**
 * From now on the call is talked on, and ended when that takes longer than a call may: all that ends one whose other side died
 * without a word. Neither session timers nor silence do (twilio-trunk-and-carriers §3 and §4: no timer is offered, inferred).
 */
export function limitTalk(rooms: TalkRooms, call: LiveCall): void {
  const minutes = rooms.settings.get(call.account).maximumCallMinutes;
  if (minutes === null) return;
  call.after('longest', call.options.clock, minutes * MINUTE, () => {
    note(rooms, call, 'call.too_long', `talked for ${minutes} minutes, longer than a call may`, { minutes });
    rooms.steps.end(call, { by: 'talk', cause: 'normal' });
  });
}
