/** Everything in this room is linear 16-bit mono at 8 kHz, cut into frames of 20 ms. */
export const SAMPLE_RATE = 8_000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = 160;

/** Something that speaks. */
export interface AudioSource {
  /** Exactly 160 samples, asked for once per 20 ms. The frame may be reused: valid until the next read, not to be changed. */
  read(): Int16Array;
}

/** Something that hears. */
export interface AudioSink {
  /** Given 160 samples every 20 ms; who wants to keep them copies them. */
  write(frame: Int16Array): void;
  /** Forgets what was heard: from now on somebody else speaks. */
  reset?(): void;
}

/** One party's ends of a conversation: what it says and what it hears. */
export interface AudioPort {
  readonly source: AudioSource;
  readonly sink: AudioSink;
}

/** A frame of silence. Shared; never written to. */
export const SILENT_FRAME: Int16Array = new Int16Array(FRAME_SAMPLES);

export const silence: AudioSource = { read: () => SILENT_FRAME };

/** A sink that hears nothing. */
export const deaf: AudioSink = { write: () => undefined };
