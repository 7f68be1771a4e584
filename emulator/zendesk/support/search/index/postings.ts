const PAGE_BITS = 16;
const PAGE = 1 << PAGE_BITS;
const FIRST_BLOCK = 2;
const LARGEST_BLOCK = 512;

/**
 * Many lists of ascending whole numbers (below 2^32) that only grow. They lie in chained blocks, each twice as long as the one
 * before, of pages outside the heap: most lists are short, a few very long, and an array each would cost more than the numbers.
 */
export class Postings {
  readonly #pages: Uint32Array<ArrayBuffer>[] = [];
  /** Where the next block begins. */
  #free = PAGE;
  readonly #lists: List[] = [];

  /** The number of a new list. */
  open(): number {
    return this.#lists.push({ first: -1, last: -1, room: 0, block: 0, count: 0, greatest: -1 }) - 1;
  }

  count(list: number): number {
    return this.#lists[list]?.count ?? 0;
  }

  /** Adds a number that is not below the last one; the same one again is left out. */
  add(list: number, value: number): void {
    const own = this.#lists[list];
    if (!own) throw new RangeError(`there is no list ${list}`);
    if (own.greatest === value) return;
    if (own.room === 0) this.#extend(own);
    const page = this.#pages[own.last >>> PAGE_BITS] as Uint32Array;
    page[(own.last & (PAGE - 1)) + 1 + own.block - own.room] = value;
    own.room -= 1;
    own.count += 1;
    own.greatest = value;
  }

  /** Gives the memory back at once; nothing may be asked of it after that. */
  release(): void {
    for (const page of this.#pages.splice(0)) page.buffer.transfer(0);
  }

  read(list: number): Uint32Array {
    const own = this.#lists[list];
    if (!own) return new Uint32Array();
    const values = new Uint32Array(own.count);
    let [at, address, block] = [0, own.first, FIRST_BLOCK];
    while (at < own.count) {
      const page = this.#pages[address >>> PAGE_BITS] as Uint32Array;
      const offset = address & (PAGE - 1);
      const part = Math.min(block, own.count - at);
      values.set(page.subarray(offset + 1, offset + 1 + part), at);
      at += part;
      address = page[offset] as number;
      block = Math.min(block * 2, LARGEST_BLOCK);
    }
    return values;
  }

  /** A block is the address of the next one, then its numbers; it lies on one page. */
  #extend(list: List): void {
    const block = list.block === 0 ? FIRST_BLOCK : Math.min(list.block * 2, LARGEST_BLOCK);
    if (this.#pages.length === 0 || (this.#free & (PAGE - 1)) + block + 1 > PAGE || this.#free >>> PAGE_BITS >= this.#pages.length) {
      this.#free = this.#pages.push(new Uint32Array(PAGE)) * PAGE - PAGE;
    }
    const address = this.#free;
    this.#free += block + 1;
    if (list.last < 0) list.first = address;
    else (this.#pages[list.last >>> PAGE_BITS] as Uint32Array)[list.last & (PAGE - 1)] = address;
    list.last = address;
    list.block = block;
    list.room = block;
  }
}

interface List {
  /** Addresses of its first and last block. */
  first: number;
  last: number;
  /** Numbers that the last block takes, and how many of them are free. */
  block: number;
  room: number;
  count: number;
  greatest: number;
}
