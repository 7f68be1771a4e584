import type { JourneyId } from '../../../core/ids.ts';

/** Completion of a call (zendesk-talk §4.4). */
export type CallCompletion =
  'completed' | 'abandoned_in_queue' | 'abandoned_in_ivr' | 'abandoned_in_voicemail' | 'abandoned_on_hold' | 'pending_voicemail' | 'failed';

export type LegCompletion =
  'completed' | 'agent_missed' | 'agent_declined' | 'agent_transfer_declined' | 'agent_unreachable' | 'customer_hang_up';

/** A call as stored: the fields of the incremental export (zendesk-talk §4.3), and what the emulator keeps beside them. */
export interface CallRecord {
  readonly id: number;
  readonly created_at: string;
  updated_at: string;
  readonly direction: 'inbound' | 'outbound';
  /** Null while it is live. */
  completion_status: CallCompletion | null;
  agent_id: number | null;
  customer_id: number | null;
  ticket_id: number | null;
  phone_number_id: number | null;
  /** The Zendesk line, not the caller; null for SIP-IN (inferred). */
  phone_number: string | null;
  line: string | null;
  line_id: number | null;
  /** `phone`; the value for SIP-IN is not known, `sip` is inferred. */
  line_type: 'phone' | 'sip';
  call_channel: string | null;
  call_group_id: number | null;
  default_group: boolean;
  /** Seconds, as all times of the record; null while live. */
  duration: number | null;
  talk_time: number | null;
  wait_time: number | null;
  hold_time: number;
  wrap_up_time: number;
  consultation_time: number;
  recording_time: number;
  not_recording_time: number;
  time_to_answer: number | null;
  minutes_billed: number;
  call_charge: string;
  voicemail: boolean;
  callback: boolean;
  callback_source: string | null;
  overflowed: boolean;
  overflowed_to: string | null;
  outside_business_hours: boolean;
  exceeded_queue_wait_time: boolean;
  customer_requested_voicemail: boolean;
  ivr_action: string | null;
  ivr_destination_group_name: string | null;
  ivr_routed_to: string | null;
  ivr_hops: number | null;
  ivr_time_spent: number | null;
  call_recording_consent: 'always' | 'opt_in' | 'opt_out' | 'never';
  call_recording_consent_action: string | null;
  call_recording_consent_keypress: string | null;
  recording_control_interactions: number;
  quality_issues: readonly string[];
  /** Twilio's id of the call, part of recording URLs. */
  readonly sid: string;
  readonly journey: JourneyId;
  /** Who called, as it was shown; null when unknown. Not part of the export. */
  readonly from: string | null;
}

/** One party's side of a call as Talk's export shows it. */
export interface TalkLeg {
  readonly id: number;
  readonly call_id: number;
  readonly type: 'agent' | 'customer' | 'supervisor' | 'external';
  /** 0 on customer and external legs. */
  readonly agent_id: number;
  readonly user_id: number | null;
  readonly created_at: string;
  updated_at: string;
  duration: number;
  talk_time: number;
  hold_time: number;
  wrap_up_time: number;
  readonly available_via: 'browser' | 'phone' | null;
  forwarded_to: string | null;
  transferred_from: number | null;
  transferred_to: number | null;
  consultation_from: number | null;
  consultation_to: number | null;
  consultation_time: number;
  conference_from: number | null;
  conference_to: number | null;
  conference_time: number;
  minutes_billed: number;
  call_charge: string;
  /** Null while it is live. */
  completion_status: LegCompletion | null;
  quality_issues: readonly string[];
}
