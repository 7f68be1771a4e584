import type { Voice, Voices } from '../media/index.ts';

const CALLER_PREFIX = 'caller ';

/** What a caller's voice is called: callers have numbers, agents have names. */
export function callerVoiceName(number: string | null): string {
  return `${CALLER_PREFIX}${number ?? 'anonymous'}`;
}

/**
 * Whether the listener hears a party now: `agent` is anybody of the account who is no caller, `bridge` is something audible
 * that is nobody's voice (a bridge's own tone is not known), anything else the name of a voice.
 */
export function hearsParty(voices: Voices, listener: Voice, party: string): boolean {
  const others = voices.list(listener.account).filter((voice) => voice !== listener);
  const hears = (voice: Voice): boolean => voices.hears(listener, voice).hears;
  if (party === 'bridge') return voices.audible(listener) && !others.some(hears);
  if (party === 'agent') return others.some((voice) => !voice.name.startsWith(CALLER_PREFIX) && hears(voice));
  return others.some((voice) => voice.name === party && hears(voice));
}
