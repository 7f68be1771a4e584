import { chmodSync, copyFileSync, existsSync, fsyncSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import type * as Fs from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Store } from './store.ts';

vi.mock('node:fs', { spy: true });
const real = await vi.importActual<typeof Fs>('node:fs');

interface Person {
  id: number;
  name: string;
}

const ada: Person = { id: 1, name: 'Ada' };
const bob: Person = { id: 2, name: 'Bob' };

const people = (store: Store, column: 'name' | 'length' | 'letter' = 'name') =>
  store.collection<Person>({
    name: 'person',
    key: (person) => person.id,
    indexes: {
      name: { name: (person: Person) => person.name },
      length: { length: (person: Person) => person.name.length },
      letter: { letter: (person: Person) => person.name.toLowerCase().at(-1) ?? null },
    }[column] as Record<string, (person: Person) => string | number | null>,
    unique: ['name', 'letter'],
  });

let folder: string;
let file: string;
const stores: Store[] = [];
const opened = (path?: string): Store => {
  const store = new Store(path);
  stores.push(store);
  return store;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-snapshot-'));
  file = join(folder, 'state.ringback');
});
afterEach(() => {
  vi.resetAllMocks();
  for (const store of stores.splice(0)) store.close();
  rmSync(folder, { recursive: true });
});

/** A file with Ada and Bob of acme, and the ticket number 1 given. */
function saved(): Store {
  const store = opened();
  people(store).put('acme', ada);
  people(store).put('acme', bob);
  people(store).put('other', { id: 9, name: 'Eve' });
  store.next('acme', 'ticket');
  store.snapshotTo('acme', file);
  return store;
}

describe.each([
  ['memory', undefined],
  ['a file', 'world.db'],
])('a snapshot file, with the state in %s', (_, name) => {
  test('brings one account back, into another store too, and touches no other account', () => {
    saved();
    const store = opened(name === undefined ? undefined : join(folder, name));
    people(store).put('acme', { id: 1, name: 'Changed' });
    people(store).put('acme', { id: 3, name: 'New' });
    people(store).put('other', ada);
    const told: string[] = [];
    people(store).watch((account) => told.push(account));
    for (let times = 0; times < 2; times += 1) {
      store.restoreFrom('acme', file);
      expect(people(store).find('acme')).toEqual([ada, bob]);
      expect(people(store).find('acme', { where: { name: 'Bob' } })).toEqual([bob]);
      expect(people(store).find('other')).toEqual([ada]);
    }
    expect(told).toEqual(['acme', 'acme']);
    expect(store.next('acme', 'ticket')).toBe(2);
    store.restoreFrom('acme', file);
    expect(store.next('acme', 'ticket')).toBe(3);
  });
});

test('leaves other accounts as they are, whoever has more', () => {
  saved();
  const store = opened();
  for (let id = 1; id <= 20; id += 1) people(store).put('other', { id, name: `Eve ${id}` });
  people(store).put('zorro', ada);
  for (let times = 0; times < 2; times += 1) {
    store.restoreFrom('acme', file);
    expect([people(store).find('acme'), people(store).find('zorro')]).toEqual([[ada, bob], [ada]]);
    expect(people(store).find('other', { where: { name: 'Eve 7' } })).toEqual([{ id: 7, name: 'Eve 7' }]);
    expect(people(store).count('other')).toBe(20);
  }
});

test('replaces an earlier snapshot, and leaves nothing else behind', () => {
  const store = saved();
  people(store).delete('acme', 2);
  store.snapshotTo('acme', file);
  store.restoreFrom('acme', file);
  expect(people(store).find('acme')).toEqual([ada]);
  expect(readdirSync(folder)).toEqual(['state.ringback']);
});

test.skipIf(process.platform === 'win32')('is written into a folder that we may write into but not read', () => {
  const store = saved();
  people(store).delete('acme', 2);
  const closed = mkdtempSync(join(tmpdir(), 'ringback-closed-'));
  const there = join(closed, 'state.ringback');
  chmodSync(closed, 0o333);
  // Root may read everything.
  const user = process.geteuid?.() ?? 0;
  if (user === 0) process.seteuid?.(65_534);
  try {
    expect(() => readdirSync(closed)).toThrow('EACCES');
    store.snapshotTo('acme', there);
  } finally {
    process.seteuid?.(user);
    chmodSync(closed, 0o700);
  }
  store.restoreFrom('acme', there);
  rmSync(closed, { recursive: true });
  expect(people(store).find('acme')).toEqual([ada]);
});

