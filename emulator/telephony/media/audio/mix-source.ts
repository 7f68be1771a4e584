import { type AudioSource, FRAME_SAMPLES } from './audio.ts';

/** All sources at once, limited at full scale. */
export function mixSource(sources: Iterable<AudioSource>): AudioSource {
  const frame = new Int16Array(FRAME_SAMPLES);
  return {
    read() {
      frame.fill(0);
      for (const source of sources) {
        const other = source.read();
        for (let index = 0; index < FRAME_SAMPLES; index++) {
          const sum = (frame[index] as number) + (other[index] as number);
          frame[index] = Math.max(-32_768, Math.min(32_767, sum));
        }
      }
      return frame;
    },
  };
}
