import { expect, test } from 'vitest';
import { Sequences } from './sequences.ts';
import { Store } from './store.ts';

function undone(store: Store, work: () => void): void {
  expect(() =>
    store.transaction(() => {
      work();
      throw new Error('undo');
    }),
  ).toThrow('undo');
}

test('a transaction writes each of its sequences once', () => {
  const written: unknown[] = [];
  const sequences = new Sequences({ read: () => undefined, write: (...row) => written.push(row) });
  expect([sequences.next('acme', 'id', 1), sequences.next('acme', 'id', 1), sequences.next('acme', 'call', 360)]).toEqual([1, 2, 360]);
  expect(written).toEqual([]);
  sequences.write();
  sequences.write();
  expect(written).toEqual([
    ['acme', 'id', 2],
    ['acme', 'call', 360],
  ]);
});

test('numbers of an undone transaction are given again, later ones of others are not', () => {
  const store = new Store();
  expect(store.next('acme', 'ticket')).toBe(1);
  undone(store, () => expect([store.next('acme', 'ticket'), store.next('acme', 'ticket')]).toEqual([2, 3]));
  expect(store.transaction(() => store.next('acme', 'ticket'))).toBe(2);
  expect(store.next('globex', 'ticket')).toBe(1);
  store.close();
});

test('a snapshot within a transaction holds what was counted in it; clearing begins anew', () => {
  const store = new Store();
  const saved = store.transaction(() => {
    store.next('acme', 'ticket', 7);
    return store.snapshot('acme', 'one');
  });
  expect(store.next('acme', 'ticket')).toBe(8);
  store.restore(saved);
  expect(store.next('acme', 'ticket')).toBe(9);
  store.restore(saved, { sequences: 'taken back' });
  expect(store.next('acme', 'ticket')).toBe(8);
  store.transaction(() => {
    store.next('acme', 'ticket');
    store.clear('acme');
    expect(store.next('acme', 'ticket')).toBe(1);
  });
  expect(store.next('acme', 'ticket')).toBe(2);
  store.close();
});
