import { headerKey } from './compact-names.ts';
import { splitList } from './list.ts';

/** One header row. Never changed once made: rows are shared between a request and its responses. */
export interface HeaderField {
  /** As on the wire: `From`, `f`, `FROM`. */
  readonly name: string;
  /** Unfolded and trimmed. */
  readonly value: string;
}

interface Row extends HeaderField {
  readonly key: string;
  /** The row's exact text without its line end, where it is not `name: value` (folds, odd white space). */
  readonly raw: string | undefined;
}

/**
 * A message's headers: an ordered list that keeps order, case and raw text. Lookup is case-insensitive and knows compact
 * names: `get('Via')` finds `v:`.
 */
export class SipHeaders {
  #rows: Row[] = [];

  constructor(fields: Iterable<readonly [name: string, value: string]> = []) {
    for (const [name, value] of fields) this.append(name, value);
  }

  /** The value of the first row of that name. */
  get(name: string): string | undefined {
    const key = headerKey(name);
    for (const row of this.#rows) if (row.key === key) return row.value;
    return undefined;
  }

  /** The values of all rows of that name, comma lists unsplit. */
  getAll(name: string): string[] {
    const key = headerKey(name);
    const values: string[] = [];
    for (const row of this.#rows) if (row.key === key) values.push(row.value);
    return values;
  }

  /** All values of that name, comma lists split (RFC 3261 7.3.1). Not for names whose grammar holds commas, such as Date. */
  values(name: string): string[] {
    const rows = this.getAll(name);
    if (rows.length === 1 && !(rows[0] as string).includes(',')) return rows;
    return rows.flatMap(splitList);
  }

  /** How many rows of that name there are. */
  count(name: string): number {
    const key = headerKey(name);
    let count = 0;
    for (const row of this.#rows) if (row.key === key) count++;
    return count;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Replaces the first row of that name in its place and drops the others; appends when there is none. */
  set(name: string, value: string): void {
    const key = headerKey(name);
    const index = this.#rows.findIndex((row) => row.key === key);
    if (index < 0) return this.append(name, value);
    this.#rows = this.#rows.filter((row, at) => at <= index || row.key !== key);
    this.#rows[index] = { name: (this.#rows[index] as Row).name, value, key, raw: undefined };
  }

  /** Changes the first row of that name and leaves the others alone. */
  setFirst(name: string, value: string): void {
    const key = headerKey(name);
    const index = this.#rows.findIndex((row) => row.key === key);
    if (index >= 0) this.#rows[index] = { name: (this.#rows[index] as Row).name, value, key, raw: undefined };
  }

  /** @param raw the row's exact text without its line end, where it is not `name: value`. */
  append(name: string, value: string, raw?: string): void {
    this.#rows.push({ name, value, key: headerKey(name), raw });
  }

  prepend(name: string, value: string): void {
    this.#rows.unshift({ name, value, key: headerKey(name), raw: undefined });
  }

  delete(name: string): void {
    const key = headerKey(name);
    this.#rows = this.#rows.filter((row) => row.key !== key);
  }

  /** Appends the rows of that name from other headers, text unchanged. */
  copy(name: string, from: SipHeaders): void {
    const key = headerKey(name);
    for (const row of from.#rows) if (row.key === key) this.#rows.push(row);
  }

  entries(): readonly HeaderField[] {
    return this.#rows;
  }

  clone(): SipHeaders {
    const copy = new SipHeaders();
    copy.#rows = [...this.#rows];
    return copy;
  }

  /** The header section as it goes on the wire, each row with its line end. */
  toString(): string {
    let text = '';
    for (const row of this.#rows) text += row.raw === undefined ? `${row.name}: ${row.value}\r\n` : `${row.raw}\r\n`;
    return text;
  }
}
