import { AudioPipe, type AudioPort, type AudioSource, type RtpEndpoint } from '../../../telephony/media/index.ts';
import type { IncomingCall } from '../../../telephony/sip/index.ts';
import type { CallerSide } from '../calls/side.ts';
import type { SipInLine } from '../lines/entities.ts';

/** The bridge's end of a SIP-IN call: its dialog and its RTP. */
export class SipInSide implements CallerSide {
  readonly #call: IncomingCall;
  readonly #endpoint: RtpEndpoint;
  readonly #answerMode: SipInLine['answerMode'];
  readonly #answer: () => void;
  #closed = false;

  /** `answer` sends the 200 with the session description; it is called once. */
  constructor(o: { call: IncomingCall; endpoint: RtpEndpoint; answerMode: SipInLine['answerMode']; answer: () => void }) {
    this.#call = o.call;
    this.#endpoint = o.endpoint;
    this.#answerMode = o.answerMode;
    this.#answer = o.answer;
  }

  greet(): void {
    if (this.#answerMode === 'early_200') this.connect();
  }

  connect(): void {
    if (!this.#closed && (this.#call.state === 'setup' || this.#call.state === 'early')) this.#answer();
  }

  play(sound: AudioSource | undefined): void {
    if (!this.#closed) this.#endpoint.source = sound;
  }

  join(party: AudioPort): void {
    if (this.#closed) return;
    this.#endpoint.source = party.source;
    this.#endpoint.sinks.add(party.sink);
  }

  /** What the other leg writes reaches the bridge from its first frame on. */
  port(): AudioPort {
    const heard = new AudioPipe();
    const said = new AudioPipe();
    this.#endpoint.sinks.add(heard);
    const takeOver = (frame: Int16Array): void => {
      if (!this.#closed && this.#endpoint.source !== said) this.#endpoint.source = said;
      said.write(frame);
    };
    return { source: heard, sink: { write: takeOver } };
  }

  sendDigits(digits: string): void {
    // A bridge that takes no telephone-events does not get them; the call goes on.
    if (!this.#closed) this.#endpoint.sendDigits(digits).catch(() => undefined);
  }

  hangup(): void {
    this.#call.hangup();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endpoint.close();
  }
}
