import { SAMPLE_RATE, type Voice, type Voices } from '../media/index.ts';

const CALLER_PREFIX = 'caller ';
/** How long an unknown sound must last to be the bridge's: the first windows of a voice look like nobody's yet. */
const UNKNOWN_SOUND_SAMPLES = SAMPLE_RATE / 2;

/** What a caller's voice is called: callers have numbers, agents have names. */
export function callerVoiceName(number: string | null): string {
  return `${CALLER_PREFIX}${number ?? 'anonymous'}`;
}

/**
 * Tells, asked after every frame, whether the listener hears a party: `agent` is anybody of the account who is no caller,
 * `bridge` is something audible that is nobody's voice for 500 ms (a bridge's own tone is not known), anything else the name of
 * a voice.
 */
export function hearingGoal(voices: Voices, listener: Voice, party: string): () => boolean {
  const others = (): Voice[] => voices.list(listener.account).filter((voice) => voice !== listener);
  const hears = (voice: Voice): boolean => voices.hears(listener, voice).hears;
  if (party === 'agent') return () => others().some((voice) => !voice.name.startsWith(CALLER_PREFIX) && hears(voice));
  if (party !== 'bridge') return () => others().some((voice) => voice.name === party && hears(voice));
  let since: number | undefined;
  return () => {
    const unknown = voices.audible(listener) && others().every((voice) => voices.hears(listener, voice).share === 0);
    since = unknown ? (since ?? listener.ear.position) : undefined;
    return since !== undefined && listener.ear.position - since >= UNKNOWN_SOUND_SAMPLES;
  };
}
