import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DuplicateKeyError } from './collection.ts';
import { type Snapshot, Store } from './store.ts';

interface Person {
  id: number;
  name: string;
  email: string | null;
}

const people = (store: Store) =>
  store.collection<Person>({
    name: 'person',
    key: (person) => person.id,
    indexes: { name: (person) => person.name, email: (person) => person.email },
    unique: ['email'],
  });

const ada: Person = { id: 1, name: 'Ada', email: 'ada@example.com' };
const bob: Person = { id: 2, name: 'Bob', email: null };
const cy: Person = { id: 10, name: 'Cy', email: null };

let store: Store;
beforeEach(() => {
  store = new Store();
});
afterEach(() => {
  store.close();
});

describe('a collection', () => {
  test('keeps documents apart by account', () => {
    people(store).put('acme', ada);
    expect(people(store).get('acme', 1)).toEqual(ada);
    expect(people(store).get('other', 1)).toBeUndefined();
  });

  test('what was read by its key is remembered until it is written, deleted, undone or restored', () => {
    const all = people(store);
    const named = (): string | undefined => all.get('acme', 1)?.name;
    all.put('acme', ada);
    store.flush();
    expect(all.get('acme', 1)).toBe(all.get('acme', 1));
    const saved = store.snapshot('acme', 'saved');
    all.put('acme', { ...ada, name: 'Eve' });
    expect(named()).toBe('Eve');
    store.flush();
    expect(named()).toBe('Eve');
    const undone = (): void =>
      store.transaction(() => {
        all.put('acme', { ...ada, name: 'Max' });
        store.flush();
        expect(named()).toBe('Max');
        throw new Error('undone');
      });
    expect(undone).toThrow('undone');
    expect(named()).toBe('Eve');
    store.restore(saved);
    expect(named()).toBe('Ada');
    all.delete('acme', 1);
    expect(named()).toBeUndefined();
    expect(all.get('other', 1)).toBeUndefined();
  });

  test('what is long is not remembered', () => {
    const all = people(store);
    all.put('acme', { ...ada, name: 'A'.repeat(100_000) });
    store.flush();
    expect(all.get('acme', 1)).toEqual(all.get('acme', 1));
    expect(all.get('acme', 1)).not.toBe(all.get('acme', 1));
  });

  test('finds by every kind of condition, in numeric key order', () => {
    for (const person of [cy, ada, bob]) people(store).put('acme', person);
    const names = (query: Parameters<ReturnType<typeof people>['find']>[1]): string[] =>
      people(store)
        .find('acme', query)
        .map((person) => person.name);
    expect(names({})).toEqual(['Ada', 'Bob', 'Cy']);
    expect(names({ order: ['-key'], limit: 2 })).toEqual(['Cy', 'Bob']);
    expect(names({ offset: 1 })).toEqual(['Bob', 'Cy']);
    expect(names({ where: { email: null } })).toEqual(['Bob', 'Cy']);
    expect(names({ where: { email: { not: null } } })).toEqual(['Ada']);
    expect(names({ where: { name: { in: ['Ada', 'Cy'] } } })).toEqual(['Ada', 'Cy']);
    expect(names({ where: { key: { gt: 1, lt: 10 } } })).toEqual(['Bob']);
    expect(names({ where: { name: { like: 'A%' } } })).toEqual(['Ada']);
    expect(people(store).count('acme', { where: { email: null } })).toBe(2);
    expect(people(store).first('acme', { where: { name: 'Bob' } })).toEqual(bob);
  });

  test('refuses a second document with a unique value, and says which', () => {
    people(store).put('acme', ada);
    expect(() => people(store).insert('acme', { ...bob, email: ada.email })).toThrow(DuplicateKeyError);
    expect(() => people(store).insert('acme', ada)).toThrow('person 1 of acme');
    people(store).insert('other', ada);
  });

  test('replaces a document, found by its new values and by those that stayed', () => {
    const all = people(store);
    for (const person of [ada, bob]) all.put('acme', person);
    const version = all.version;
    all.replace('acme', ada, { ...ada, name: 'Augusta' });
    expect(all.version).toBeGreaterThan(version);
    expect(all.find('acme', { where: { name: 'Ada' } })).toEqual([]);
    expect(all.find('acme', { where: { name: 'Augusta' } })).toEqual([{ ...ada, name: 'Augusta' }]);
    expect(all.first('acme', { where: { email: ada.email } })?.name).toBe('Augusta');
    expect(() => all.replace('acme', bob, { ...bob, email: ada.email })).toThrow(DuplicateKeyError);
    expect(() => all.replace('acme', bob, cy)).toThrow('person 2 cannot be replaced by 10');
  });

  test('tells whoever watches of each document written or deleted, and of an account that was restored or cleared', () => {
    const all = people(store);
    const told: unknown[] = [];
    all.watch((account, key, doc) => told.push([account, key, doc?.name]));
    all.insert('acme', ada);
    all.replace('acme', ada, { ...ada, name: 'Augusta' });
    all.put('acme', bob);
    all.delete('acme', 2);
    const before = store.snapshot('acme', 'now');
    all.put('other', bob);
    told.pop();
    store.restore(before);
    store.clear('other');
    expect(told).toEqual([['acme', 1, 'Ada'], ['acme', 1, 'Augusta'], ['acme', 2, 'Bob'], ['acme', 2, undefined], ['acme', undefined, undefined], ['other', undefined, undefined]]); // prettier-ignore
  });

  test('an unknown index is named with those there are', () => {
    expect(() => people(store).find('acme', { where: { phone: '1' } })).toThrow('it has key, name, email');
  });
});

