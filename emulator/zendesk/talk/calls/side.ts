import type { AudioPort, AudioSource } from '../../../telephony/media/index.ts';
import type { PstnCause } from '../../../telephony/pstn/index.ts';

/** Who calls, as Talk reads it from the network or the SIP From. */
export interface CallerIdentity {
  /** E.164: what profiles are matched with. */
  readonly number: string | null;
  /** The number as it was shown, E.164 or not; null for an unknown caller. */
  readonly shown: string | null;
}

export function isUnknownCaller(caller: CallerIdentity): boolean {
  return caller.shown === null;
}

/** The caller's end of a call, whatever network it came over. Everything is idempotent and harmless once it is closed. */
export interface CallerSide {
  /** Talk begins to play: takes the call, unless the line answers only when somebody is there. */
  greet(): void;
  /** Somebody or something is there: takes the call. */
  connect(): void;
  /** What the caller hears of Talk; undefined for nothing. */
  play(sound: AudioSource | undefined): void;
  /** The caller and the party hear each other; what plays stops. */
  join(party: AudioPort): void;
  /** The caller's audio for another leg to read and write; what plays goes on until `play` is called. */
  port(): AudioPort;
  sendDigits(digits: string): void;
  /** Releases the caller. */
  hangup(cause: PstnCause): void;
  /** The call is over: lets go of audio. */
  close(): void;
}
