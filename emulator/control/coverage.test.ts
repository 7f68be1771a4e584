import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageDocument, coverageSections } from './coverage.ts';

const root = new URL('../../', import.meta.url);

describe('docs/coverage.md', () => {
  test('is what the surfaces say; if not, run node emulator/control/coverage.ts', () => {
    expect(readFileSync(new URL('docs/coverage.md', root), 'utf8')).toBe(coverageDocument(coverageSections()));
  });

  test('names only tests that exist, at least one for what works, and what partial leaves out', () => {
    const rows = coverageSections().flatMap((section) => section.rows);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.flatMap((row) => row.tests).filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
    expect(rows.filter((row) => row.status !== 'none' && row.tests.length === 0)).toEqual([]);
    expect(rows.filter((row) => row.status === 'partial' && !row.note)).toEqual([]);
  });

  test('lists nothing twice', () => {
    for (const { rows } of coverageSections()) {
      const names = rows.map((row) => row.what);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });
});
