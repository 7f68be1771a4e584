import { runAll } from '../../../core/run-all.ts';
import type { CallCompletion } from './entities.ts';
import type { LiveCall } from './live-call.ts';
import { withdrawOffer } from './offer-next.ts';
import { type Ending, note, type TalkRooms } from './rooms.ts';
import type { TalkCallState } from './states.ts';

/** How a call counts that ends in this state (zendesk-talk §4.4, §8.1). */
export function completionOf(state: TalkCallState, by: Ending['by'], recordingVoicemail: boolean): CallCompletion {
  switch (state) {
    case 'talking':
    case 'overflowed':
      return 'completed';
    case 'voicemail':
      return recordingVoicemail ? 'completed' : 'abandoned_in_voicemail';
    case 'arrived':
    case 'greeting':
    case 'queued':
    case 'overflowing':
    case 'refusing':
    case 'ended':
      // Released by Talk it ran its course; a caller who gave up abandoned it.
      return by === 'caller' ? 'abandoned_in_queue' : by === 'network' ? 'failed' : 'completed';
  }
}

/**
 * The call is over: records, legs, ticket and journal in one transaction; then every party is released. Once, and each of it
 * whatever the rest throws. The agent's leg ends before the caller's, with which the journey is over.
 */
export function endCall(rooms: TalkRooms, call: LiveCall, ending: Ending): void {
  if (call.isOver) return;
  const was = call.state;
  call.move('ended');
  call.dropTimers();
  rooms.waiting.remove(call);
  rooms.live.get(call.account)?.delete(call);
  const steps = [
    () => rooms.records.step(call, () => writeEnd(rooms, call, was, ending)),
    () => withdrawOffer(rooms, call, 'customer_hang_up'),
    () => call.agent?.leg.end(ending.by, ending.cause),
    () => call.overflow?.call.hangup(ending.cause),
    () => call.side.hangup(ending.cause),
    () => call.side.close(),
    () => releaseAgent(rooms, call),
  ];
  runAll(steps, (step) => step());
}

function writeEnd(rooms: TalkRooms, call: LiveCall, was: TalkCallState, ending: Ending): void {
  const completion = completionOf(was, ending.by, call.recordingVoicemail);
  call.record.completion_status = completion;
  call.record.voicemail = was === 'voicemail' && completion === 'completed';
  withdrawOffer(rooms, call, 'customer_hang_up');
  measure(call);
  writeTicket(rooms, call, was);
  rooms.records.save(call, ...call.legs);
  const label = `call over: ${completion}, ended by ${ending.by}`;
  note(rooms, call, 'call.ended', label, {
    ...ending,
    completion,
    duration: call.record.duration,
    overflowedTo: call.record.overflowed_to,
  });
  call.agent?.leg.end(ending.by, ending.cause);
  call.options.onChange(call);
}

function writeTicket(rooms: TalkRooms, call: LiveCall, was: TalkCallState): void {
  const { tickets, workspace } = rooms;
  if (call.record.completion_status?.startsWith('abandoned')) {
    tickets.openAt('abandoned', call);
    tickets.abandoned(call);
    return;
  }
  if (was === 'overflowed') tickets.openAt('overflow_ended', call);
  else if (was === 'voicemail') tickets.openAt('voicemail_left', call);
  else if (was !== 'talking') return;
  tickets.completed(call, call.agent ? workspace.get(call.account, call.agent.agentId) : null);
}

const NO_ISSUES: readonly string[] = ['none'];

/** Times of the call and its legs, in whole seconds. */
function measure(call: LiveCall): void {
  const { record, overflow, agent, legs } = call;
  const now = call.now();
  const seconds = (from: number | null | undefined, to = now): number => (from == null ? 0 : Math.max(0, Math.round((to - from) / 1_000)));
  const talkedSince = call.answeredAt ?? overflow?.answeredAt ?? null;
  record.duration = seconds(call.arrivedAt);
  record.talk_time = seconds(talkedSince);
  record.wait_time = seconds(call.queuedAt, talkedSince ?? now);
  record.minutes_billed = Math.ceil(record.duration / 60);
  record.recording_time = call.line.recorded ? record.talk_time : 0;
  record.not_recording_time = record.talk_time - record.recording_time;
  record.quality_issues = NO_ISSUES;
  const abandoned = record.completion_status?.startsWith('abandoned') ?? false;
  for (const leg of legs) {
    if (leg.type === 'customer') {
      leg.duration = record.duration;
      leg.talk_time = record.talk_time;
      leg.minutes_billed = record.minutes_billed;
      leg.completion_status = abandoned ? 'customer_hang_up' : 'completed';
    } else if (leg === agent?.record || leg === overflow?.record) {
      leg.duration = seconds(leg === agent?.record ? agent.startedAt : overflow?.startedAt);
      leg.talk_time = leg === agent?.record ? seconds(call.answeredAt) : seconds(overflow?.answeredAt);
      leg.minutes_billed = Math.ceil(leg.duration / 60);
      leg.completion_status ??= leg === overflow?.record && overflow.answeredAt === null ? 'customer_hang_up' : 'completed';
    }
  }
}

/** Wrap-up by the line's setting; its length is added to the records when it ends. */
function releaseAgent(rooms: TalkRooms, call: LiveCall): void {
  const { agent } = call;
  if (!agent) return;
  const { wrapUp } = call.line;
  const limit = typeof wrapUp === 'number' ? wrapUp * 1_000 : wrapUp;
  rooms.workspace.release(call.account, agent.offer, limit, (milliseconds) => {
    const seconds = Math.round(milliseconds / 1_000);
    call.record.wrap_up_time = seconds;
    agent.record.wrap_up_time = seconds;
    rooms.records.save(call, agent.record);
  });
}
