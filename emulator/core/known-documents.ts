import type { Key } from './staged-rows.ts';

/** Keys come from requests, so that their number must not be up to whoever sends them. */
const MOST_KNOWN = 500;
/** What is longer as JSON is the content of a file, say: it would fill the memory, and is seldom asked for twice. */
const LONGEST_KNOWN = 50_000;

/** What was read from a table by its key and not written since, by account: the same few records are asked for over and over. */
export class KnownDocuments<Doc> {
  readonly #accounts = new Map<string, Map<Key, Doc>>();

  get(account: string, key: Key): Doc | undefined {
    return this.#accounts.get(account)?.get(key);
  }

  /** Remembers the document unless its text is long, and returns it. */
  set(account: string, key: Key, doc: Doc, length: number): Doc {
    if (length > LONGEST_KNOWN) return doc;
    let known = this.#accounts.get(account);
    if (!known || known.size >= MOST_KNOWN) this.#accounts.set(account, (known = new Map()));
    known.set(key, doc);
    return doc;
  }

  forget(account: string, key: Key): void {
    this.#accounts.get(account)?.delete(key);
  }

  clear(): void {
    this.#accounts.clear();
  }
}
