/** So many pieces are done before what has arrived meanwhile is read. */
const EACH_TURN = 8;

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

  /** Once for all turns. A piece is taken out after the turn, so that what it adds begins no second round. */
  readonly #run = (): void => {
    const now = Math.min(this.#waiting.length, EACH_TURN);
    for (let at = 0; at < now; at += 1) {
      try {
        this.#waiting[at]?.();
      } catch (error) {
        this.#report(error);
      }
    }
    this.#waiting.splice(0, now);
    if (this.#waiting.length > 0) setImmediate(this.#run);
  };
}
