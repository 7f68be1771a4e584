/** Numbers in a row that grows, outside the heap: 100,000 records are nothing for the garbage collector to walk. */
export class Column {
  #values: Float64Array;
  #length = 0;

  constructor(room = 64) {
    this.#values = new Float64Array(room);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(Math.ceil(this.#length * 1.5));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
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
