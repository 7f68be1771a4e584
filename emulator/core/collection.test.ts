import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Query } from './query.ts';
import { Store } from './store.ts';

interface Letter {
  readonly id: number;
  readonly to: number;
  readonly copies: string | null;
  readonly at: string;
  readonly read: number;
}

let store: Store;
beforeEach(() => {
  store = new Store();
});
afterEach(() => {
  store.close();
});

const letters = () =>
  store.collection<Letter>({
    name: 'letters',
    key: ({ id }) => id,
    indexes: { to: ({ to }) => to, copies: ({ copies }) => copies, at: ({ at }) => at, read: ({ read }) => read },
    coarse: ['read'],
  });

/** What is found, and by which index SQLite looks. */
function looked(query: Query): [ids: number[], index: string | undefined] {
  const statement = vi.spyOn(store, 'statement');
  const ids = letters()
    .find('acme', query)
    .map(({ id }) => id);
  const sql = statement.mock.calls.map(([text]) => text).findLast((text) => text.startsWith('SELECT doc')) ?? '';
  statement.mockRestore();
  const plan = store.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((row) => String(row['detail'])); // prettier-ignore
  return [ids, plan.map((detail) => /INDEX (letters_\w+)/.exec(detail)?.[1]).find((name) => name !== undefined)];
}

test('documents in an order are gone through in it only where many meet what is asked for', () => {
  const day = (id: number): string => `2026-${String(id).padStart(5, '0')}`;
  for (let id = 1; id <= 1_200; id += 1) letters().put('acme', { id, to: id % 100 === 0 ? 8 : 7, copies: null, at: day(id), read: 0 });
  const sorted = { order: ['-at', '-key'], limit: 2 };
  expect(looked({ where: { to: 7, read: 0, at: { not: null } }, ...sorted })).toEqual([[1_199, 1_198], 'letters_at']);
  expect(looked({ where: { to: 8, read: 0, at: { not: null } }, ...sorted })).toEqual([[1_200, 1_100], 'letters_to']);
  expect(looked({ where: { to: 8, at: { lt: day(1_100) } }, ...sorted })).toEqual([[1_000, 900], 'letters_to']);
  expect(looked({ where: { at: day(1_100), key: { lt: 1_101 } }, ...sorted })).toEqual([[1_100], 'letters_at']);
  expect(looked({ where: { to: { in: [8, 9] } }, limit: 2 })).toEqual([[100, 200], 'letters_to']);
  expect(looked({ where: { to: { in: [7, 8] } }, limit: 2 })).toEqual([[1, 2], undefined]);
});

test.each<[Query, number[], string | undefined]>([
  [{ where: { read: 0 } }, [1, 3], 'letters_read'],
  [{ where: { read: 0, to: 7 } }, [1], 'letters_to'],
  [{ where: { read: 0, key: { gt: 1 } } }, [3], 'letters_read'],
  [{ where: { read: 0, to: { not: 7 } } }, [3], 'letters_read'],
  [{ where: { read: 0, at: { not: null } }, order: ['-at', '-key'] }, [1, 3], 'letters_at'],
  [{ where: { read: 0, copies: { like: '%c5,%', sparse: true } } }, [3], 'letters_copies'],
  [{ where: { read: 0, copies: { like: '%c5,%' } } }, [3], 'letters_read'],
])('%j is looked up by what few documents share', (query, ids, index) => {
  const rows: Letter[] = [
    { id: 1, to: 7, copies: null, at: '2026-03', read: 0 },
    { id: 2, to: 7, copies: 'c5,c6,', at: '2026-02', read: 1 },
    { id: 3, to: 8, copies: 'c5,', at: '2026-01', read: 0 },
  ];
  for (const row of rows) letters().put('acme', row);
  expect(looked(query)).toEqual([ids, index]);
});
