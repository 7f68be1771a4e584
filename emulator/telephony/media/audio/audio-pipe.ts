import { type AudioSink, type AudioSource, FRAME_SAMPLES, SILENT_FRAME } from './audio.ts';

const CAPACITY = 4;

/**
 * What is written into it can be read out of it: joins what one endpoint hears to what another says. Holds at most
 * 80 ms; the oldest frame gives way.
 */
export class AudioPipe implements AudioSink, AudioSource {
  readonly #frames = Array.from({ length: CAPACITY }, () => new Int16Array(FRAME_SAMPLES));
  #written = 0;
  #read = 0;

  write(frame: Int16Array): void {
    if (this.#written - this.#read === CAPACITY) this.#read++;
    this.#frames[this.#written++ % CAPACITY]?.set(frame);
  }

  read(): Int16Array {
    if (this.#read === this.#written) return SILENT_FRAME;
    return this.#frames[this.#read++ % CAPACITY] as Int16Array;
  }
}
