/**
 * So many pieces are done before what has arrived meanwhile is read. Few: Node reads about sixteen datagrams of a socket in a turn,
 * and who falls behind with those is sent them again.
 */
const EACH_TURN = 4;
/** When more wait than these, what is too many is done as well: however fast work comes, what waits stays bounded. */
const MOST_WAITING = 20_000;

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
    const waiting = this.#waiting.length;
    const now = Math.min(waiting, Math.max(EACH_TURN, waiting - MOST_WAITING));
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
