/** Something that counts its own changes: a collection. */
export interface Versioned {
  /** Only ever grows. */
  readonly version: number;
}

/** Keys come from requests, so that their number must not be up to whoever sends them. */
const MOST_KEPT = 1_000;

/**
 * Remembers what was read from collections until one of them changes: what every request asks for (account, credentials,
 * field definitions) and hardly any request changes. Values are shared by all readers and therefore frozen.
 */
export class Memo<Value> {
  readonly #sources: readonly Versioned[];
  readonly #values = new Map<string, Value>();
  #version = -1;

  constructor(...sources: readonly Versioned[]) {
    this.#sources = sources;
  }

  /** The remembered value, or what `read` gives now. */
  get(key: string, read: () => Value): Value {
    let version = 0;
    for (const source of this.#sources) version += source.version;
    if (version !== this.#version || this.#values.size >= MOST_KEPT) this.#values.clear();
    this.#version = version;
    const known = this.#values.get(key);
    if (known !== undefined || this.#values.has(key)) return known as Value;
    const value = frozen(read());
    this.#values.set(key, value);
    return value;
  }
}

export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
