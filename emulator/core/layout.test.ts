import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Collection, CollectionSpec } from './collection.ts';
import { packing } from './packing.ts';
import { Store } from './store.ts';

interface Pet {
  id: number;
  kind: string;
  name: string | null;
}

const PETS = {
  name: 'pets',
  key: (pet: Pet) => pet.id,
  packing: packing<Pet>(['id', 'kind', 'name']),
  indexes: { kind: (pet: Pet) => pet.kind, name: (pet: Pet) => pet.name?.toLowerCase() ?? null },
  unique: ['name'],
} satisfies CollectionSpec<Pet>;
/** As an earlier build had it: with other columns, in another order, and documents as they are. */
const EARLIER: CollectionSpec<Pet> = { name: 'pets', key: (pet) => pet.id, indexes: { legs: () => 4, kind: (pet) => pet.kind } };

const rex: Pet = { id: 1, kind: 'dog', name: 'Rex' };
const tom: Pet = { id: 2, kind: 'cat', name: 'Tom' };
const ida: Pet = { id: 3, kind: 'cat', name: null };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-layout-'));
  file = join(folder, 'world.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function within<T>(spec: CollectionSpec<Pet>, work: (pets: Collection<Pet>, store: Store) => T): T {
  const store = new Store(file);
  try {
    return work(store.collection(spec), store);
  } finally {
    store.close();
  }
}

function changed(...statements: string[]): void {
  const db = new DatabaseSync(file);
  for (const statement of statements) db.exec(statement);
  db.close();
}

/** The text of every table and index of pets. */
function schema(): unknown[][] {
  const db = new DatabaseSync(file);
  const rows = db.prepare("SELECT name, sql FROM sqlite_schema WHERE tbl_name LIKE 'pets%' AND sql IS NOT NULL ORDER BY name").all();
  db.close();
  return rows.map(({ name, sql }) => [name, sql]);
}

describe('an index', () => {
  const indexes = (): unknown[] =>
    schema()
      .map(([name]) => name)
      .filter((name) => !String(name).startsWith('pets@') && name !== 'pets');

  test('is made when it is first looked up by, a unique one at once', () => {
    within(PETS, (pets) => pets.put('acme', rex));
    expect(indexes()).toEqual(['pets_name']);
    within(PETS, (pets) => expect(pets.find('acme', { where: { kind: { not: 'cat' } } })).toEqual([rex]));
    expect(indexes()).toEqual(['pets_name']);
    within(PETS, (pets) => expect(pets.find('acme', { where: { kind: 'dog' } })).toEqual([rex]));
    expect(indexes()).toEqual(['pets_kind', 'pets_name']);
  });

  test.each<[string, (pets: Collection<Pet>) => unknown]>([
    ['first', (pets) => pets.first('acme', { where: { kind: 'dog' } })],
    ['count', (pets) => pets.count('acme', { where: { kind: 'dog' } })],
    ['order', (pets) => pets.find('acme', { order: ['-kind'] })],
    ['in', (pets) => pets.find('acme', { where: { kind: { in: ['dog', 'cat'] } }, order: ['-key'] })],
  ])('is made by %s', (_, look) => {
    within(PETS, look);
    expect(indexes()).toEqual(['pets_kind', 'pets_name']);
  });

  test('that was made in a transaction which is undone is made again', () => {
    within(PETS, (pets, store) => {
      const look = (): Pet[] => pets.find('acme', { where: { kind: 'dog' } });
      const undone = (): void =>
        store.transaction(() => {
          pets.put('acme', rex);
          expect(look()).toEqual([rex]);
          throw new Error('undone');
        });
      expect(undone).toThrow('undone');
      expect(look()).toEqual([]);
    });
    expect(indexes()).toEqual(['pets_kind', 'pets_name']);
  });
});

