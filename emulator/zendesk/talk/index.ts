/** Zendesk Talk: phone lines, SIP-IN lines, queue, overflow, voice tickets. */
import { Talk, type TalkOptions } from './talk.ts';

export function createTalk(options: TalkOptions): Talk {
  return new Talk(options);
}

export type { CallRecord, TalkLeg } from './calls/entities.ts';
export { FREQUENCIES as TALK_TONES } from './calls/sounds.ts';
export { TalkError } from './errors.ts';
export type { SipInFacts, TalkFacts } from './journeys/facts.ts';
export type { JoinRule } from './journeys/join.ts';
export type { PhoneLineDraft, PhoneLinePatch, SipInLineDraft, SipInLinePatch } from './lines/drafts.ts';
export type { ForwardingCallerId, Line, PhoneLine, SipInCondition, SipInLine } from './lines/entities.ts';
export type { Schedule } from './lines/schedule.ts';
export type { TalkSeed } from './seed.ts';
export type { TalkSettings, TalkSettingsPatch, TicketTiming } from './settings.ts';
export type { Diagnostic } from './sip-in/ticket-header.ts';
export type { Talk, TalkOptions } from './talk.ts';
