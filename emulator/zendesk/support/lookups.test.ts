import { expect, it, vi } from 'vitest';
import { testSupport, type TestSupport } from './testing/test-support.ts';

/** By which indexes the table is looked into meanwhile. */
function lookups({ core: { store } }: TestSupport, table: string, work: () => void): Set<string> {
  const statement = vi.spyOn(store, 'statement');
  work();
  const asked = statement.mock.calls.map(([sql]) => sql).filter((sql) => sql.startsWith(`SELECT doc FROM "${table}" WHERE`));
  statement.mockRestore();
  const plans = asked.flatMap((sql) => store.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((row) => String(row['detail']))); // prettier-ignore
  return new Set(plans.flatMap((detail) => /INDEX (\w+)/.exec(detail)?.[1] ?? []));
}

it('groups are looked up by their names, not by whether they are there', () => {
  const test = testSupport();
  const found = lookups(test, 'groups', () => void test.support.groups.findByName('acme', 'Second'));
  expect([...found]).toEqual(['groups_name']);
});

it('old jobs are looked up by their age, not by whether they are done', () => {
  const test = testSupport();
  const { support, api } = test;
  const start = support.jobs.define<number>({ title: 'Nothing', run: () => ({}) });
  const found = lookups(test, 'jobs', () => void start('acme', [1], api));
  expect([...found]).toEqual(expect.arrayContaining(['jobs_open', 'jobs_created']));
});
