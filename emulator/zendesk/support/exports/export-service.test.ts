import { describe, expect, it, vi } from 'vitest';
import { testSupport, type TestSupport } from '../testing/test-support.ts';
import type { Exported, ExportKind, ExportPage, ExportPosition } from './export-service.ts';

const KINDS: readonly ExportKind[] = ['ticket', 'user', 'organization', 'ticketEvent', 'metricEvent'];

/** Ninety tickets in bursts of one to five a second, some of them imported with a past, and some people. */
function world(): TestSupport {
  const made = testSupport();
  const { support, api } = made;
  for (let index = 0; index < 90; index += 1) {
    const draft = { subject: `t${index}`, comment: 'x', requester: { name: `N${index % 7}`, email: `n${index % 7}@x.example` } };
    if (index % 9 === 4) support.ticketImport.create('acme', { ...draft, created_at: `2026-01-0${1 + (index % 4)}T00:00:00Z` }, api);
    else support.tickets.create('acme', draft, api);
    if (index % 4 === 1) support.tickets.update('acme', 1 + (index % 20), { comment: { body: 'more' }, assignee_id: made.ownerId }, api);
    if (index % 6 === 5) support.organizations.create('acme', { name: `O${index}` }, api);
    if (index % 5 !== 0) made.advance(index % 3 === 0 ? 1_000 : 0);
  }
  made.advance(61_000);
  return made;
}

describe.each(KINDS)('an export of %s', (kind) => {
  it('gives every row once by cursor, and misses none by time, whatever the size of a page', () => {
    const { support } = world();
    const start = support.exports.now('acme') - 30 * 86_400;
    const whole = support.exports.byCursor('acme', kind, start, 10_000);
    const names = whole.rows.map(({ time, row }) => `${time} ${row.id}`);
    expect(names.length).toBeGreaterThan(3);
    expect(names).toEqual(
      whole.rows.toSorted((a, b) => a.time - b.time || a.row.id - b.row.id).map(({ time, row }) => `${time} ${row.id}`),
    );
    for (const size of [1, 2, 7]) {
      const walked: string[] = [];
      for (let at: number | ExportPosition = start, end = false; !end;) {
        const page: ExportPage<Exported[ExportKind]> = support.exports.byCursor('acme', kind, at, size);
        expect(page.rows.length).toBeLessThanOrEqual(size);
        walked.push(...page.rows.map(({ time, row }) => `${time} ${row.id}`));
        const last = page.rows.at(-1);
        if (last) at = { time: last.time, id: last.row.id };
        end = page.endOfStream;
      }
      expect(walked).toEqual(names);
      const seen = new Set<string>();
      for (let at = start, end = false; !end;) {
        const page = support.exports.byTime('acme', kind, at, size);
        for (const { time, row } of page.rows) seen.add(`${time} ${row.id}`);
        const next = page.rows.at(-1)?.time ?? at;
        // Whoever goes on from the end of a page gets further, and no second is parted.
        expect(next > at || page.endOfStream).toBe(true);
        at = next;
        end = page.endOfStream;
      }
      expect([...seen].toSorted()).toEqual(names.toSorted());
    }
  });
});

describe('a page', () => {
  it.each([
    ['ticket', 'tickets'],
    ['ticketEvent', 'audits'],
    ['user', 'users'],
  ] as const)('of %s reads no more than it shows', (kind, name) => {
    const { support } = world();
    const collection = support.context.collections[name];
    const find = vi.spyOn(collection, 'find');
    support.exports.byCursor('acme', kind, 0, 3);
    expect(find.mock.results.flatMap(({ value }) => value as unknown[]).length).toBeLessThanOrEqual(4);
  });
});
