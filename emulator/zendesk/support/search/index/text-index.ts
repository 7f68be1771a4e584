import { wordsOf } from '../words.ts';
import { Column } from './column.ts';
import type { Mask } from './mask.ts';
import { Postings } from './postings.ts';

/** Words this long would keep the whole text alive that they were cut out of. */
const CUT_OUT = 13;
/** So many zones a row can have. */
const ZONES = 8;

/**
 * The words of rows, where they stand: each word of each text has a position, and a word's list tells its positions. Words
 * that follow each other have positions that do; texts have a gap between them. A row is added once, zone by zone.
 */
export class TextIndex {
  readonly #words = new Map<string, number>();
  readonly #positions = new Postings();
  /** Where the texts of one zone of one row begin, and whose they are (`row * ZONES + zone`). */
  readonly #starts = new Column();
  readonly #owners = new Column();
  #end = 0;

  add(row: number, zone: number, texts: readonly string[]): void {
    this.#starts.push(this.#end);
    this.#owners.push(row * ZONES + zone);
    for (const text of texts) {
      for (const word of wordsOf(text)) this.#positions.add(this.#listOf(word), this.#end++);
      this.#end += 1;
    }
  }

  /** Rows that have these words in one of the zones, one after the other; the last one may go on if `prefix`. */
  rows(size: number, words: readonly string[], prefix: boolean, zones: readonly number[]): Mask {
    const mask = new Uint8Array(size);
    const wanted = new Set(zones);
    const last = words.length - 1;
    if (last === 0) {
      for (const list of this.#lists(words[0] as string, prefix)) this.#mark(mask, this.#positions.read(list), wanted);
      return mask;
    }
    // Positions of the phrase's first word, from those of each of its words.
    let found: Uint32Array | undefined;
    for (const [index, word] of words.entries()) {
      const own = this.#merged(this.#lists(word, prefix && index === last));
      found = found === undefined ? own : following(found, own, index);
    }
    if (found) this.#mark(mask, found, wanted);
    return mask;
  }

  /** Rows that have any text in one of the zones. */
  anyText(size: number, zones: readonly number[]): Mask {
    const mask = new Uint8Array(size);
    for (let at = 0; at < this.#owners.length; at += 1) {
      const owner = this.#owners.at(at);
      if (zones.includes(owner % ZONES)) mask[Math.floor(owner / ZONES)] = 1;
    }
    return mask;
  }

  release(): void {
    for (const part of [this.#positions, this.#starts, this.#owners]) part.release();
  }

  #mark(mask: Mask, positions: Uint32Array, zones: ReadonlySet<number>): void {
    // A few positions are looked up, many are walked along.
    const walks = positions.length * 16 > this.#starts.length;
    let part = 0;
    for (const position of positions) {
      if (!walks) part = this.#starts.above(position) - 1;
      else while (this.#starts.at(part + 1) <= position) part += 1;
      const owner = this.#owners.at(part);
      if (zones.has(owner % ZONES)) mask[Math.floor(owner / ZONES)] = 1;
    }
  }

  /** The lists of the word, or of all words that begin with it. */
  #lists(word: string, prefix: boolean): number[] {
    if (!prefix) {
      const list = this.#words.get(word);
      return list === undefined ? [] : [list];
    }
    const lists: number[] = [];
    for (const [other, list] of this.#words) if (other.startsWith(word)) lists.push(list);
    return lists;
  }

  #merged(lists: readonly number[]): Uint32Array {
    if (lists.length === 1) return this.#positions.read(lists[0] as number);
    const all = new Uint32Array(lists.reduce((sum, list) => sum + this.#positions.count(list), 0));
    let at = 0;
    for (const list of lists) {
      all.set(this.#positions.read(list), at);
      at += this.#positions.count(list);
    }
    return all.toSorted();
  }

  #listOf(word: string): number {
    let list = this.#words.get(word);
    if (list === undefined) {
      list = this.#positions.open();
      this.#words.set(word.length < CUT_OUT ? word : Buffer.from(word).toString(), list);
    }
    return list;
  }
}

/** The positions that have one of the others `distance` behind them; both ascend. */
function following(positions: Uint32Array, others: Uint32Array, distance: number): Uint32Array {
  const kept = new Uint32Array(Math.min(positions.length, others.length));
  let [length, at] = [0, 0];
  for (const position of positions) {
    while (at < others.length && (others[at] as number) < position + distance) at += 1;
    if (at === others.length) break;
    if (others[at] === position + distance) kept[length++] = position;
  }
  return kept.subarray(0, length);
}
