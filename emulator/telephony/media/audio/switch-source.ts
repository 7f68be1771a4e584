import { type AudioSource, SILENT_FRAME } from './audio.ts';

/** A source that is another one for now; silence while there is none. */
export class SwitchSource implements AudioSource {
  current: AudioSource | undefined;

  constructor(current?: AudioSource) {
    this.current = current;
  }

  read(): Int16Array {
    return this.current?.read() ?? SILENT_FRAME;
  }
}
