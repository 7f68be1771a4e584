import type { Voice, Voices } from '../media/index.ts';

const CALLER_PREFIX = 'caller ';
/** What a caller's voice is called: callers have numbers, agents have names. */
export function callerVoiceName(number: string | null): string {
  return `${CALLER_PREFIX}${number ?? 'anonymous'}`;
}

/**
 * Tells, asked after every frame, whether the listener hears a party: `agent` is anybody of the account who is no caller,
 * `bridge` is, once a bridge has answered, a stranger to the account's voices (a bridge's own tone is not known), anything else
 * the name of a voice.
 */
export function hearingGoal(voices: Voices, listener: Voice, party: string, isBridgeOn: () => boolean): () => boolean {
  const others = (): Voice[] => voices.list(listener.account).filter((voice) => voice !== listener);
  const hears = (voice: Voice): boolean => voices.hears(listener, voice).hears;
  if (party === 'agent') return () => others().some((voice) => !voice.name.startsWith(CALLER_PREFIX) && hears(voice));
  if (party !== 'bridge') return () => others().some((voice) => voice.name === party && hears(voice));
  return () => isBridgeOn() && voices.hearsStranger(listener);
}
