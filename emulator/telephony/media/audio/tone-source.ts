import { type AudioSource, FRAME_SAMPLES, SAMPLE_RATE } from './audio.ts';

const LOOP_FRAMES = 5;
const FULL_SCALE = 32_767;

export interface ToneOptions {
  /** Peak level against full scale, in dB; -12 by default. */
  levelDb?: number;
}

/** A steady sine. */
export function toneSource(frequencyHz: number, options: ToneOptions = {}): AudioSource {
  if (!(frequencyHz > 0 && frequencyHz < SAMPLE_RATE / 2)) {
    throw new RangeError(
      `a tone of ${frequencyHz} Hz does not fit into ${SAMPLE_RATE} samples a second: expected 1 to ${SAMPLE_RATE / 2 - 1} Hz`,
    );
  }
  const amplitude = FULL_SCALE * 10 ** ((options.levelDb ?? -12) / 20);
  return frequencyHz % 10 === 0 ? loopedTone(frequencyHz, amplitude) : computedTone(frequencyHz, amplitude);
}

/** Multiples of 10 Hz repeat after 100 ms: five frames made once. */
function loopedTone(frequencyHz: number, amplitude: number): AudioSource {
  const samples = new Int16Array(LOOP_FRAMES * FRAME_SAMPLES);
  fillSine(samples, frequencyHz, amplitude, 0);
  const frames = Array.from({ length: LOOP_FRAMES }, (_, index) => samples.subarray(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES));
  let next = 0;
  return { read: () => frames[next++ % LOOP_FRAMES] as Int16Array };
}

function computedTone(frequencyHz: number, amplitude: number): AudioSource {
  const frame = new Int16Array(FRAME_SAMPLES);
  let position = 0;
  return {
    read() {
      fillSine(frame, frequencyHz, amplitude, position);
      position = (position + FRAME_SAMPLES) % (SAMPLE_RATE * 1_000);
      return frame;
    },
  };
}

function fillSine(samples: Int16Array, frequencyHz: number, amplitude: number, position: number): void {
  const step = (2 * Math.PI * frequencyHz) / SAMPLE_RATE;
  for (let index = 0; index < samples.length; index++) samples[index] = Math.round(amplitude * Math.sin(step * (position + index)));
}