describe('a file of an earlier build', () => {
  const earlier = (): void =>
    within(EARLIER, (pets, store) => {
      for (const pet of [rex, tom]) pets.put('acme', pet);
      pets.put('globex', rex);
      store.next('acme', 'pet');
      store.snapshot('acme', 'two');
      pets.put('acme', ida);
    });

  test('has the columns that are new filled from its documents, in snapshots too, and is then like a new one', () => {
    earlier();
    changed('PRAGMA user_version = 0');
    within(PETS, (pets, store) => {
      expect(pets.find('acme', { where: { name: 'tom' } })).toEqual([tom]);
      expect(pets.find('acme', { where: { kind: 'cat' } })).toEqual([tom, ida]);
      expect(pets.find('globex')).toEqual([rex]);
      pets.insert('acme', { id: 4, kind: 'cat', name: 'Kit' });
      expect(() => pets.insert('acme', { id: 5, kind: 'cat', name: 'TOM' })).toThrow('UNIQUE');
      store.restore({ account: 'acme', name: 'two' });
      expect(pets.find('acme', { where: { name: 'tom' } })).toEqual([tom]);
      expect([pets.count('acme'), store.next('acme', 'pet')]).toEqual([2, 2]);
    });
    const taken = schema();
    within(PETS, (pets) => expect(pets.first('acme', { where: { name: 'rex' } })).toEqual(rex));
    rmSync(file);
    within(PETS, (pets) => expect(pets.find('acme', { where: { kind: 'cat' } })).toEqual([]));
    expect(taken).toEqual(schema());
  });

  test('is left alone when it has what is declared', () => {
    within(PETS, (pets) => pets.put('acme', rex));
    changed("UPDATE pets SET name = 'by hand'");
    within(PETS, (pets) => expect(pets.find('acme', { where: { name: 'by hand' } })).toEqual([rex]));
  });

  test('is gone through when an index has come to hold other values', () => {
    within(PETS, (pets, store) => {
      pets.put('acme', tom);
      store.snapshot('acme', 'one');
      store.snapshotTo('acme', join(folder, 'acme.ringback'));
    });
    const upper = { ...PETS.indexes, name: (pet: Pet) => pet.name?.toUpperCase() ?? null };
    within({ ...PETS, indexes: upper, revision: 2 }, (pets, store) => {
      const found = (): Pet[] => pets.find('acme', { where: { name: 'TOM' } });
      expect(found()).toEqual([tom]);
      store.restore({ account: 'acme', name: 'one' });
      expect(found()).toEqual([tom]);
      store.restoreFrom('acme', join(folder, 'acme.ringback'));
      expect(found()).toEqual([tom]);
    });
  });

  test('has no column left that would refuse new documents', () => {
    within(PETS, (pets) => pets.put('acme', rex));
    changed('ALTER TABLE pets ADD COLUMN chip TEXT NOT NULL DEFAULT 1', 'CREATE UNIQUE INDEX chips ON pets (account, chip)');
    changed('ALTER TABLE "pets@saved" ADD COLUMN chip TEXT');
    within(PETS, (pets, store) => {
      for (const pet of [tom, ida]) pets.insert('acme', pet);
      store.restore(store.snapshot('acme', 'now'));
      expect(pets.find('acme')).toEqual([rex, tom, ida]);
    });
  });

  test('has indexes of another definition made anew', () => {
    const dogs = { where: { kind: 'dog' } };
    within({ ...PETS, unique: [] }, (pets) => {
      pets.put('acme', rex);
      expect(pets.find('acme', dogs)).toEqual([rex]);
    });
    changed('DROP INDEX pets_kind', 'CREATE UNIQUE INDEX pets_kind ON pets (kind)', 'CREATE UNIQUE INDEX pets_legs ON pets (account)');
    within(PETS, (pets) => {
      pets.insert('acme', { ...rex, id: 9, name: 'Max' });
      expect(() => pets.insert('acme', { ...tom, name: 'rex' })).toThrow('UNIQUE');
      expect(pets.count('acme', dogs)).toBe(2);
    });
    const names = schema().map(([name]) => name);
    expect(names).toEqual(['pets', 'pets@saved', 'pets_kind', 'pets_name']);
  });

  test.each<[string, string]>([
    ['UPDATE pets SET doc = \'{"id":1,"kind":"dog","name":"Tom"}\' WHERE key = 1', 'UNIQUE constraint failed'],
    ["UPDATE pets SET doc = '{' WHERE key = 1", 'JSON'],
    ['UPDATE pets SET doc = \'{"id":1,"kind":["dog"],"name":"Rex"}\' WHERE key = 1', 'cannot be found by as "kind"'],
  ])('says what cannot be taken over, and stays as it was (%s)', (statement, because) => {
    earlier();
    changed(statement);
    const before = schema();
    const open = (): void => within(PETS, () => undefined);
    expect(open).toThrow(because);
    expect(open).toThrow(`${file}: pets, as another version of Ringback wrote them, cannot be taken over: `);
    expect(schema()).toEqual(before);
    within(EARLIER, (pets, store) => expect([store.hasSnapshot('acme', 'two'), pets.count('globex')]).toEqual([true, 1]));
  });
});

test.each<[string, string, (path: string) => void]>([
  ['of a later layout', 'later version of Ringback', () => within(PETS, () => undefined)],
  ['that is a snapshot', 'is a snapshot of one account', (path) => within(PETS, (_, store) => store.snapshotTo('acme', path))],
  ['of something else', 'is a database of something else', () => changed('CREATE TABLE bookmarks (url)')],
])('a file %s is refused, and left as it is', (name, message, make) => {
  const path = name === 'that is a snapshot' ? join(folder, 'acme.ringback') : file;
  make(path);
  if (name === 'of a later layout') changed('PRAGMA user_version = 2');
  const before = readFileSync(path);
  for (let times = 0; times < 2; times += 1) expect(() => new Store(path)).toThrow(message);
  expect(readFileSync(path)).toEqual(before);
});
