/** Lets so many in at a time; the others wait in order. Each webhook has its own, so that one that hangs holds up no other. */
export class Lane {
  #inside = 0;
  #waiting: (() => void)[] = [];

  /** Undefined when there was room; else resolves once there is. */
  enter(limit: number): Promise<void> | undefined {
    if (this.#inside < limit) {
      this.#inside += 1;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside -= 1;
  }
}
