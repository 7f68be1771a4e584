import { type RtpPacket, timestampDistance } from './rtp-packet.ts';
import { digitOf, LONGEST_SEGMENT, parseEvents, type TelephoneEvent } from './telephone-event.ts';

/** Frames without a packet after which an event counts as ended: 200 ms, three update intervals of slow senders (inferred). */
const PATIENCE = 10;
/** Within 20 s an older timestamp is a straggler; beyond, the sender's clock has jumped. */
const STRAGGLER = 160_000;
const SAMPLES_PER_MS = 8;

interface Current {
  readonly ssrc: number;
  readonly event: number;
  timestamp: number;
  duration: number;
  /** Samples of former segments. */
  before: number;
  ended: boolean;
}

/**
 * Turns RFC 4733 packets into digits: once per press, whichever of its packets got through. Repeats are known by their
 * timestamp, segments of a long event by following each other.
 */
export class DigitReceiver {
  readonly #onDigit: (digit: string) => void;
  readonly #onEnd: (digit: string, durationMs: number) => void;
  #current: Current | undefined;
  #quiet = 0;

  constructor(options: { onDigit(digit: string): void; onEnd(digit: string, durationMs: number): void }) {
    this.#onDigit = options.onDigit;
    this.#onEnd = options.onEnd;
  }

  receive({ ssrc, timestamp, payload }: Pick<RtpPacket, 'ssrc' | 'timestamp' | 'payload'>): void {
    let start = timestamp;
    for (const event of parseEvents(payload)) {
      this.#receiveOne(ssrc, start, event);
      start = (start + event.duration) >>> 0;
    }
  }

  /** Lets one frame of time pass. */
  tick(): void {
    if (this.#current && !this.#current.ended && ++this.#quiet > PATIENCE) this.#end(this.#current);
  }

  #receiveOne(ssrc: number, timestamp: number, event: TelephoneEvent): void {
    const current = this.#current?.ssrc === ssrc ? this.#current : undefined;
    const distance = current ? timestampDistance(current.timestamp, timestamp) : 0;
    if (current && distance < 0 && distance > -STRAGGLER) return;
    this.#quiet = 0;
    if (current && distance === 0 && event.event === current.event) this.#update(current, event);
    else if (current && !current.ended && event.event === current.event && distance === LONGEST_SEGMENT) {
      current.timestamp = timestamp;
      current.before += LONGEST_SEGMENT;
      current.duration = 0;
      this.#update(current, event);
    } else this.#begin(ssrc, timestamp, event);
  }

  #update(current: Current, event: TelephoneEvent): void {
    if (current.ended) return;
    current.duration = Math.max(current.duration, event.duration);
    if (event.end) this.#end(current);
  }

  #begin(ssrc: number, timestamp: number, event: TelephoneEvent): void {
    if (this.#current && !this.#current.ended) this.#end(this.#current);
    const current: Current = { ssrc, event: event.event, timestamp, duration: event.duration, before: 0, ended: false };
    this.#current = current;
    const digit = digitOf(event.event);
    if (digit !== undefined) this.#onDigit(digit);
    if (event.end) this.#end(current);
  }

  #end(current: Current): void {
    current.ended = true;
    const digit = digitOf(current.event);
    if (digit !== undefined) this.#onEnd(digit, (current.before + current.duration) / SAMPLES_PER_MS);
  }
}