describe.each([
  ['memory', undefined],
  ['a file', 'world.db'],
])('with the state in %s, a version that finds documents by other values', (_, name) => {
  const other = (column: 'length' | 'letter') => {
    const store = opened(name === undefined ? undefined : join(folder, name));
    return { store, all: people(store, column) };
  };

  test('reads a snapshot file', () => {
    saved();
    const { store, all } = other('length');
    for (let times = 0; times < 2; times += 1) {
      store.restoreFrom('acme', file);
      expect(all.find('acme', { where: { length: 3 } })).toEqual([ada, bob]);
      expect(all.count('acme')).toBe(2);
    }
    store.snapshotTo('acme', file);
    store.restoreFrom('acme', file);
    expect(all.find('acme', { where: { length: 3 } })).toEqual([ada, bob]);
  });

  test.each([
    [{ id: 3, name: 'CLAUDIA' }, 'two rows of one letter'],
    [{ id: 3 } as Person, 'cannot be read'],
  ])('leaves everything as it was when %j cannot be found by those', (person, because) => {
    const first = saved();
    people(first).put('acme', person);
    first.snapshotTo('acme', file);
    const { store, all } = other('letter');
    all.put('acme', { id: 7, name: 'Gus' });
    const forgotten: string[] = [];
    const restored = (): void => store.restoreFrom('acme', file, () => forgotten.push('doings'));
    for (let times = 0; times < 2; times += 1) {
      expect(restored).toThrow(expect.objectContaining({ name: 'SnapshotFileError', reason: 'corrupt', message: expect.stringContaining(because) })); // prettier-ignore
    }
    expect([forgotten, all.find('acme')]).toEqual([[], [{ id: 7, name: 'Gus' }]]);
    people(first).delete('acme', 3);
    first.snapshotTo('acme', file);
    restored();
    expect(all.first('acme', { where: { letter: 'b' } })).toEqual(bob);
  });
});

test('is on the disk before it has its name, and has its name on the disk', () => {
  const store = saved();
  const steps: string[] = [];
  const names = new Map<number, string>();
  vi.mocked(openSync).mockImplementation((path, ...more) => {
    const handle = real.openSync(path, ...more);
    names.set(handle, String(path));
    return handle;
  });
  vi.mocked(fsyncSync).mockImplementation((handle) => steps.push(`fsync ${names.get(handle)}`));
  vi.mocked(renameSync).mockImplementation((from, to) => {
    steps.push(`rename ${String(from)}`);
    real.renameSync(from, to);
  });
  store.snapshotTo('acme', file);
  expect(steps).toEqual([`fsync ${file}.unfinished`, `rename ${file}.unfinished`, `fsync ${folder}`]);
  vi.mocked(fsyncSync).mockImplementation((handle) => {
    if (names.get(handle) === folder) throw Object.assign(new Error('not here'), { code: 'EINVAL' });
  });
  store.snapshotTo('acme', file);
  vi.mocked(fsyncSync).mockImplementation(() => {
    throw Object.assign(new Error('the disk is broken'), { code: 'EIO' });
  });
  expect(() => store.snapshotTo('acme', file)).toThrow('the disk is broken');
  expect(readdirSync(folder)).toEqual(['state.ringback']);
});

describe('changes nothing', () => {
  const damaged = (change: (db: DatabaseSync) => void): void => {
    const db = new DatabaseSync(file);
    change(db);
    db.close();
  };
  test.each<[string, string, () => void]>([
    ['no file', 'missing', () => rmSync(file)],
    ['text', 'foreign', () => writeFileSync(file, 'hello')],
    ['nothing', 'foreign', () => writeFileSync(file, '')],
    ['another database', 'foreign', () => { rmSync(file); damaged((db) => db.exec('CREATE TABLE a (b)')); }],
    ['a snapshot of another account', 'foreign', () => damaged((db) => db.exec("UPDATE about SET account = 'globex'"))],
    ['a later format', 'foreign', () => damaged((db) => db.exec('PRAGMA user_version = 2'))],
    ['records of a later version', 'foreign', () => damaged((db) => db.exec('CREATE TABLE ships (key, doc); INSERT INTO ships VALUES (1, 2)'))],
    ['half a file', 'corrupt', () => writeFileSync(file, readFileSync(file).subarray(0, 8192))],
    ['overwritten pages', 'corrupt', () => writeFileSync(file, readFileSync(file).fill(0xaa, 4096))],
    ['what is no JSON', 'corrupt', () => damaged((db) => db.exec("UPDATE person SET doc = '{' WHERE key = 2"))],
    ['without documents', 'corrupt', () => damaged((db) => db.exec('ALTER TABLE person DROP COLUMN doc'))],
    ['a record without a key', 'corrupt', () => damaged((db) => db.exec('UPDATE person SET key = NULL WHERE key = 2'))],
    ['a number that is none', 'corrupt', () => damaged((db) => db.exec("UPDATE sequence SET value = 'many'"))],
    ['two of one key', 'corrupt', () => damaged((db) => db.exec('INSERT INTO person SELECT * FROM person WHERE key = 2'))],
  ])('when the file is %s (%s)', (_, reason, change) => {
    const store = saved();
    people(store).put('acme', { id: 3, name: 'Cy' });
    change();
    expect(() => store.restoreFrom('acme', file)).toThrow(expect.objectContaining({ name: 'SnapshotFileError', reason }));
    expect(people(store).count('acme')).toBe(3);
    people(store).delete('acme', 3);
    store.snapshotTo('acme', join(folder, 'after.ringback'));
  }); // prettier-ignore

  test('of a file that is no snapshot, nor where nothing can be written', () => {
    const store = saved();
    const notes = join(folder, 'notes.txt');
    writeFileSync(notes, 'mine');
    expect(() => store.snapshotTo('acme', notes)).toThrow('is no snapshot of Ringback');
    expect(readFileSync(notes, 'utf8')).toBe('mine');
    for (const nowhere of [join(folder, 'none', 'x'), join(notes, 'x'), `${notes}\0x`]) {
      expect(() => store.snapshotTo('acme', nowhere)).toThrow(expect.objectContaining({ reason: 'unwritable' }));
    }
    copyFileSync(file, notes);
    store.snapshotTo('acme', notes);
    expect(existsSync(`${notes}.unfinished`)).toBe(false);
  });
});
