import type { Match } from './engine.ts';

/** Words and parameters between slashes. */
const PLAIN = /^(?:\/\w+)(?:\/:?\w+)*$/;

/** A route's path that begins with a word and of which each segment is a word or a parameter. */
export class Pattern {
  /** The first segment. */
  readonly first: string;
  /** Of the parameters, in order. */
  readonly names: readonly string[];
  readonly #words: readonly [at: number, word: string][];
  readonly #parameters: readonly [at: number, name: string][];
  readonly #length: number;

  private constructor(segments: readonly string[]) {
    const numbered = segments.map((segment, at): [number, string] => [at, segment]);
    this.first = segments[0] ?? '';
    this.#length = segments.length;
    // The first one is what patterns are sorted by.
    this.#words = numbered.slice(1).filter(([, segment]) => !segment.startsWith(':'));
    this.#parameters = numbered.flatMap(([at, segment]) => (segment.startsWith(':') ? [[at, segment.slice(1)]] : []));
    this.names = this.#parameters.map(([, name]) => name);
  }

  /** Undefined for a path that only Express can read. */
  static of(path: unknown): Pattern | undefined {
    return typeof path === 'string' && PLAIN.test(path) ? new Pattern(segmentsOf(path)) : undefined;
  }

  /** @param segments of a path with the same first one. @throws URIError when a parameter cannot be decoded */
  match(segments: readonly string[]): Match | false {
    if (segments.length !== this.#length) return false;
    for (const [at, word] of this.#words) if (segments[at] !== word) return false;
    const params: Match['params'] = {};
    for (const [at, name] of this.#parameters) {
      const value = segments[at] as string;
      if (value === '') return false;
      params[name] = value.includes('%') ? decoded(value) : value;
    }
    return { params, path: '' };
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw Object.assign(new URIError(`Failed to decode param '${value}'`), { status: 400, statusCode: 400 });
  }
}

/** What lies between the slashes; one at the end does not count. */
export function segmentsOf(path: string): string[] {
  return path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined).split('/');
}
