import { FRAME_MS, FRAME_SAMPLES } from '../audio/audio.ts';
import type { DigitOptions } from '../types.ts';
import type { SendingStream } from './sending-stream.ts';
import { buildEvent, eventOf, LONGEST_SEGMENT } from './telephone-event.ts';

/** The last packet of an event or segment goes out three times (RFC 4733 §2.5.1.4). */
const LAST_PACKETS = 3;
const SAMPLES_PER_MS = FRAME_SAMPLES / FRAME_MS;

interface Press {
  readonly digit: string;
  readonly event: number;
  readonly samples: number;
  readonly gapFrames: number;
  done?(): void;
  fail?(error: Error): void;
}

/** A press that is being sent. */
interface Sending {
  readonly press: Press;
  /** Timestamp of the current segment. */
  timestamp: number;
  /** Samples of former segments. */
  before: number;
  elapsed: number;
  first: boolean;
  ended: boolean;
}

interface Repeat {
  readonly timestamp: number;
  readonly payload: Uint8Array;
  left: number;
}

/** Turns digits into RFC 4733 packets, one step per frame. */
export class DigitSender {
  readonly #stream: SendingStream;
  readonly #onDigit: (digit: string) => void;
  readonly #queue: Press[] = [];
  #sending: Sending | undefined;
  /** Sent but for its repeats. */
  #ending: Press | undefined;
  #repeats: Repeat[] = [];
  #gapFrames = 0;

  constructor(options: { stream: SendingStream; onDigit(digit: string): void }) {
    this.#stream = options.stream;
    this.#onDigit = options.onDigit;
  }

  /** @throws RangeError for what is no digit, or no duration. */
  send(digits: string, options: DigitOptions = {}): Promise<void> {
    const { durationMs = 100, gapMs = 100 } = options;
    if (!(durationMs >= FRAME_MS && gapMs >= 0)) {
      throw new RangeError(`digits of ${durationMs} ms with gaps of ${gapMs} ms: expected at least ${FRAME_MS} ms and a gap of 0 or more`);
    }
    const samples = Math.round(durationMs * SAMPLES_PER_MS);
    const presses: Press[] = [...digits].map((digit) => ({
      digit: digit.toUpperCase(),
      event: eventOf(digit),
      samples,
      gapFrames: Math.round(gapMs / FRAME_MS),
    }));
    const last = presses.at(-1);
    if (!last) return Promise.resolve();
    return new Promise((resolve, reject) => {
      last.done = resolve;
      last.fail = reject;
      this.#queue.push(...presses);
    });
  }

  /** Drops what is not sent yet; its promises are rejected. */
  abort(why: () => Error): void {
    for (const press of [...(this.#sending ? [this.#sending.press] : []), ...this.#queue]) press.fail?.(why());
    this.#queue.length = 0;
    this.#sending = undefined;
    this.#repeats = [];
    this.#settle();
  }

  /**
   * Sends what is due in this frame.
   * @returns whether the frame belongs to a digit: audio is not sent beside it.
   */
  step(payloadType: number): boolean {
    const repeated = this.#repeat(payloadType);
    if (!this.#sending && !repeated) this.#begin();
    if (!this.#sending) return repeated;
    this.#report(this.#sending, payloadType);
    return true;
  }

  #begin(): void {
    if (this.#gapFrames > 0) {
      this.#gapFrames--;
      return;
    }
    const press = this.#queue.shift();
    if (!press) return;
    this.#sending = { press, timestamp: this.#stream.timestamp, before: 0, elapsed: 0, first: true, ended: false };
    this.#onDigit(press.digit);
  }

  #report(sending: Sending, payloadType: number): void {
    const { press } = sending;
    sending.elapsed = Math.min(press.samples, sending.elapsed + FRAME_SAMPLES);
    // A long event goes on in a new segment, without end bit and marker (RFC 4733 §2.5.1.3).
    if (sending.elapsed - sending.before > LONGEST_SEGMENT) {
      this.#sendLast(buildEvent(press.event, false, LONGEST_SEGMENT), sending, payloadType);
      sending.timestamp = (sending.timestamp + LONGEST_SEGMENT) >>> 0;
      sending.before += LONGEST_SEGMENT;
    }
    const end = sending.elapsed === press.samples;
    const payload = buildEvent(press.event, end, sending.elapsed - sending.before);
    if (!end) {
      this.#stream.sendPayload(payload, { payloadType, timestamp: sending.timestamp, marker: sending.first });
      sending.first = false;
      return;
    }
    this.#sendLast(payload, sending, payloadType);
    this.#sending = undefined;
    this.#gapFrames = press.gapFrames;
    this.#ending = press;
  }

  #sendLast(payload: Uint8Array, sending: Sending, payloadType: number): void {
    this.#stream.sendPayload(payload, { payloadType, timestamp: sending.timestamp, marker: sending.first });
    sending.first = false;
    this.#repeats.push({ timestamp: sending.timestamp, payload, left: LAST_PACKETS - 1 });
  }

  #repeat(payloadType: number): boolean {
    if (this.#repeats.length === 0) return false;
    for (const repeat of this.#repeats) {
      this.#stream.sendPayload(repeat.payload, { payloadType, timestamp: repeat.timestamp, marker: false });
      repeat.left--;
    }
    this.#repeats = this.#repeats.filter((repeat) => repeat.left > 0);
    if (this.#repeats.length === 0) this.#settle();
    return true;
  }

  #settle(): void {
    this.#ending?.done?.();
    this.#ending = undefined;
  }
}
