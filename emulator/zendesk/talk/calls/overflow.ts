import { forwardedPresentation, openLeg, type Presentation, type PstnEnd } from '../../../telephony/pstn/index.ts';
import type { Line } from '../lines/entities.ts';
import type { LiveCall, OverflowLeg } from './live-call.ts';
import { limitTalk } from './longest.ts';
import { lineFields, newLeg } from './new-records.ts';
import { note, type TalkRooms } from './rooms.ts';
import { SharedEar } from './shared-ear.ts';
import { sound } from './sounds.ts';

/** Sends the call on: to another line of the account, or out over the telephone network (zendesk-talk §8, §10). */
export function overflow(rooms: TalkRooms, call: LiveCall, to: string): void {
  call.record.overflowed = true;
  call.record.overflowed_to = to;
  const line = rooms.lines.byNumber(call.account, to);
  if (line) toLine(rooms, call, line);
  else dial(rooms, call, to);
}

/** Overflow to a Zendesk number is an ordinary call of that line: no external leg, no tag. A circle of lines ends. */
function toLine(rooms: TalkRooms, call: LiveCall, line: Line): void {
  call.earlierLines.push(call.line.id);
  if (call.earlierLines.includes(line.id)) {
    rooms.steps.refuse(call);
    return;
  }
  call.line = line;
  call.offered = [];
  Object.assign(call.record, lineFields(line));
  note(rooms, call, 'call.overflowed', `overflows to the Zendesk line ${call.record.line}`, {
    to: call.record.overflowed_to,
    external: false,
  });
  rooms.steps.greet(call);
}

function dial(rooms: TalkRooms, call: LiveCall, to: string): void {
  const { core, records, network } = rooms;
  call.move('overflowing');
  rooms.tickets.openAt('overflow_start', call);
  const from = overflowPresentation(call.line, call.options.presentation);
  const record = newLeg({ id: records.nextLegId(call.account), callId: call.id, type: 'external', now: call.now() });
  record.forwarded_to = to;
  call.legs.push(record);
  const label = `overflows to ${to}, showing ${from.withheld ? 'no number' : (from.number ?? 'no number')}`;
  note(rooms, call, 'call.overflowed', label, { to, external: true, presentation: from }, { from: 'talk', to: 'trunk' });
  const leg = openLeg(core, call.journey, { kind: 'overflow', party: to });
  call.side.play(sound('ringback'));
  const { source, sink } = call.side.port();
  const ear = new SharedEar(sink);
  const outgoing = network.dial({
    account: call.account,
    journey: call.journey,
    from,
    to,
    carrier: call.options.carrier,
    audio: { source, sink: ear },
    ringTimeoutMs: rooms.settings.get(call.account).overflowRingMs,
  });
  const overflowLeg: OverflowLeg = { call: outgoing, record, leg, ear, startedAt: call.now(), answeredAt: null };
  call.overflow = overflowLeg;
  outgoing.on('ringing', () => leg.ring());
  outgoing.on('progress', () => call.side.play(undefined));
  outgoing.on('answered', () => answered(rooms, call, overflowLeg));
  outgoing.on('digit', (digit) => call.side.sendDigits(digit));
  outgoing.on('ended', (end) => ended(rooms, call, overflowLeg, end));
  records.save(call, record);
  call.options.onChange(call);
}

function answered(rooms: TalkRooms, call: LiveCall, overflowLeg: OverflowLeg): void {
  if (call.isOver) return;
  rooms.records.step(call, () => {
    call.move('overflowed');
    overflowLeg.answeredAt = call.now();
    limitTalk(rooms, call);
    overflowLeg.leg.answer();
    call.side.connect();
    call.side.play(undefined);
    rooms.tickets.openAt('overflow_answered', call);
    const columns = { from: 'trunk', to: 'talk' };
    note(rooms, call, 'call.overflow_answered', `${overflowLeg.call.to} answers`, { to: overflowLeg.call.to }, columns);
    call.options.onChange(call);
  });
}

/** Whoever hung up: an answered overflow takes the caller with it; one that never answered ends in the refusal greeting. */
function ended(rooms: TalkRooms, call: LiveCall, overflowLeg: OverflowLeg, end: PstnEnd): void {
  overflowLeg.leg.end(end.by, end.cause);
  if (call.isOver) return;
  const { cause } = end;
  if (overflowLeg.answeredAt !== null) {
    rooms.steps.end(call, { by: end.by === 'network' ? 'network' : 'callee', cause });
    return;
  }
  rooms.records.step(call, () => {
    overflowLeg.record.completion_status = 'agent_unreachable';
    const columns = { from: 'trunk', to: 'talk' };
    note(rooms, call, 'call.overflow_failed', `${overflowLeg.call.to} does not answer: ${cause}`, { ...end }, columns);
    rooms.records.save(call, overflowLeg.record);
    rooms.steps.refuse(call);
  });
}

/**
 * What the overflow leg says of the caller. Phone lines: by their forwarding caller ID, the caller's by default. SIP-IN
 * lines: their outbound number (the meaning of that association is inferred). No ticket number travels along.
 */
export function overflowPresentation(line: Line, of: Presentation): Presentation {
  if (line.type === 'sip') {
    const showAs = line.outboundNumber;
    return showAs === null ? of : forwardedPresentation(of, showAs, { showAs });
  }
  const mode = line.forwardingCallerId;
  if (mode === 'caller') return forwardedPresentation(of, line.number);
  return forwardedPresentation(of, line.number, { showAs: mode === 'line' ? line.number : mode });
}
