import type { Line } from '../lines/entities.ts';
import type { LiveCall } from './live-call.ts';
import { withdrawOffer } from './offer-next.ts';
import { type GiveUpReason, note, type TalkRooms } from './rooms.ts';
import { sound } from './sounds.ts';

export type NobodyAnswers =
  { readonly next: 'voicemail' } | { readonly next: 'overflow'; readonly to: string } | { readonly next: 'refuse' };

/**
 * Voicemail on: voicemail. Off, and an overflow number: overflow. Neither: the voicemail-off greeting, then Talk hangs up
 * (zendesk-talk §8 step 9).
 */
export function nobodyAnswers(line: Line, reason: GiveUpReason): NobodyAnswers {
  if (line.voicemail) return { next: 'voicemail' };
  const to = reason === 'outside_business_hours' ? line.overflow.outside : line.overflow.inside;
  return to === null ? { next: 'refuse' } : { next: 'overflow', to };
}

/** The queue has nobody for this call. */
export function giveUp(rooms: TalkRooms, call: LiveCall, reason: GiveUpReason): void {
  if (call.state !== 'greeting' && call.state !== 'queued') return;
  rooms.waiting.remove(call);
  call.dropTimers();
  const answer = nobodyAnswers(call.line, reason);
  note(rooms, call, 'call.unanswered', `${REASONS[reason]}: ${answer.next}`, { reason, ...answer });
  withdrawOffer(rooms, call, 'agent_missed');
  if (answer.next === 'overflow') rooms.steps.overflow(call, answer.to);
  else if (answer.next === 'voicemail') rooms.steps.voicemail(call);
  else rooms.steps.refuse(call);
}

/** The voicemail-off greeting, then Talk hangs up. */
export function refuse(rooms: TalkRooms, call: LiveCall): void {
  call.move('refusing');
  call.side.connect();
  call.side.play(sound('refusal'));
  rooms.records.save(call);
  call.options.onChange(call);
  const { voicemailOffMs } = rooms.settings.get(call.account).greetings;
  call.after('refusal', rooms.core.clock, voicemailOffMs, () => rooms.steps.end(call, { by: 'talk', cause: 'normal' }));
}

const REASONS: Readonly<Record<GiveUpReason, string>> = {
  no_agents: 'no agent of the group is left to ask',
  max_wait: 'the longest wait is over',
  queue_full: 'the queue is full',
  outside_business_hours: 'outside business hours',
  voicemail_requested: 'the caller asked for voicemail',
};
