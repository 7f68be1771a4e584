/**
 * Texts of voice tickets (zendesk-talk §9.3). `{name}` is the requester, `{number}` the formatted number that called,
 * `{time}` when. A bridge must not parse them: that is a test case in itself.
 */
export interface VoiceTemplates {
  /** Recorded from a real ticket. */
  readonly callSubject: string;
  /** Recorded from a real ticket. */
  readonly voicemailSubject: string;
  /** Inferred. */
  readonly abandonedSubject: string;
  /** Recorded for voicemail, inferred for the rest. */
  readonly description: string;
}

export const DEFAULT_TEMPLATES: VoiceTemplates = {
  callSubject: 'Call with {name}',
  voicemailSubject: 'Voicemail from: {name}',
  abandonedSubject: 'Abandoned call from: {name}',
  description: 'Call from: {number}\nTime of call: {time}',
};

/** The value of a placeholder; undefined for one that is not known. */
export type Words = (name: string) => string | undefined;

/** Fills in what is known; an unknown placeholder stays as it is. */
export function fill(template: string, words: Words): string {
  let text = '';
  partsOf(template).forEach((part, at) => {
    text += at % 2 === 0 ? part : (words(part) ?? `{${part}}`);
  });
  return text;
}

const KEPT = 64;
const taken = new Map<string, readonly string[]>();

/** A template taken apart, once: text and names of placeholders in turn. */
function partsOf(template: string): readonly string[] {
  let parts = taken.get(template);
  if (!parts) {
    if (taken.size >= KEPT) taken.clear();
    taken.set(template, (parts = template.split(/\{(\w+)\}/)));
  }
  return parts;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** As in a real ticket: `January 7, 2021 at 4:36:11 PM` (in UTC). */
export function timeOfCall(milliseconds: number): string {
  const at = new Date(milliseconds);
  const hours = at.getUTCHours();
  const clock = `${hours % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()} at ${clock}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
