import type { Clock, Timer } from '../../../core/clock.ts';
import { FRAME_MS } from '../audio/audio.ts';

/** One per millisecond of the frame, so that streams do not all send at once. */
const SLOTS = FRAME_MS;
/** After a longer stall (200 ms) what was missed is skipped instead of sent in one burst. */
const MOST_PERIODS_BEHIND = 10;

/** Called every 20 ms. @param skipped how many periods were left out just before this one, after a stall. */
export type Tick = (skipped: number) => void;

interface Stream {
  readonly tick: Tick;
  readonly onError: (error: unknown) => void;
}

/**
 * The one sender loop for all streams: each has a slot of one millisecond in every 20 ms. Slots are due by count from
 * the loop's start, so lateness of a timer never adds up (an interval timer runs 1 to 2 % slow).
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #slots: Set<Stream>[] = Array.from({ length: SLOTS }, () => new Set());
  /** Milliseconds of the monotonic clock at which slot 0 of the current run began. */
  #start = 0;
  /** Slots done since the start: slot `done % SLOTS` is next, due at start + done. */
  #done = 0;
  #timer: Timer | undefined;
  /** What the timer waits for: a slot, by its count. */
  #awaited = 0;
  #running = false;
  /** Periods that each slot has missed and was not told of yet. */
  readonly #skipped: number[] = Array.from({ length: SLOTS }, () => 0);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls the tick every 20 ms from now on, the first time within 20 ms. Returns the function that ends it.
   * @param onError told when the tick threw; that tick is not called again, the others go on.
   */
  add(tick: Tick, onError: (error: unknown) => void): () => void {
    const stream: Stream = { tick, onError };
    this.#restartIfIdle();
    const slot = this.#freestSlot();
    slot.add(stream);
    if (!this.#running) this.#arm();
    return () => {
      slot.delete(stream);
      if (!this.#running && this.#nextOffset() === undefined) this.#stop();
    };
  }

  /** Counts from now when nobody depended on the old count. */
  #restartIfIdle(): void {
    if (this.#running || this.#nextOffset() !== undefined) return;
    this.#start = this.#clock.monotonic();
    this.#done = 0;
    this.#skipped.fill(0);
  }

  /** The emptiest slot; among equals the one that comes next. */
  #freestSlot(): Set<Stream> {
    let best = this.#slots[this.#done % SLOTS] as Set<Stream>;
    for (let offset = 1; offset < SLOTS; offset++) {
      const slot = this.#slots[(this.#done + offset) % SLOTS] as Set<Stream>;
      if (slot.size < best.size) best = slot;
    }
    return best;
  }

  /** How many slots from the next one on the next taken slot is. */
  #nextOffset(): number | undefined {
    for (let offset = 0; offset < SLOTS; offset++) {
      if ((this.#slots[(this.#done + offset) % SLOTS] as Set<Stream>).size > 0) return offset;
    }
    return undefined;
  }

  #arm(): void {
    const offset = this.#nextOffset();
    if (offset !== undefined && this.#timer && this.#awaited <= this.#done + offset) return;
    this.#stop();
    if (offset === undefined) return;
    this.#awaited = this.#done + offset;
    const due = this.#start + this.#awaited;
    // Whole milliseconds, not too early: the machine's timers do not know finer ones.
    this.#timer = this.#clock.setTimeout(() => this.#run(), Math.max(0, Math.ceil(due - this.#clock.monotonic())));
  }

  #stop(): void {
    this.#timer?.clear();
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    this.#running = true;
    this.#skipStall();
    // The clock is read anew for each slot, so what falls due meanwhile goes out in the same turn.
    for (let turn = 0; turn < SLOTS * MOST_PERIODS_BEHIND && this.#start + this.#done <= this.#clock.monotonic(); turn++) this.#runSlot();
    this.#running = false;
    this.#arm();
  }

  #runSlot(): void {
    const slot = this.#done++ % SLOTS;
    const skipped = this.#skipped[slot] as number;
    this.#skipped[slot] = 0;
    const streams = this.#slots[slot] as Set<Stream>;
    for (const stream of streams) {
      try {
        stream.tick(skipped);
      } catch (error) {
        streams.delete(stream);
        stream.onError(error);
      }
    }
  }

  #skipStall(): void {
    const periods = Math.floor((this.#clock.monotonic() - this.#start - this.#done) / FRAME_MS);
    if (periods <= MOST_PERIODS_BEHIND) return;
    this.#done += periods * SLOTS;
    this.#skipped.forEach((count, slot) => (this.#skipped[slot] = count + periods));
  }
}
