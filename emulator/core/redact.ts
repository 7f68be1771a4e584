const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key']);
const REDACTED = '[REDACTED]';
/** Tokens as OAuth hands them out by the thousand: found by their form, not one after the other. */
const TOKEN = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const IS_TOKEN = /^[0-9a-f]{64}$/;

/** Keeps credentials out of the journal, the reports and the logs. */
export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #tokens = new Set<string>();
  /** Length of the shortest secret: most headers are shorter, and need not be searched. */
  #shortest = Infinity;

  /** Remembers a secret of at least 8 characters; shorter ones would blank out ordinary text. */
  add(secret: string): void {
    if (secret.length < 8) return;
    (IS_TOKEN.test(secret) ? this.#tokens : this.#secrets).add(secret);
    this.#shortest = Math.min(this.#shortest, secret.length);
  }

  text(value: string): string {
    if (value.length < this.#shortest) return value;
    let result = value;
    for (const secret of this.#secrets) if (result.includes(secret)) result = result.replaceAll(secret, REDACTED);
    if (this.#tokens.size > 0 && value.length >= 64)
      result = result.replace(TOKEN, (token) => (this.#tokens.has(token) ? REDACTED : token));
    return result;
  }

  /** A copy of the headers in which credentials keep only their scheme (`Basic [REDACTED]`). */
  headers(headers: Readonly<Record<string, string | number | readonly string[] | undefined>>): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) continue;
      const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : value.join(', ');
      result[name] = SECRET_HEADERS.has(name.toLowerCase()) ? hidden(text) : this.text(text);
    }
    return result;
  }
}

function hidden(value: string): string {
  const scheme = /^(Basic|Bearer|Digest) /.exec(value);
  return scheme ? `${scheme[0]}${REDACTED}` : REDACTED;
}
