import type { Voice, Voices } from '../media/index.ts';

const CALLER_PREFIX = 'caller ';
/** What a caller's voice is called: callers have numbers, agents have names. */
export function callerVoiceName(number: string | null): string {
  return `${CALLER_PREFIX}${number ?? 'anonymous'}`;
}

/** Whether somebody hears the bridge; how clearly can be told of a known tone only. */
export interface BridgeHearing {
  readonly hears: boolean;
  readonly dominanceDb: number | null;
  readonly share: number | null;
}

/**
 * Whether the listener hears the account's bridge: by its tone, like anybody, where that is known. A bridge whose tone nobody told,
 * a real one that talks, is heard when one has answered and there is sound over 500 ms that is none of the account's voices (inferred).
 */
export function hearsBridge(voices: Voices, listener: Voice, isBridgeOn: () => boolean): BridgeHearing {
  const bridge = voices.bridge(listener.account);
  if (!bridge) return { hears: isBridgeOn() && voices.hearsStranger(listener), dominanceDb: null, share: null };
  const { hears, dominanceDb, share } = voices.hears(listener, bridge);
  return { hears, dominanceDb, share };
}

/**
 * Tells, asked after every frame, whether the listener hears a party: `agent` is anybody of the account who is no caller, `bridge`
 * its bridge, anything else the name of a voice.
 */
export function hearingGoal(voices: Voices, listener: Voice, party: string, isBridgeOn: () => boolean): () => boolean {
  const others = (): Voice[] => voices.list(listener.account).filter((voice) => voice !== listener);
  const hears = (voice: Voice): boolean => voices.hears(listener, voice).hears;
  if (party === 'agent') return () => others().some((voice) => !voice.name.startsWith(CALLER_PREFIX) && hears(voice));
  if (party !== 'bridge') return () => others().some((voice) => voice.name === party && hears(voice));
  return () => hearsBridge(voices, listener, isBridgeOn).hears;
}
