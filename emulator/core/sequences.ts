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
 * Numbers that are given once. They are counted here and written when the store wants it, once per transaction however
 * many it draws; what was counted is forgotten when the table changes otherwise.
 */
export class Sequences {
  readonly #table: SequenceTable;
  readonly #known = new Map<string, Map<string, Sequence>>();
  readonly #unwritten = new Set<Sequence>();
  /** What the sequences that the running transaction drew from stood at before. */
  readonly #before = new Map<Sequence, number>();

  constructor(table: SequenceTable) {
    this.#table = table;
  }

  /** The next number, `first` in the beginning. It is not given for good before `settle`. */
  next(account: string, name: string, first: number): number {
    const sequence = this.#of(account, name, first);
    if (!this.#before.has(sequence)) this.#before.set(sequence, sequence.value);
    sequence.value += 1;
    this.#unwritten.add(sequence);
    return sequence.value;
  }

  /** Whether numbers were given that the table does not know of. */
  get isAhead(): boolean {
    return this.#unwritten.size > 0;
  }

  /** Writes what was counted since. */
  write(): void {
    for (const { account, name, value } of this.#unwritten) this.#table.write(account, name, value);
    this.#unwritten.clear();
  }

  /** Writes what was counted before the running transaction; to be written still until the function that comes back is called. */
  writeEarlier(): () => void {
    const written: Sequence[] = [];
    for (const sequence of this.#unwritten) {
      this.#table.write(sequence.account, sequence.name, this.#before.get(sequence) ?? sequence.value);
      if (!this.#before.has(sequence)) written.push(sequence);
    }
    return () => {
      for (const sequence of written) this.#unwritten.delete(sequence);
    };
  }

  /** The running transaction is committed, or undone. */
  settle(): void {
    this.#before.clear();
  }

  /** The running transaction is undone: its numbers will be given again. */
  undo(): void {
    for (const [sequence, value] of this.#before) sequence.value = value;
    this.settle();
  }

  /** The table was changed: it counts from the table again. */
  forget(): void {
    this.#known.clear();
    this.#unwritten.clear();
    this.#before.clear();
  }

  #of(account: string, name: string, first: number): Sequence {
    const ofAccount = this.#known.get(account) ?? new Map<string, Sequence>();
    this.#known.set(account, ofAccount);
    const sequence = ofAccount.get(name) ?? { account, name, value: this.#table.read(account, name) ?? first - 1 };
    ofAccount.set(name, sequence);
    return sequence;
  }
}
