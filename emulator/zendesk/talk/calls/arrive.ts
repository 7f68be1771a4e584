import { newCall, newLeg } from './new-records.ts';
import { LiveCall, type LiveCallOptions } from './live-call.ts';
import { note, type TalkRooms } from './rooms.ts';

export type ArrivalOptions = Omit<LiveCallOptions, 'record' | 'customerLeg' | 'clock'>;

/** A call that was let in: opens its records and takes it to the line's greeting. One transaction. */
export function arrive(rooms: TalkRooms, o: ArrivalOptions): LiveCall {
  const { core, records, live } = rooms;
  const clock = core.businessClock(o.account);
  return core.store.transaction(() => {
    const id = records.nextCallId(o.account);
    const now = clock.now();
    const record = newCall({ id, ids: core.ids, now, line: o.line, journey: o.journey, from: o.caller.shown });
    const customerLeg = newLeg({ id: records.nextLegId(o.account), callId: id, type: 'customer', now });
    const call = new LiveCall({ ...o, record, customerLeg, clock });
    if (call.ticket) {
      record.ticket_id = call.ticket.id;
      record.customer_id = call.ticket.requesterId;
    }
    const calls = live.get(o.account) ?? new Set();
    live.set(o.account, calls.add(call));
    core.store.afterRollback(() => forget(rooms, call));
    const label = `call from ${o.caller.shown ?? 'an unknown caller'} arrives on ${record.line}`;
    records.step(call, () => {
      note(rooms, call, 'call.arrived', label, { from: o.caller.shown, lineType: record.line_type });
      records.save(call, customerLeg);
      rooms.steps.greet(call);
    });
    return call;
  });
}

/** Its arrival was undone, so that it never was: nobody may wait for it, ring for it or come back to it. */
function forget(rooms: TalkRooms, call: LiveCall): void {
  rooms.live.get(call.account)?.delete(call);
  rooms.waiting.remove(call);
  call.dropTimers();
  if (!call.isOver) call.move('ended');
  call.overflow?.call.hangup('temporary-failure');
  if (!call.ringing) return;
  call.ringing.leg.end('talk', 'withdrawn');
  rooms.workspace.withdraw(call.account, call.ringing.offer);
}
