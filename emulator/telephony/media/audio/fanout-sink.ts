import type { AudioSink } from './audio.ts';

/** Passes on what it hears to every sink that it holds at the time. */
export class FanoutSink implements AudioSink {
  readonly sinks: Set<AudioSink>;

  constructor(...sinks: AudioSink[]) {
    this.sinks = new Set(sinks);
  }

  write(frame: Int16Array): void {
    for (const sink of this.sinks) sink.write(frame);
  }

  reset(): void {
    for (const sink of this.sinks) sink.reset?.();
  }
}
