import { type AudioSink, FRAME_SAMPLES, SAMPLE_RATE } from './audio.ts';
import { encodeWav } from './wav.ts';

const CHUNK_SAMPLES = SAMPLE_RATE;

/** Records what it hears, for one leg: 8 kHz, 16 bit, mono. */
export class WavRecorder implements AudioSink {
  readonly #longest: number;
  readonly #chunks: Int16Array[] = [];
  #samples = 0;

  /** @param options.maxSeconds what comes later is not kept; ten minutes by default (9.6 MB). */
  constructor(options: { maxSeconds?: number } = {}) {
    this.#longest = (options.maxSeconds ?? 600) * SAMPLE_RATE;
  }

  write(frame: Int16Array): void {
    if (this.#samples + FRAME_SAMPLES > this.#longest) return;
    const at = this.#samples % CHUNK_SAMPLES;
    if (at === 0) this.#chunks.push(new Int16Array(CHUNK_SAMPLES));
    this.#chunks.at(-1)?.set(frame, at);
    this.#samples += FRAME_SAMPLES;
  }

  get durationMs(): number {
    return (this.#samples * 1_000) / SAMPLE_RATE;
  }

  /** The bytes of a WAV file. */
  toBuffer(): Uint8Array {
    const samples = new Int16Array(this.#chunks.length * CHUNK_SAMPLES);
    this.#chunks.forEach((chunk, index) => samples.set(chunk, index * CHUNK_SAMPLES));
    return encodeWav(samples.subarray(0, this.#samples));
  }
}
