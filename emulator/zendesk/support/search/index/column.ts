/** Numbers in a row that grows, outside the heap: 100,000 records are nothing for the garbage collector to walk. */
export class Column {
  #values: Float64Array<ArrayBuffer>;
  #length = 0;

  constructor(room = 64) {
    this.#values = new Float64Array(room);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      this.#values = new Float64Array(this.#values.buffer.transfer(8 * Math.ceil(this.#length * 1.5)));
    }
    this.#values[this.#length++] = value;
  }

  /** Gives the memory back at once, not when the garbage collector gets to it; nothing may be asked of it after that. */
  release(): void {
    this.#values.buffer.transfer(0);
  }

  /** NaN beyond the end. */
  at(index: number): number {
    return index < this.#length ? (this.#values[index] as number) : Number.NaN;
  }

  /** The first index whose value is greater than the one given; the values must ascend. */
  above(value: number, from = 0): number {
    let [low, high] = [from, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] as number) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
