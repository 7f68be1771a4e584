import { wordsOf } from '../words.ts';
import { Column } from './column.ts';
import { type Mask, not } from './mask.ts';
import { Postings } from './postings.ts';
import { TextIndex } from './text-index.ts';

/** What the index knows of one record. */
export interface Entry {
  readonly id: number;
  /** What is compared and sorted by, in the order of the table's columns; NaN where there is none. */
  readonly numbers: readonly number[];
  /** Values by keyword, in any case; a keyword without values is looked for by `none`. */
  readonly values: readonly (readonly [keyword: string, value: string])[];
  /** Texts by zone. */
  readonly texts: readonly (readonly [zone: number, texts: readonly string[]])[];
  /** Whole texts of which any part is found (`Lines`). */
  readonly lines?: string;
}

/** All that the index knows of one kind of record of one account. Rows only grow: a record that changes gets a new one. */
export class RecordTable {
  readonly ids = new Column();
  readonly columns: Readonly<Record<string, Column>>;
  readonly lines: string[] = [];
  readonly #names: readonly string[];
  readonly #rowOf = new Map<number, number>();
  readonly #alive: { values: Uint8Array };
  readonly #text = new TextIndex();
  readonly #values = new Map<string, number>();
  readonly #rows = new Postings();

  constructor(names: readonly string[]) {
    this.#names = names;
    this.columns = Object.fromEntries(names.map((name) => [name, new Column()]));
    this.#alive = { values: new Uint8Array(64) };
  }

  /** Rows, those of records that are gone included. */
  get size(): number {
    return this.ids.length;
  }

  get records(): number {
    return this.#rowOf.size;
  }

  /** Undefined for a record that is not there. */
  rowOf(id: number): number | undefined {
    return this.#rowOf.get(id);
  }

  put(entry: Entry): void {
    this.remove(entry.id);
    const row = this.size;
    this.ids.push(entry.id);
    for (const [index, name] of this.#names.entries()) this.columns[name]?.push(entry.numbers[index] ?? Number.NaN);
    for (const [keyword, value] of entry.values) {
      // Under the keyword alone lies whoever has any value of it.
      this.#add(keyword, row);
      this.#add(`${keyword}:${value.toLowerCase()}`, row);
    }
    for (const [zone, texts] of entry.texts) if (texts.length > 0) this.#text.add(row, zone, texts);
    if (entry.lines !== undefined) this.lines[row] = entry.lines;
    if (row >= this.#alive.values.length) {
      const grown = new Uint8Array(Math.ceil(row * 1.5));
      grown.set(this.#alive.values);
      this.#alive.values = grown;
    }
    this.#alive.values[row] = 1;
    this.#rowOf.set(entry.id, row);
  }

  remove(id: number): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#alive.values[row] = 0;
    this.#rowOf.delete(id);
    if (this.lines[row] !== undefined) this.lines[row] = '';
  }

  /** Gives its memory back; nothing may be asked of it after that. */
  release(): void {
    for (const part of [this.ids, this.#text, this.#rows, ...Object.values(this.columns)]) part.release();
  }

  none(): Mask {
    return new Uint8Array(this.size);
  }

  /** Rows of records that are there; and it with whatever else is found. */
  all(): Mask {
    return this.#alive.values.slice(0, this.size);
  }

  withId(id: number): Mask {
    const mask = this.none();
    const row = this.#rowOf.get(id);
    if (row !== undefined) mask[row] = 1;
    return mask;
  }

  /** `none`: rows without a value of the keyword; `*`: with any; `abc*`: with one that begins so; else with this one. */
  valued(keyword: string, text: string): Mask {
    const wanted = text.toLowerCase();
    if (wanted === 'none') return not(this.#marked(keyword));
    if (wanted === '*') return this.#marked(keyword);
    if (!wanted.endsWith('*')) return this.exactly(keyword, [wanted]);
    const start = `${keyword}:${wanted.slice(0, -1)}`;
    const mask = this.none();
    for (const [value, list] of this.#values) if (value.startsWith(start)) this.#mark(mask, list);
    return mask;
  }

  /** Rows that have one of the values, each in lower case. */
  exactly(keyword: string, values: Iterable<string | number>): Mask {
    const mask = this.none();
    for (const value of values) this.#mark(mask, this.#values.get(`${keyword}:${value}`));
    return mask;
  }

  /** Rows whose number passes. */
  numbered(column: string, test: (value: number) => boolean): Mask {
    const mask = this.none();
    const numbers = this.columns[column];
    for (let row = 0; row < mask.length; row += 1) mask[row] = numbers && test(numbers.at(row)) ? 1 : 0;
    return mask;
  }

  /**
   * Rows that hold the words of the text in one of the zones, whole and one after the other; a trailing `*` lets the last
   * one go on. A lone `*` is any text at all.
   */
  worded(text: string, zones: readonly number[]): Mask {
    const words = wordsOf(text);
    const prefix = text.endsWith('*');
    if (words.length > 0) return this.#text.rows(this.size, words, prefix, zones);
    return prefix ? this.#text.anyText(this.size, zones) : this.none();
  }

  /** Rows whose lines pass. */
  lined(test: (lines: string) => boolean): Mask {
    const mask = this.none();
    for (const [row, lines] of this.lines.entries()) if (lines !== undefined && lines !== '' && test(lines)) mask[row] = 1;
    return mask;
  }

  #add(value: string, row: number): void {
    let list = this.#values.get(value);
    if (list === undefined) this.#values.set(value, (list = this.#rows.open()));
    this.#rows.add(list, row);
  }

  #marked(value: string): Mask {
    const mask = this.none();
    this.#mark(mask, this.#values.get(value));
    return mask;
  }

  #mark(mask: Mask, list: number | undefined): void {
    if (list !== undefined) for (const row of this.#rows.read(list)) mask[row] = 1;
  }
}
