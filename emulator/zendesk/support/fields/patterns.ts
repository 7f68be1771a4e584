import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { invalidValue, notEmulated } from '../errors.ts';

/** Characters of a pattern (inferred). */
const LONGEST_PATTERN = 1_000;
/** Instructions of a pattern times characters of a value: about a tenth of a second. What is beyond does not match. */
const MOST_STEPS = 3_000_000;
const MOST_KEPT = 200;

const compiled = new Map<string, Re2.RE2JS>();
let library: typeof Re2 | undefined;

/**
 * Whether a value is what the pattern of a `regexp` field demands. Patterns are written by users: they are run by a library
 * whose time grows with the value's length only, so that no pattern can hold the process up.
 */
export function matchesPattern(pattern: string | null, value: string): boolean {
  if (pattern === null) return true;
  const expression = compile(pattern);
  return expression.programSize() * value.length <= MOST_STEPS && expression.matches(value);
}

/** @throws ApiError 422 for what is no pattern, 501 for look-around and back-references, which take unbounded time */
export function checkPattern(pattern: string): void {
  try {
    compile(pattern);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (pattern.length <= LONGEST_PATTERN && isExpression(pattern)) {
      throw notEmulated('a regexp_for_validation with look-around, back-references or very many repetitions');
    }
    throw invalidValue('regexp_for_validation', 'Regexp for validation', pattern.slice(0, 100));
  }
}

function compile(pattern: string): Re2.RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > LONGEST_PATTERN) throw new RangeError(`a pattern has at most ${LONGEST_PATTERN} characters`);
  // Loaded with the first pattern: most accounts have none.
  library ??= createRequire(import.meta.url)('re2js') as typeof Re2;
  const expression = library.RE2JS.compile(pattern);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}
