import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { randomInt } from 'node:crypto';

/** A fresh seed, for when nobody asked for a particular world. */
export function anySeed(): number {
  return randomInt(2 ** 31);
}

/** Mixes a name into a seed, so that each room draws from a sequence of its own (FNV-1a). */
function mix(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash | 0;
}

const HEX = '0123456789abcdef';

/** Seeded randomness: the same seed gives the same world. */
export class Random {
  readonly seed: number;
  /** What this sequence and all that fork from it are drawn from; the seed itself in a world's first life. */
  readonly #root: number;
  readonly #generator;

  /** @param life the how-manieth life of a world that is kept in a file: a later one must not draw an earlier one's ids again */
  constructor(seed: number, life = 1) {
    this.seed = seed;
    this.#root = life === 1 ? seed : mix(seed, `life ${life}`);
    this.#generator = xoroshiro128plus(this.#root);
  }

  /** An independent sequence; drawing from it does not move this one. */
  fork(name: string): Random {
    return new Random(mix(this.#root, name));
  }

  /** A number in [0, 1). */
  next(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  /** A whole number from low to high, both included. */
  int(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('cannot pick from an empty list');
    return items[this.int(0, items.length - 1)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.int(0, index);
      [result[index], result[other]] = [result[other] as T, result[index] as T];
    }
    return result;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.int(0, 255));
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) {
      let word = this.#generator.next();
      for (let digit = 0; digit < 8 && text.length < length; digit++, word >>>= 4) text += HEX[word & 15];
    }
    return text;
  }

  uuid(): string {
    const [a, b, c, d] = [this.#generator.next(), this.#generator.next(), this.#generator.next(), this.#generator.next()];
    const [version, variant] = [((b >>> 16) & ~15) | 4, (c & ~15) | 8 | (c & 3)];
    return `${four(a)}${four(a >>> 16)}-${four(b)}-${four(version)}-${four(variant)}-${four(c >>> 16)}${four(d)}${four(d >>> 16)}`;
  }
}

/** Two hexadecimal digits of each byte, the lower one first, as `hex()` draws them. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => `${HEX[byte & 15]}${HEX[byte >>> 4]}`);

function four(word: number): string {
  return `${DIGITS[word & 255]}${DIGITS[(word >>> 8) & 255]}`;
}
