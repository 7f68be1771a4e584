import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/test-support.ts';
import { checkPattern, matchesPattern } from './patterns.ts';

describe('patterns of users', () => {
  it('match the whole value', () => {
    expect(matchesPattern('[A-Z]{2}', 'AB')).toBe(true);
    expect(matchesPattern('[A-Z]{2}', 'ABC')).toBe(false);
    expect(matchesPattern('\\A\\d{5}\\z', '12345')).toBe(true);
    expect(matchesPattern(null, 'anything')).toBe(true);
  });

  it.each([
    ['(a+)+', `${'a'.repeat(40)}b`],
    ['(a|a)*', `${'a'.repeat(40)}b`],
    ['(.*x){1000}', `${'x'.repeat(60_000)}y`],
    ['([a-z]+)*@', 'a'.repeat(60_000)],
  ])('%s does not hold the process up', (pattern, value) => {
    const started = performance.now();
    expect(matchesPattern(pattern, value)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('are refused when they are none, or would take unbounded time', () => {
    expect(refusal(() => checkPattern('[')).status).toBe(422);
    expect(refusal(() => checkPattern('a'.repeat(1_001))).status).toBe(422);
    expect(refusal(() => checkPattern('(?!b)a')).status).toBe(501);
    expect(refusal(() => checkPattern('(a)\\1')).status).toBe(501);
  });
});
