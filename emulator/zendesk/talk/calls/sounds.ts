import { type AudioSource, toneSource } from '../../../telephony/media/index.ts';

const FRAMES = 5;

/**
 * What Talk plays. Below the voices' band (400 Hz), so that no greeting passes for a person; and none of it is the reference
 * bridge's tone, so that hold music does not pass for the bridge.
 */
export const FREQUENCIES = { greeting: 380, hold: 350, ringback: 320, voicemail: 290, refusal: 260 } as const;

export type Sound = keyof typeof FREQUENCIES;

const made = new Map<Sound, readonly Int16Array[]>();

/** A source of its own for each call; the samples are computed once (multiples of 10 Hz repeat after 100 ms). */
export function sound(name: Sound): AudioSource {
  const frames = framesOf(name);
  let next = 0;
  return { read: () => frames[next++ % FRAMES] as Int16Array };
}

function framesOf(name: Sound): readonly Int16Array[] {
  let frames = made.get(name);
  if (!frames) {
    const tone = toneSource(FREQUENCIES[name], { levelDb: -20 });
    frames = Array.from({ length: FRAMES }, () => tone.read().slice());
    made.set(name, frames);
  }
  return frames;
}
