import { type AudioSource, FRAME_SAMPLES, SILENT_FRAME } from './audio.ts';
import { decodeWav } from './wav.ts';

/** Plays a WAV file (8 kHz, 16 bit, mono), then silence, or itself again. @throws Error for any other file. */
export function wavSource(file: Uint8Array, options: { loop?: boolean } = {}): AudioSource {
  const samples = decodeWav(file);
  const frame = new Int16Array(FRAME_SAMPLES);
  let position = 0;
  return {
    read() {
      if (options.loop && position >= samples.length) position = 0;
      if (position >= samples.length) return SILENT_FRAME;
      const part = samples.subarray(position, position + FRAME_SAMPLES);
      frame.fill(0, part.length);
      frame.set(part);
      position += FRAME_SAMPLES;
      return frame;
    },
  };
}
