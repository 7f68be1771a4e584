import type { AudioPort, AudioSource, Closable, Media } from '../../../telephony/media/index.ts';
import type { PstnArrival, PstnCause } from '../../../telephony/pstn/index.ts';
import type { CallerSide } from '../calls/side.ts';

/** The caller's end of a call over the telephone network. */
export class PhoneSide implements CallerSide {
  readonly #arrival: PstnArrival;
  readonly #media: Pick<Media, 'link' | 'play'>;
  #heard: Closable | undefined;
  #closed = false;

  constructor(arrival: PstnArrival, media: Pick<Media, 'link' | 'play'>) {
    this.#arrival = arrival;
    this.#media = media;
  }

  greet(): void {
    this.connect();
  }

  connect(): void {
    if (this.#arrival.state === 'offered' || this.#arrival.state === 'ringing') this.#arrival.answer();
  }

  play(sound: AudioSource | undefined): void {
    this.#hear(sound && (() => this.#media.play(sound, this.#arrival.audio.sink)));
  }

  join(party: AudioPort): void {
    this.#hear(() => this.#media.link(this.#arrival.audio, party));
  }

  port(): AudioPort {
    return this.#arrival.audio;
  }

  sendDigits(digits: string): void {
    this.#arrival.sendDigits(digits);
  }

  hangup(cause: PstnCause): void {
    this.#arrival.hangup(cause);
  }

  close(): void {
    this.#hear(undefined);
    this.#closed = true;
  }

  #hear(start: (() => Closable) | undefined): void {
    this.#heard?.close();
    this.#heard = this.#closed ? undefined : start?.();
  }
}
