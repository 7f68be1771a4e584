/** Lanes by whose they are; one that nobody is in is forgotten. */
export class Lanes<Key> {
  readonly #lanes = new Map<Key, Lane>();

  get size(): number {
    return this.#lanes.size;
  }

  /** As that of a lane. Whoever enters leaves. */
  enter(key: Key, limit: number): Promise<void> | undefined {
    let lane = this.#lanes.get(key);
    if (!lane) this.#lanes.set(key, (lane = new Lane()));
    return lane.enter(limit);
  }

  leave(key: Key): void {
    const lane = this.#lanes.get(key);
    lane?.leave();
    if (lane?.isEmpty) this.#lanes.delete(key);
  }
}

/** Lets so many in at a time; the others wait in order. Each webhook has its own, so that one that hangs holds up no other (many can: see `webhookAccountConcurrency`). */
export class Lane {
  #inside = 0;
  #waiting: (() => void)[] = [];

  get isEmpty(): boolean {
    return this.#inside === 0;
  }

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
