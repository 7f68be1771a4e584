import { SecretIndex, SHORTEST_WORD } from './secret-index.ts';

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key']);
export const REDACTED = '[REDACTED]';
/** So few secrets are sooner looked for one after the other. */
const FEW = 8;
/** Of UTF-8, for one character (a UTF-16 unit). */
const MOST_BYTES = 3;
/** So many secrets are still blanked after they are gone: what took the last one away is journaled after it. */
const MOST_LEAVING = 100;

type HeaderValue = string | number | readonly string[];

/** Keeps credentials out of the journal, the reports and the logs. */
export class Redactor {
  readonly #index = new SecretIndex();
  /** How many owners have each. */
  readonly #secrets = new Map<string, number>();
  readonly #owners = new Map<string, Set<string>>();
  readonly #leaving = new Set<string>();
  /** Length of the longest secret there ever was. */
  #longest = SHORTEST_WORD;

  /**
   * Remembers a secret of at least 8 characters until its owner gives it up; shorter ones would blank out ordinary text. An
   * owner is whatever name goes with it: an account's, say.
   */
  add(secret: string, owner = ''): void {
    if (secret.length < SHORTEST_WORD) return;
    let own = this.#owners.get(owner);
    if (!own) this.#owners.set(owner, (own = new Set()));
    if (own.has(secret)) return;
    own.add(secret);
    this.#longest = Math.max(this.#longest, secret.length);
    this.#leaving.delete(secret);
    this.#secrets.set(secret, (this.#secrets.get(secret) ?? 0) + 1);
    this.#index.add(secret);
  }

  /** The owner's secret is one no longer; it stays one as long as another owner has it. */
  drop(secret: string, owner = ''): void {
    if (!this.#owners.get(owner)?.delete(secret)) return;
    const holders = (this.#secrets.get(secret) ?? 1) - 1;
    if (holders > 0) this.#secrets.set(secret, holders);
    else this.#leave(secret);
  }

  /** The owner is gone, and all of its secrets. */
  forget(owner: string): void {
    for (const secret of this.#owners.get(owner) ?? []) this.drop(secret, owner);
    this.#owners.delete(owner);
  }

  /** With every secret in it blanked. How long that takes depends on the text alone, not on how many secrets there are. */
  text(value: string): string {
    return this.#upTo(value, value.length);
  }

  /** What a text begins with, or UTF-8: at most so many characters, with every secret blanked that begins in them. */
  beginning(whole: string | Uint8Array, most: number): string {
    const enough = most + this.#longest * (typeof whole === 'string' ? 1 : MOST_BYTES);
    const seen = typeof whole === 'string' ? whole.slice(0, enough) : textOf(whole.subarray(0, enough));
    // Where it was cut may be half a secret, which nobody knows.
    const sure = whole.length <= enough ? seen.length : seen.length - this.#longest;
    return this.#upTo(seen, Math.min(most, sure)).slice(0, most);
  }

  /** A copy of the headers in which credentials keep only their scheme (`Basic [REDACTED]`). */
  headers(headers: Readonly<Record<string, HeaderValue | undefined>>): Record<string, string> {
    const result: Record<string, string> = {};
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) result[name] = this.header(name, value);
    }
    return result;
  }

  /** One header's value, of credentials only the scheme. */
  header(name: string, value: HeaderValue): string {
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : value.join(', ');
    return SECRET_HEADERS.has(name.toLowerCase()) ? hidden(text) : this.text(text);
  }

  /** Whether there are so few secrets that one look for each is soonest, and none is in the text. */
  #hasNone(value: string): boolean {
    if (this.#secrets.size + this.#leaving.size > FEW) return false;
    for (const secret of this.#secrets.keys()) if (value.includes(secret)) return false;
    for (const secret of this.#leaving) if (value.includes(secret)) return false;
    return true;
  }

  /** What lies before `end`, with every secret blanked that begins there. */
  #upTo(value: string, end: number): string {
    const ranges = value.length < SHORTEST_WORD || this.#hasNone(value) ? undefined : this.#index.find(value);
    if (!ranges) return value.slice(0, end);
    let result = '';
    let done = 0;
    for (const [from, to] of ranges) {
      if (from >= end) break;
      result += `${value.slice(done, from)}${REDACTED}`;
      done = to;
    }
    return result + value.slice(done, Math.max(done, end));
  }

  #leave(secret: string): void {
    this.#secrets.delete(secret);
    this.#leaving.add(secret);
    const [oldest] = this.#leaving;
    if (this.#leaving.size <= MOST_LEAVING || oldest === undefined) return;
    this.#leaving.delete(oldest);
    this.#index.delete(oldest);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function hidden(value: string): string {
  const scheme = /^(Basic|Bearer|Digest) /.exec(value);
  return scheme ? `${scheme[0]}${REDACTED}` : REDACTED;
}
