import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { phoneLines, sipInLines } from './surface.ts';

const BEHAVIOURS = [...phoneLines, ...sipInLines];
const ROOT = resolve(import.meta.dirname, '../../..');

describe('the behaviours of Talk', () => {
  it('name tests that exist, unless there is nothing to test', () => {
    const tests = new Set(BEHAVIOURS.flatMap((row) => row.tests));
    expect([...tests].filter((test) => !existsSync(resolve(ROOT, test)))).toEqual([]);
    expect(BEHAVIOURS.filter((row) => (row.tests.length === 0) !== (row.status === 'none'))).toEqual([]);
  });

  it('say what is missing, where something is', () => {
    expect(BEHAVIOURS.filter((row) => (row.note !== undefined) === (row.status === 'full'))).toEqual([]);
  });

  it('are each listed once', () => {
    expect(new Set(BEHAVIOURS.map((row) => row.what)).size).toBe(BEHAVIOURS.length);
  });
});
