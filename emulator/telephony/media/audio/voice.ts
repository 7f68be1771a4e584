import type { Clock } from '../../../core/clock.ts';
import type { AudioPort, AudioSink } from './audio.ts';
import { Ear } from './ear.ts';
import { toneSource } from './tone-source.ts';
import type { WavRecorder } from './wav-recorder.ts';

/** One party: it speaks a tone of its own, and listens. */
export class Voice {
  readonly account: string;
  readonly name: string;
  readonly frequencyHz: number;
  readonly ear: Ear;
  readonly port: AudioPort;
  /** Set to record what this party hears. */
  recording: WavRecorder | undefined;

  constructor(account: string, name: string, frequencyHz: number, clock?: Clock) {
    this.account = account;
    this.name = name;
    this.frequencyHz = frequencyHz;
    this.ear = new Ear(clock);
    const sink: AudioSink = {
      write: (frame) => {
        this.ear.write(frame);
        this.recording?.write(frame);
      },
      reset: () => this.ear.reset(),
    };
    this.port = { source: toneSource(frequencyHz), sink };
  }
}
