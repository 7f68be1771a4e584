import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { refusal } from '../testing/test-support.ts';
import { checkPattern, matchesPattern } from './patterns.ts';

describe('patterns of users', () => {
  it('match the whole value', () => {
    expect(matchesPattern('[A-Z]{2}', 'AB')).toBe(true);
    expect(matchesPattern('[A-Z]{2}', 'ABC')).toBe(false);
    expect(matchesPattern('\\A\\d{5}\\z', '12345')).toBe(true);
    expect(matchesPattern(null, 'anything')).toBe(true);
  });

  // A matcher that goes back to try again would not end on these.
  it.each([
    ['(a+)+', `${'a'.repeat(40)}b`],
    ['(a|a)*', `${'a'.repeat(40)}b`],
    ['([a-z]+)*@', 'a'.repeat(60_000)],
  ])('%s does not hold the process up', (pattern, value) => {
    expect(matchesPattern(pattern, value)).toBe(false);
  });

  // The library as `require` gives it, which is the one that is used.
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof Re2;

  it('are not tried where that is too much work, however the value would match', () => {
    const tried = vi.spyOn(RE2JS.prototype, 'matches');
    expect(matchesPattern('(.*x){1000}', 'x'.repeat(2_000))).toBe(false);
    expect(tried).not.toHaveBeenCalled();
    expect(matchesPattern('(.*x){10}', 'x'.repeat(2_000))).toBe(true);
    expect(tried).toHaveBeenCalledOnce();
    tried.mockRestore();
  });

  it('are refused when they are none, or would take unbounded time', () => {
    expect(refusal(() => checkPattern('[')).status).toBe(422);
    expect(refusal(() => checkPattern('a'.repeat(1_001))).status).toBe(422);
    expect(refusal(() => checkPattern('(?!b)a')).status).toBe(501);
    expect(refusal(() => checkPattern('(a)\\1')).status).toBe(501);
  });
});
