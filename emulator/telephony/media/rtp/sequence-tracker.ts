import { sequenceDistance } from './rtp-packet.ts';

/** How far back a packet is told apart from a duplicate. */
const HISTORY = 512;
/** A larger jump is a new start of the sender's numbering (RFC 3550 A.1, MAX_DROPOUT). */
const LARGEST_JUMP = 3_000;

export type Arrival = 'next' | 'gap' | 'reordered' | 'duplicate' | 'restarted';

/** Counts one source's packets by their sequence numbers (RFC 3550 A.1, A.3). */
export class SequenceTracker {
  /** Extended (unwrapped) numbers, by their low bits; made with the first packet. */
  #seen: Float64Array | undefined;
  #first = -1;
  #highest = -1;
  #received = 0;
  /** Of numberings before a restart. */
  #lostBefore = 0;

  /** Packets missing between the first and the newest. */
  get lost(): number {
    return this.#lostBefore + this.#lostNow();
  }

  note(sequence: number): Arrival {
    if (this.#highest < 0) return this.#begin(sequence, 'next');
    const distance = sequenceDistance(this.#highest & 0xffff, sequence);
    if (Math.abs(distance) > LARGEST_JUMP) {
      this.#lostBefore += this.#lostNow();
      return this.#begin(sequence, 'restarted');
    }
    const extended = this.#highest + distance;
    if (this.#seen?.[extended % HISTORY] === extended || (distance < 0 && distance <= -HISTORY)) return 'duplicate';
    this.#count(extended);
    // What came before the first packet that we saw was not expected.
    if (extended < this.#first) this.#first = extended;
    if (distance < 0) return 'reordered';
    this.#highest = extended;
    return distance === 1 ? 'next' : 'gap';
  }

  #lostNow(): number {
    return this.#highest < 0 ? 0 : Math.max(0, this.#highest - this.#first + 1 - this.#received);
  }

  #begin(sequence: number, arrival: Arrival): Arrival {
    this.#seen = new Float64Array(HISTORY).fill(-1);
    this.#received = 0;
    // One cycle up, so that what came before it stays positive.
    this.#first = this.#highest = 65_536 + sequence;
    this.#count(this.#first);
    return arrival;
  }

  #count(extended: number): void {
    if (this.#seen) this.#seen[extended % HISTORY] = extended;
    this.#received++;
  }
}
