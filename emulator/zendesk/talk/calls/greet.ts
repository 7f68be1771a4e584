import { isOpen } from '../lines/schedule.ts';
import type { LiveCall } from './live-call.ts';
import { note, type TalkRooms } from './rooms.ts';
import { sound } from './sounds.ts';

const MINUTE = 60_000;

/** The available greeting plays (SIP-IN answers 200 now, unless told otherwise); then the call enters the queue. */
export function greet(rooms: TalkRooms, call: LiveCall): void {
  const settings = rooms.settings.get(call.account);
  const length = call.line.greetingMs ?? settings.greetings.availableMs;
  call.move('greeting');
  call.side.greet();
  if (length <= 0) {
    enterQueue(rooms, call);
    return;
  }
  call.side.play(sound('greeting'));
  note(rooms, call, 'call.greeting', 'the greeting plays', { greetingMs: length });
  call.options.onChange(call);
  // Media runs on the wire clock.
  call.after('greeting', rooms.core.clock, length, () => {
    rooms.records.step(call, () => enterQueue(rooms, call));
  });
}

/** Schedule, queue size, ticket, hold music, and the first offer (zendesk-talk §8 steps 2, 5, 6). */
function enterQueue(rooms: TalkRooms, call: LiveCall): void {
  const settings = rooms.settings.get(call.account);
  if (!isOpen(call.line.schedule, call.now())) {
    call.record.outside_business_hours = true;
    rooms.steps.giveUp(call, 'outside_business_hours');
    return;
  }
  if (rooms.waiting.count(call.account, call.line.id) >= settings.maximumQueueSize) {
    rooms.steps.giveUp(call, 'queue_full');
    return;
  }
  call.move('queued');
  call.queuedAt ??= call.now();
  rooms.waiting.add(call);
  rooms.tickets.openAt('queue_entry', call);
  const waiting = rooms.waiting.count(call.account, call.line.id);
  note(rooms, call, 'call.queued', `queued on ${call.record.line}`, { waiting, groupIds: call.line.groupIds });
  call.side.play(sound('hold'));
  call.options.onChange(call);
  rooms.steps.offerNext(call);
  // Where there is nobody to wait for, it went on at once.
  if (call.state !== 'queued') return;
  call.after('max-wait', call.options.clock, settings.maximumQueueWaitMinutes * MINUTE, () => {
    call.record.exceeded_queue_wait_time = true;
    rooms.records.step(call, () => rooms.steps.giveUp(call, 'max_wait'));
  });
}
