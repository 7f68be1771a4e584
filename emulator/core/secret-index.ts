/** Words are found by so many first characters: shorter ones cannot be. */
export const SHORTEST_WORD = 8;
/** How far a search jumps when no word's beginning has the three characters that it looks at. */
const FARTHEST = SHORTEST_WORD - 2;
const LAST = FARTHEST - 1;
/** So many more words may be gone than are left before their traces are wiped out. */
const MOST_GONE = 1_000;

/** Where words lie in a text: from the first character to before the last. */
export type Range = readonly [start: number, end: number];

/**
 * Finds words in a text in one go, however many there are (Wu and Manber, "A fast algorithm for multi-pattern searching",
 * 1994): the text is looked at in jumps, three characters at a time, and closely only where some word could begin.
 */
export class SecretIndex {
  /** How far to jump, by the hash of the last three characters of a word's beginning. */
  readonly #jumps = new Uint8Array(1 << 15).fill(FARTHEST);
  /** Which beginnings there may be, by their hash. */
  readonly #beginnings = new Uint8Array(1 << 16);
  /** Words that are gone and whose traces in the two tables still slow the search down. */
  #gone = 0;
  #size = 0;
  /** By their beginnings: the words, and how long they are. */
  readonly #words = new Map<string, { readonly words: Set<string>; readonly lengths: number[] }>();

  /** Of at least `SHORTEST_WORD` characters. */
  add(word: string): void {
    const beginning = word.slice(0, SHORTEST_WORD);
    let group = this.#words.get(beginning);
    if (!group) this.#words.set(beginning, (group = { words: new Set(), lengths: [] }));
    if (group.words.has(word)) return;
    group.words.add(word);
    if (!group.lengths.includes(word.length)) group.lengths.push(word.length);
    this.#size += 1;
    this.#mark(word);
  }

  delete(word: string): void {
    const beginning = word.slice(0, SHORTEST_WORD);
    const group = this.#words.get(beginning);
    if (!group?.words.delete(word)) return;
    if (group.words.size === 0) this.#words.delete(beginning);
    this.#size -= 1;
    this.#gone += 1;
    if (this.#gone > this.#size + MOST_GONE) this.#clean();
  }

  #clean(): void {
    this.#gone = 0;
    this.#jumps.fill(FARTHEST);
    this.#beginnings.fill(0);
    for (const { words } of this.#words.values()) for (const word of words) this.#mark(word);
  }

  #mark(word: string): void {
    this.#beginnings[hashOfEight(word, 0)] = 1;
    for (let at = 0; at <= LAST; at += 1) {
      const three = hashOfThree(word, at);
      this.#jumps[three] = Math.min(this.#jumps[three] ?? 0, LAST - at);
    }
  }

  /** In order; those that touch each other are one. */
  find(text: string): Range[] | undefined {
    const jumps = this.#jumps;
    const last = text.length - SHORTEST_WORD;
    let found: [start: number, end: number][] | undefined;
    for (let at = 0; at <= last;) {
      const jump = jumps[hashOfThree(text, at + LAST)] ?? 1;
      if (jump > 0) at += jump;
      else {
        const end = this.#beginnings[hashOfEight(text, at)] === 1 ? this.#endAt(text, at) : 0;
        if (end > 0) {
          const before = found?.at(-1);
          if (before && before[1] >= at) before[1] = Math.max(before[1], end);
          else (found ??= []).push([at, end]);
        }
        at += 1;
      }
    }
    return found;
  }

  /** Where the longest word that begins here ends; 0 when none does. */
  #endAt(text: string, at: number): number {
    const group = this.#words.get(text.slice(at, at + SHORTEST_WORD));
    let longest = 0;
    for (const length of group?.lengths ?? []) if (length > longest && group?.words.has(text.slice(at, at + length))) longest = length;
    return longest === 0 ? 0 : at + longest;
  }
}

function hashOfThree(text: string, at: number): number {
  return ((text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2)) & 0x7fff;
}

function hashOfEight(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + SHORTEST_WORD; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 16)) & 0xffff;
}