describe('a transaction', () => {
  test('is undone whole by a throw, its callbacks included', () => {
    const called: string[] = [];
    expect(() => store.transaction(() => people(store))).toThrow('declared inside a transaction');
    people(store);
    expect(() =>
      store.transaction(() => {
        people(store).put('acme', ada);
        store.afterCommit(() => called.push('commit'));
        store.afterRollback(() => called.push('rollback'));
        store.transaction(() => people(store).put('acme', bob));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(people(store).count('acme')).toBe(0);
    expect(called).toEqual(['rollback']);
    store.transaction(() => store.afterCommit(() => called.push('later')));
    expect(called).toEqual(['rollback', 'later']);
  });

  test('that is committed runs all its callbacks, also behind one that throws', () => {
    const called: string[] = [];
    const pets = people(store);
    const commit = (): void =>
      store.transaction(() => {
        pets.put('acme', ada);
        store.afterCommit(() => {
          throw new Error('of a listener');
        });
        store.afterCommit(() => called.push('next'));
      });
    expect(commit).toThrow('of a listener');
    expect(called).toEqual(['next']);
    expect(pets.count('acme')).toBe(1);
    expect(store.inTransaction).toBe(false);
  });
});

test('tells how much there is', () => {
  people(store).put('acme', ada);
  expect(store.counts('acme')).toEqual({ person: 1 });
  expect(store.counts('other')).toEqual({ person: 0 });
  expect(store.bytes).toBeGreaterThan(4096);
});

test('a sequence never gives a number twice', () => {
  expect([store.next('acme', 'ticket', 35), store.next('acme', 'ticket', 35), store.next('other', 'ticket', 35)]).toEqual([35, 36, 35]);
});

describe('snapshots', () => {
  test('restore one account and touch no other', () => {
    people(store).put('acme', ada);
    people(store).put('other', ada);
    store.next('acme', 'ticket');
    const before = store.snapshot('acme', 'before');
    people(store).put('acme', bob);
    people(store).put('other', bob);
    people(store).put('acme', { ...ada, name: 'Changed' });
    store.next('acme', 'ticket');
    store.restore(before);
    expect(people(store).find('acme')).toEqual([ada]);
    expect(people(store).find('other')).toEqual([ada, bob]);
    expect(store.next('acme', 'ticket')).toBe(3);
    const later = store.snapshot('acme', 'later');
    store.restore(before, { sequences: 'taken back' });
    expect(store.next('acme', 'ticket')).toBe(2);
    store.restore(later);
    expect(store.next('acme', 'ticket')).toBe(4);
    expect(store.hasSnapshot('acme', 'before')).toBe(true);
    expect(store.hasSnapshot('acme', 'never')).toBe(false);
    store.clear('acme');
    expect(store.hasSnapshot('acme', 'before')).toBe(false);
    expect(people(store).count('other')).toBe(2);
  });
});

describe('a restore after which nothing had to change', () => {
  const names = (): string[] => people(store).find('acme').map(({ name }) => name); // prettier-ignore
  let saved: Snapshot;
  let told: string[];
  beforeEach(() => {
    people(store).put('acme', ada);
    saved = store.snapshot('acme', 'saved');
    told = [];
    people(store).watch((account, key) => told.push(`${account} ${key ?? 'all'}`));
  });

  test('tells nobody', () => {
    store.restore(saved);
    store.restore(saved);
    expect([names(), told]).toEqual([['Ada'], []]);
  });

  test.each<[what: string, change: () => void]>([
    ['a document was written', () => people(store).put('acme', bob)],
    ['one was written over', () => people(store).put('acme', { ...ada, name: 'Augusta' })],
    ['one was deleted', () => people(store).delete('acme', ada.id)],
    [
      'another snapshot was taken since, and something written before',
      () => (people(store).put('acme', bob), store.snapshot('acme', 'later')),
    ],
  ])('is not one when %s', (_, change) => {
    change();
    store.restore(saved);
    expect(names()).toEqual(['Ada']);
    expect(told.at(-1)).toBe('acme all');
  });

  test('is not one when the account was removed and made anew', () => {
    store.clear('acme');
    people(store).put('acme', bob);
    store.snapshot('acme', 'saved');
    people(store).put('acme', cy);
    store.restore(saved);
    expect(names()).toEqual(['Bob']);
  });

  const undone = (work: () => void): void => {
    const failing = (): void => {
      work();
      throw new Error('no');
    };
    expect(() => store.transaction(failing)).toThrow('no');
  };

  test('an undone restore has not been', () => {
    people(store).put('acme', bob);
    undone(() => store.restore(saved));
    expect(names()).toEqual(['Ada', 'Bob']);
    store.restore(saved);
    expect(names()).toEqual(['Ada']);
  });

  test('an undone snapshot has not been', () => {
    people(store).put('acme', bob);
    undone(() => store.snapshot('acme', 'saved'));
    store.restore(saved);
    expect(names()).toEqual(['Ada']);
  });
});

test('a file keeps the state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-store-'));
  const file = join(folder, 'world.db');
  const first = new Store(file);
  people(first).put('acme', ada);
  expect(() => new Store(file)).toThrow('database is locked');
  first.close();
  const second = new Store(file);
  expect(people(second).everywhere()).toEqual([['acme', ada]]);
  second.close();
  rmSync(folder, { recursive: true });
});
