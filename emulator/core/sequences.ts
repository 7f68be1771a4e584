/** Reads and writes the last number of a sequence; the store's table. */
export interface SequenceTable {
  read(account: string, name: string): number | undefined;
  write(account: string, name: string, value: number): void;
}

interface Sequence {
  readonly account: string;
  readonly name: string;
  value: number;
}

/**
 * Numbers that are given once. They are counted here and written once per transaction, however many it draws; what was
 * counted is forgotten when the table changes otherwise.
 */
export class Sequences {
  readonly #table: SequenceTable;
  readonly #known = new Map<string, Map<string, Sequence>>();
  readonly #unwritten = new Set<Sequence>();

  constructor(table: SequenceTable) {
    this.#table = table;
  }

  /** The next number, `first` in the beginning. It is not given for good before `write`. */
  next(account: string, name: string, first: number): number {
    const sequence = this.#of(account, name, first);
    sequence.value += 1;
    this.#unwritten.add(sequence);
    return sequence.value;
  }

  /** Writes what was counted since; call it before the commit. */
  write(): void {
    for (const { account, name, value } of this.#unwritten) this.#table.write(account, name, value);
    this.#unwritten.clear();
  }

  /** The table was changed, or a transaction undone: it counts from the table again. */
  forget(): void {
    this.#known.clear();
    this.#unwritten.clear();
  }

  #of(account: string, name: string, first: number): Sequence {
    const ofAccount = this.#known.get(account) ?? new Map<string, Sequence>();
    this.#known.set(account, ofAccount);
    const sequence = ofAccount.get(name) ?? { account, name, value: this.#table.read(account, name) ?? first - 1 };
    ofAccount.set(name, sequence);
    return sequence;
  }
}
