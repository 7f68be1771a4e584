import { expect, it } from 'vitest';
import { refusal, testSupport } from './testing/test-support.ts';

/** What is looked at by an expression that tries every way to part it takes seconds at these lengths; else a millisecond. */
const LONG_MS = 1_000;

it.each<[string, (at: ReturnType<typeof testSupport>) => void]>([
  ['a search for people', ({ support }) => void support.search.users('acme', `${' '.repeat(500)}x`)],
  [
    'a number',
    ({ support, api }) => {
      const { id } = support.fields.create('acme', 'ticket', { type: 'decimal', title: 'Price' });
      const custom_fields = [{ id, value: `${'1'.repeat(60_000)}x` }];
      expect(refusal(() => support.tickets.create('acme', { comment: 'x', custom_fields }, api)).status).toBe(422);
    },
  ],
  [
    'an e-mail address',
    ({ support, api }) => {
      const email = `a@${'.'.repeat(60_000)}@`;
      expect(refusal(() => support.users.create('acme', { name: 'A', email }, api)).status).toBe(422);
    },
  ],
])('%s is read in no time, however long it is', (_what, read) => {
  const world = testSupport();
  const start = performance.now();
  read(world);
  expect(performance.now() - start).toBeLessThan(LONG_MS);
});
