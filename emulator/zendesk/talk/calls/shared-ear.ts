import type { AudioSink } from '../../../telephony/media/index.ts';

/** An ear with which others can listen, too. */
export class SharedEar implements AudioSink {
  readonly others = new Set<AudioSink>();
  readonly #own: AudioSink;

  constructor(own: AudioSink) {
    this.#own = own;
  }

  write(frame: Int16Array): void {
    this.#own.write(frame);
    for (const other of this.others) other.write(frame);
  }

  reset(): void {
    this.#own.reset?.();
  }
}
