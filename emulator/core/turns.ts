/** So many pieces are done before what has arrived meanwhile is read. */
const EACH_TURN = 8;
/** But at least this part of what waits: no more than 64 turns bring ever comes together, however fast it comes. */
const PART = 1 / 64;

/**
 * Work in the order of its coming, a few pieces in each turn of the event loop. Whoever has to answer in time leaves here what
 * may take its time: however much of it waits, what arrives is read between the turns.
 */
export class Turns {
  readonly #report: (error: unknown) => void;
  readonly #waiting: (() => void)[] = [];

  /** `report` is told what a piece throws; the others are done all the same. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  add(work: () => void): void {
    if (this.#waiting.push(work) === 1) setImmediate(this.#run);
  }

  /** Once for all turns. Pieces are taken out after the turn, so that what they add begins no second round. */
  readonly #run = (): void => {
    const now = Math.min(this.#waiting.length, Math.max(EACH_TURN, Math.ceil(this.#waiting.length * PART)));
    let done = 0;
    try {
      while (done < now) this.#do(this.#waiting[done++]);
    } finally {
      // Also when what was thrown cannot be reported: the others are nobody's fault.
      this.#waiting.splice(0, done);
      if (this.#waiting.length > 0) setImmediate(this.#run);
    }
  };

  #do(work: (() => void) | undefined): void {
    try {
      work?.();
    } catch (error) {
      this.#report(error);
    }
  }
}
