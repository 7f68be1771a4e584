import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageDocument, coverageSections } from './coverage.ts';

const root = new URL('../../', import.meta.url);

describe('docs/coverage.md', () => {
  test('is what the surfaces say; if not, run node emulator/control/coverage.ts', () => {
    expect(readFileSync(new URL('docs/coverage.md', root), 'utf8')).toBe(coverageDocument(coverageSections()));
  });

  test('says how much there is, and groups routes by resource, in the order of their paths', () => {
    const row = { status: 'full', evidence: 'documented', tests: [] } as const;
    const rows = ['DELETE /api/v2/b/{id}', 'GET /api/v2/a', 'POST /api/v2/b', 'GET /api/v2/b', 'GET /api/v2/b/{id}'];
    const section = {
      title: 'REST: all',
      rows: rows.map((what, index) => ({ ...row, what, ...(index === 1 ? { status: 'partial' as const } : {}) })),
    };
    const document = coverageDocument([section, { title: 'SIP', rows: [{ ...row, what: 'answers' }] }]);
    expect(document).toContain('\n- [REST: all](#rest-all): 4 full, 1 partial\n- [SIP](#sip): 1 full\n');
    expect(document.match(/^##.*|^\| [^W|]+/gm)?.map((line) => line.trim())).toEqual([
      '## REST: all',
      '### `a`',
      '| `GET /api/v2/a`',
      '### `b`',
      '| `GET /api/v2/b`',
      '| `POST /api/v2/b`',
      '| `GET /api/v2/b/{id}`',
      '| `DELETE /api/v2/b/{id}`',
      '## SIP',
      '| answers',
    ]);
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
