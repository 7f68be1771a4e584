import { expect, test } from 'vitest';
import { ancestors, isOrphaned } from './orphan-guard.ts';

const failing = (code: string) => (): string => {
  throw Object.assign(new Error(code), { code });
};
const reading = (grandparent: number) => (): string => `7 (sh) -c) S ${grandparent} 7 7 0`;

test('a parent that is gone, or has another parent now, is missed', () => {
  const before = ancestors(7, reading(5));
  expect(before).toEqual({ parent: 7, grandparent: '5' });
  expect(isOrphaned(before, ancestors(7, reading(5)))).toBe(false);
  expect(isOrphaned(before, ancestors(7, reading(1)))).toBe(true);
  expect(isOrphaned(before, ancestors(1, reading(0)))).toBe(true);
  expect(isOrphaned(before, ancestors(7, failing('ENOENT')))).toBe(true);
});

test.each(['EMFILE', 'ENFILE', 'EACCES', 'EIO'])('one that cannot be read (%s) is not', (code) => {
  const [there, unread] = [ancestors(7, reading(5)), ancestors(7, failing(code))];
  expect(isOrphaned(there, unread)).toBe(false);
  expect(isOrphaned(unread, there)).toBe(false);
  expect(isOrphaned(unread, ancestors(1, failing(code)))).toBe(true);
});

test('without a process table the parent alone tells', () => {
  const before = ancestors(7, failing('ENOENT'));
  expect(isOrphaned(before, ancestors(7, failing('ENOENT')))).toBe(false);
  expect(isOrphaned(before, ancestors(1, failing('ENOENT')))).toBe(true);
});
