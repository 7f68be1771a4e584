import { FRAME_SAMPLES } from '../audio/audio.ts';
import { timestampDistance } from './rtp-packet.ts';

/** About one second, a power of two. */
const CAPACITY = 8_192;
const MASK = CAPACITY - 1;
/** What is kept in hand against jitter: 40 ms. */
const DELAY = 2 * FRAME_SAMPLES;
/** Standing delay above which the surplus is left out: 100 ms, looked at every second. */
const MOST_DELAY = 5 * FRAME_SAMPLES;
const READS_PER_LOOK = 50;
/** So many packets out of reach in a row mean that the sender's clock has jumped. */
const OUT_OF_REACH = 3;

/**
 * Puts samples where their timestamp says, so that order and duplicates do not matter, and plays them 40 ms later; what
 * is missing is silence.
 */
export class PlayoutBuffer {
  readonly #ring = new Int16Array(CAPACITY);
  readonly #frame = new Int16Array(FRAME_SAMPLES);
  #started = false;
  /** Timestamp of the next sample to play. */
  #play = 0;
  /** Timestamp after the newest sample. */
  #newest = 0;
  #outOfReach = 0;
  #reads = 0;
  #leastDepth = CAPACITY;

  /** @returns false when the samples came too late to be played. */
  insert(timestamp: number, samples: Int16Array): boolean {
    if (samples.length === 0 || samples.length > CAPACITY / 2) return true;
    if (!this.#started) this.#restart(timestamp);
    const end = (timestamp + samples.length) >>> 0;
    const ahead = timestampDistance(this.#play, timestamp);
    const isNewest = timestampDistance(this.#newest, end) > 0;
    if (ahead + samples.length > CAPACITY) {
      this.#restart(timestamp);
    } else if (ahead < 0 && isNewest) {
      // It ran dry: the stream goes on from here, with more in hand by what came late.
      this.#play = timestamp;
    } else if (ahead < -CAPACITY && ++this.#outOfReach >= OUT_OF_REACH) {
      this.#restart(timestamp);
    } else if (ahead + samples.length <= 0) {
      return false;
    }
    if (ahead >= -CAPACITY) this.#outOfReach = 0;
    this.#store(timestamp, samples);
    if (timestampDistance(this.#newest, end) > 0) this.#newest = end;
    return true;
  }

  /** The next 20 ms. Valid until the next read. */
  read(): Int16Array {
    if (!this.#started) return this.#frame;
    this.#shrink();
    const at = this.#play & MASK;
    const first = Math.min(FRAME_SAMPLES, CAPACITY - at);
    this.#frame.set(this.#ring.subarray(at, at + first));
    this.#frame.set(this.#ring.subarray(0, FRAME_SAMPLES - first), first);
    this.#clear(FRAME_SAMPLES);
    this.#play = (this.#play + FRAME_SAMPLES) >>> 0;
    return this.#frame;
  }

  #restart(timestamp: number): void {
    this.#started = true;
    this.#ring.fill(0);
    this.#play = (timestamp - DELAY) >>> 0;
    this.#newest = timestamp;
    this.#outOfReach = 0;
    this.#reads = 0;
    this.#leastDepth = CAPACITY;
  }

  #store(timestamp: number, samples: Int16Array): void {
    const skipped = Math.max(0, timestampDistance(timestamp, this.#play));
    const at = (timestamp + skipped) & MASK;
    const first = Math.min(samples.length - skipped, CAPACITY - at);
    this.#ring.set(samples.subarray(skipped, skipped + first), at);
    this.#ring.set(samples.subarray(skipped + first), 0);
  }

  /** Silences the samples that are played or left out, for the next turn of the ring. */
  #clear(count: number): void {
    const at = this.#play & MASK;
    this.#ring.fill(0, at, at + count);
    if (at + count > CAPACITY) this.#ring.fill(0, 0, at + count - CAPACITY);
  }

  /** After a stall, or with a sender whose clock runs fast, too much is in hand: leaves the surplus out. */
  #shrink(): void {
    this.#leastDepth = Math.min(this.#leastDepth, timestampDistance(this.#play, this.#newest));
    if (++this.#reads < READS_PER_LOOK) return;
    const surplus = this.#leastDepth - DELAY;
    this.#reads = 0;
    this.#leastDepth = CAPACITY;
    if (surplus < MOST_DELAY - DELAY) return;
    this.#clear(surplus);
    this.#play = (this.#play + surplus) >>> 0;
  }
}
