import { expect, test } from 'vitest';
import type { RunResult } from '../result.ts';
import { aResult, aTrace } from '../test-trace.ts';
import { reportPage } from './page.ts';

const run = (changes: Partial<RunResult> = {}): RunResult => ({
  startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  durationMs: 2500,
  scenarios: [
    aResult({ name: 'first' }),
    aResult({
      name: '<script>alert(1)</script>',
      state: 'failed',
      errors: [{ message: 'expected <this>\u0007', places: [] }],
      trace: aTrace(),
    }),
    aResult({ name: 'last', state: 'skipped', note: 'not run' }),
  ],
  errors: [],
  ...changes,
});

test('failed scenarios come first and stand open; counts and time are at the top', () => {
  const page = reportPage(run());
  const names = [...page.matchAll(/<span class="name">([^<]*)/g)].map(([, name]) => name);
  expect(names).toEqual(['&lt;script&gt;alert(1)&lt;/script&gt;', 'first', 'last']);
  expect(page).toContain('<details class="scenario failed" open>');
  expect(page).toContain('<details class="scenario passed">');
  expect(page).toContain('3 scenarios: 1 failed, 1 passed, 1 skipped');
  expect(page).toContain('2026-01-02 03:04:05 UTC, 2.5 s');
});

test('it needs nothing else, and nothing from the wire is markup', () => {
  const page = reportPage(run());
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:\/\/(?!127)/);
  expect(page).toContain('From: &quot;&lt;b&gt;Eve&lt;/b&gt;&quot; &lt;sip:e@h&gt;');
  expect(page).toContain('expected &lt;this&gt;\\x07');
  expect(page).toContain('the call to be &lt;answered&gt;');
});

test('every element that is opened is closed', () => {
  const page = reportPage(run());
  for (const element of ['details', 'summary', 'div', 'section', 'span', 'pre', 'ol', 'li', 'dl']) {
    const count = (pattern: RegExp): number => [...page.matchAll(pattern)].length;
    expect([element, count(new RegExp(`<${element}[ >]`, 'g'))]).toEqual([element, count(new RegExp(`</${element}>`, 'g'))]);
  }
});

test('errors outside of scenarios are shown too', () => {
  expect(reportPage(run({ scenarios: [], errors: [{ message: 'a.scenario.ts: cannot be read', places: [] }] }))).toMatch(
    /0 scenarios: none ran[^]*<pre class="error">a\.scenario\.ts: cannot be read/,
  );
});
