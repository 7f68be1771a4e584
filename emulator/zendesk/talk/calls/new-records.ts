import type { Ids, JourneyId } from '../../../core/ids.ts';
import { isoSeconds } from '../../account/index.ts';
import { type Line, lineName } from '../lines/entities.ts';
import type { CallRecord, TalkLeg } from './entities.ts';

/** A call without anything that makes it this call. */
export const FRESH_CALL: CallRecord = {
  id: 0,
  created_at: '',
  updated_at: '',
  direction: 'inbound',
  completion_status: null,
  agent_id: null,
  customer_id: null,
  ticket_id: null,
  phone_number_id: null,
  phone_number: null,
  line: null,
  line_id: null,
  line_type: 'phone',
  call_group_id: null,
  call_channel: null,
  default_group: false,
  duration: null,
  talk_time: null,
  wait_time: null,
  hold_time: 0,
  wrap_up_time: 0,
  consultation_time: 0,
  recording_time: 0,
  not_recording_time: 0,
  time_to_answer: null,
  minutes_billed: 0,
  call_charge: '0.0',
  voicemail: false,
  callback: false,
  callback_source: null,
  overflowed: false,
  overflowed_to: null,
  outside_business_hours: false,
  exceeded_queue_wait_time: false,
  customer_requested_voicemail: false,
  ivr_action: null,
  ivr_destination_group_name: null,
  ivr_routed_to: null,
  ivr_hops: null,
  ivr_time_spent: null,
  call_recording_consent: 'never',
  call_recording_consent_action: null,
  call_recording_consent_keypress: null,
  recording_control_interactions: 0,
  quality_issues: ['information_not_available'],
  sid: '',
  journey: '' as JourneyId,
  from: null,
};

export function newCall(o: { id: number; ids: Ids; now: number; line: Line; journey: JourneyId; from: string | null }): CallRecord {
  const at = isoSeconds(o.now);
  return {
    ...FRESH_CALL,
    id: o.id,
    created_at: at,
    updated_at: at,
    ...lineFields(o.line),
    call_recording_consent: o.line.recorded ? 'always' : 'never',
    sid: o.ids.sid('CA'),
    journey: o.journey,
    from: o.from,
  };
}

/** What a call record says of its line; a call that overflows to another Zendesk line moves there. */
export function lineFields(line: Line): Pick<CallRecord, LineField> {
  return {
    phone_number_id: line.type === 'phone' ? line.id : null,
    phone_number: line.type === 'phone' ? line.number : null,
    line: line.nickname || lineName(line),
    line_id: line.id,
    line_type: line.type,
    call_group_id: line.groupIds[0] ?? null,
  };
}

type LineField = 'phone_number_id' | 'phone_number' | 'line' | 'line_id' | 'line_type' | 'call_group_id';

/** A leg without anything that makes it this leg: a customer's. */
export const FRESH_LEG: TalkLeg = {
  id: 0,
  call_id: 0,
  type: 'customer',
  agent_id: 0,
  user_id: null,
  created_at: '',
  updated_at: '',
  duration: 0,
  talk_time: 0,
  hold_time: 0,
  wrap_up_time: 0,
  available_via: null,
  forwarded_to: null,
  transferred_from: null,
  transferred_to: null,
  consultation_from: null,
  consultation_to: null,
  consultation_time: 0,
  conference_from: null,
  conference_to: null,
  conference_time: 0,
  minutes_billed: 0,
  call_charge: '0.0',
  completion_status: null,
  quality_issues: ['information_not_available'],
};

export function newLeg(o: { id: number; callId: number; type: TalkLeg['type']; now: number; agentId?: number }): TalkLeg {
  const at = isoSeconds(o.now);
  return {
    ...FRESH_LEG,
    id: o.id,
    call_id: o.callId,
    type: o.type,
    agent_id: o.agentId ?? 0,
    user_id: o.type === 'customer' ? null : 0,
    created_at: at,
    updated_at: at,
    available_via: o.type === 'agent' ? 'browser' : null,
  };
}
