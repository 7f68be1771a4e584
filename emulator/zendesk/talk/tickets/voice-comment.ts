import { isoSeconds } from '../../account/index.ts';
import type { VoiceData } from '../../support/index.ts';
import type { CallRecord } from '../calls/entities.ts';
import type { LiveCall } from '../calls/live-call.ts';
import { type Line, lineName } from '../lines/entities.ts';

const VIA_VOICEMAIL = 33;
const VIA_INBOUND_CALL = 34;

/**
 * `data` of the voice comment that a call leaves on its ticket when it ends (zendesk-talk §9.5). `call_duration` is the
 * whole call, queue included [doc]; who writes the comment, and the keys from `call_id` on, are inferred.
 */
export function voiceData(call: LiveCall, by: { id: number; name: string } | null): VoiceData {
  const { record } = call;
  return {
    from: call.caller.shown,
    to: lineEnd(call.line),
    recording_url: recordingUrl(call.line, record),
    recording_type: record.voicemail ? 'voicemail' : 'call',
    started_at: isoSeconds(call.arrivedAt),
    call_duration: record.duration ?? 0,
    answered_by_id: by?.id ?? null,
    answered_by_name: by?.name ?? null,
    location: null,
    transcription_text: null,
    transcription_status: null,
    author_id: by?.id ?? record.customer_id,
    public: false,
    call_id: record.id,
    recorded: call.line.recorded || record.voicemail,
    via_id: record.voicemail ? VIA_VOICEMAIL : VIA_INBOUND_CALL,
    line_type: record.line_type,
    overflow_to: record.overflowed_to,
  };
}

/** What stands for the line: its number, or its SIP address. */
export function lineEnd(line: Line): string {
  return line.type === 'phone' ? line.number : lineName(line);
}

/** The path under which Talk keeps a recording (recorded in a public client); null when nothing was recorded. */
function recordingUrl(line: Line, record: CallRecord): string | null {
  if (record.voicemail) return `/api/v2/channels/voice/calls/${record.sid}/twilio/voicemail/recording`;
  return line.recorded ? `/api/v2/channels/voice/calls/${record.sid}/twilio/call/recording` : null;
}
