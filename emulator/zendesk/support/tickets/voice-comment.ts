import type { VoiceData } from '../entities.ts';
import { formatPhone } from '../people/phone.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // prettier-ignore

/** `formatted_from`, `formatted_to`: `Unknown` when there is no number (recorded). */
export function formattedParty(number: string | null | undefined): string {
  return number ? formatPhone(number) : 'Unknown';
}

/**
 * The comment's text: `Key: value` lines (recorded form; a voicemail's two lines are quoted in Talk dossier §9.3, the
 * order of the others is inferred).
 */
export function voiceBody(data: VoiceData): string {
  const voicemail = data.recording_type === 'voicemail';
  const lines: [key: string, value: string | null | undefined][] = [
    [voicemail ? 'Voicemail from' : 'Call from', formattedParty(data.from)],
    [voicemail ? 'Voicemail to' : 'Call to', data.to ? formatPhone(data.to) : undefined],
    ['Time of call', data.started_at ? timeOfCall(data.started_at) : undefined],
    ['Answered by', data.answered_by_name],
    ['Length of phone call', data.call_duration === undefined || data.call_duration === null ? undefined : duration(data.call_duration)],
    ['Location', data.location],
    ['Listen to the recording', data.recording_url],
    ['Transcription', data.transcription_text],
  ];
  return lines.flatMap(([key, value]) => (value ? [`${key}: ${value}`] : [])).join('\n');
}

/** `January 7, 2021 at 4:36:11 PM`, in UTC. */
export function timeOfCall(startedAt: string): string {
  const at = new Date(startedAt);
  if (Number.isNaN(at.getTime())) return startedAt;
  const hour = at.getUTCHours();
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${hour % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()} at ${clock}`;
}

/** `1 minute, 5 seconds`. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  const unit = (value: number, name: string): string => `${value} ${name}${value === 1 ? '' : 's'}`;
  return minutes > 0 ? `${unit(minutes, 'minute')}, ${unit(rest, 'second')}` : unit(rest, 'second');
}
