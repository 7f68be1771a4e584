import { describe, expect, test, vi } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuplicateKeyError } from './collection.ts';
import { Random } from './random.ts';
import { type Equality, type StagedRow, StagedRows } from './staged-rows.ts';
import { Store } from './store.ts';

interface Pet {
  id: number;
  kind: string | null;
  name: string;
}

const KINDS = ['cat', 'dog', null];

/** A store beside a plain map: after any mix of writes, deletions, transactions and undone ones both tell the same. */
class Twins {
  readonly store: Store;
  readonly random: Random;
  readonly #pets;
  /** What the store told, and what it should have. */
  readonly told: unknown[] = [];
  readonly expected: unknown[] = [];
  #model = new Map<number, Pet>();
  #numbers = 0;

  constructor(seed: number, file?: string) {
    this.store = new Store(file);
    this.random = new Random(seed);
    this.#pets = this.store.collection<Pet>({
      name: 'pets',
      key: (pet) => pet.id,
      indexes: { kind: (pet) => pet.kind, name: (pet) => pet.name },
    });
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.random.int(0, values.length - 1)] as T;
  }

  #same(told: unknown, expected: unknown): void {
    this.told.push(told);
    this.expected.push(expected);
  }

  #outcome(work: () => void): string {
    try {
      work();
      return 'done';
    } catch (error) {
      return (error as Error).name;
    }
  }

  step(): void {
    const id = this.random.int(1, 12);
    const before = this.#model.get(id);
    const pet = { id, kind: this.#pick(KINDS), name: `pet ${this.random.int(1, 5)}` };
    switch (this.random.int(0, 8)) {
      case 0:
      case 1:
        this.#pets.put('acme', pet);
        this.#model.set(id, pet);
        return;
      case 2:
        this.#same(this.#outcome(() => this.#pets.insert('acme', pet)), before ? 'DuplicateKeyError' : 'done'); // prettier-ignore
        this.#model.set(id, before ?? pet);
        return;
      case 3:
        if (!before) return;
        this.#pets.replace('acme', before, pet);
        this.#model.set(id, pet);
        return;
      case 4:
        this.#same(this.#pets.delete('acme', id), this.#model.delete(id));
        return;
      case 5:
        this.#same(this.store.next('acme', 'pet'), ++this.#numbers);
        return;
      case 6:
        this.#same(this.#pets.get('acme', id), before);
        return;
      default:
        this.compare({ kind: pet.kind, ...(this.random.int(0, 1) ? { name: pet.name } : {}) });
    }
  }

  /** Several steps as one transaction, that one time in three is undone. */
  transaction(): void {
    const [model, numbers] = [new Map(this.#model), this.#numbers];
    const undone = this.random.int(0, 2) === 0;
    const work = (): void => {
      for (let left = this.random.int(1, 5); left > 0; left--) this.step();
      if (undone) throw new Error('undo');
    };
    this.#same(this.#outcome(() => this.store.transaction(work)), undone ? 'Error' : 'done'); // prettier-ignore
    if (undone) [this.#model, this.#numbers] = [model, numbers];
  }

  compare(where: Partial<Pet> = {}): void {
    const expected = [...this.#model.values()]
      .filter((pet) => Object.entries(where).every(([name, value]) => pet[name as keyof Pet] === value))
      .toSorted((a, b) => a.id - b.id);
    if (this.random.int(0, 1)) this.#same(this.#pets.count('acme', { where }), expected.length);
    this.#same(this.#pets.find('acme', { where }), expected);
  }
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('staged rows change nothing that is told, undone transactions included (seed %i)', (seed) => {
  const twins = new Twins(seed);
  for (let round = 0; round < 400; round++) {
    if (twins.random.int(0, 1)) twins.transaction();
    else twins.step();
  }
  twins.compare();
  expect(twins.told).toEqual(twins.expected);
  twins.store.close();
});

test.each([1, 2, 3, 4])('staged rows are found by their values as if all were looked at (seed %i)', (seed) => {
  const random = new Random(seed);
  const rows = new StagedRows();
  const plain = new Map<string, StagedRow>();
  const values = [null, 'one', 'two', 1, 2];
  const value = () => values[random.int(0, values.length - 1)] ?? null;
  const outcome = (account: string, equalities: readonly Equality[]): unknown => {
    const own = [...plain].filter(([id]) => id.startsWith(account)).map(([, row]) => row);
    if (own.some(({ before }) => before !== 'nothing')) return undefined;
    return new Set(own.filter(({ key, indexed }) => equalities.every(([at, wanted]) => (at < 0 ? key : indexed[at]) === wanted)));
  };
  let found = 0;
  for (let step = 0; step < 3_000; step += 1) {
    const account = random.int(0, 3) ? 'acme' : 'other';
    const key = random.int(1, 12);
    // Now and then everything goes, as it does when it is written, and the next look begins anew.
    for (const row of step % 500 === 0 ? plain.values() : []) for (const each of ['acme', 'other']) rows.set(each, row.key, undefined);
    if (step % 500 === 0) plain.clear();
    const before = random.int(0, 40) ? 'nothing' : 'unknown';
    const row = random.int(0, 3) ? { key, indexed: [value(), value()], doc: '{}', before, transaction: step } as const : undefined; // prettier-ignore
    rows.set(account, key, row);
    if (row) plain.set(`${account} ${key}`, row);
    else plain.delete(`${account} ${key}`);
    const equalities = ([[0, value()], [1, value()], [-1, key]] as Equality[]).filter(() => random.int(0, 2) === 0); // prettier-ignore
    const told = rows.having(account, equalities);
    expect(told && new Set(told)).toEqual(outcome(account, equalities));
    expect(told?.length).toBe(told && new Set(told).size);
    found += equalities.length > 0 ? (told?.length ?? 0) : 0;
    expect(rows.size).toBe(plain.size);
  }
  expect(found).toBeGreaterThan(100);
});

test('with a file, what is committed lies there at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-staged-'));
  const twins = new Twins(9, join(folder, 'pets.db'));
  for (let round = 0; round < 150; round++) {
    twins.transaction();
    twins.step();
  }
  twins.compare();
  expect(twins.told).toEqual(twins.expected);
  const [pets, number] = [twins.store.prepare('SELECT count(*) AS n FROM pets').get(), twins.store.next('acme', 'pet')];
  twins.store.close();
  const again = new Store(join(folder, 'pets.db'));
  const kept = again.collection<Pet>({ name: 'pets', key: (pet) => pet.id, indexes: { kind: (pet) => pet.kind, name: (pet) => pet.name } });
  expect(kept.count('acme')).toBe(pets?.['n']);
  expect(again.next('acme', 'pet')).toBe(number + 1);
  again.close();
  rmSync(folder, { recursive: true });
});

test('many documents do not wait for a reader', () => {
  const twins = new Twins(10);
  const pets = twins.store.collection<Pet>({ name: 'more', key: (pet) => pet.id });
  for (let id = 1; id <= 12_000; id++) pets.put('acme', { id, kind: null, name: 'pet' });
  expect(pets.staged).toBeLessThan(6_000);
  expect(pets.count('acme')).toBe(12_000);
  twins.store.close();
});

test('nor do those of one long transaction, and undoing it takes no list of them all', () => {
  const { store } = new Twins(11);
  const pets = store.collection<Pet>({ name: 'more', key: (pet) => pet.id });
  const others = store.collection<Pet>({ name: 'others', key: (pet) => pet.id });
  const pet = (id: number, name: string): Pet => ({ id, kind: null, name });
  for (let id = 1; id <= 100; id++) pets.put('acme', pet(id, 'early'));
  const stagedAgain = [vi.spyOn(pets, 'stageAgain'), vi.spyOn(others, 'stageAgain')];
  let most = 0;
  const undone = (): void =>
    store.transaction(() => {
      for (let id = 1; id <= 20_000; id++) {
        pets.put('acme', pet(id, 'late'));
        others.put('acme', pet(id % 7, `other ${id}`));
        // Also what is read at once, and so written at once, is bounded.
        if (id > 15_000) others.count('acme', { where: { key: { gt: 3 } } });
        most = Math.max(most, pets.staged + others.staged);
      }
      expect(pets.count('acme')).toBe(20_000);
      throw new Error('undo');
    });
  expect(undone).toThrow('undo');
  expect(most).toBeLessThan(6_000);
  expect(stagedAgain.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(6_000);
  expect([pets.count('acme'), pets.get('acme', 100)?.name, others.count('acme')]).toEqual([100, 'early', 0]);
  expect(pets.find('acme', { order: ['-key'], limit: 1 })).toEqual([pet(100, 'early')]);
  store.transaction(() => {
    for (let id = 1; id <= 9_000; id++) pets.put('acme', pet(id, 'kept'));
  });
  expect([pets.count('acme'), pets.get('acme', 1)?.name]).toEqual([9_000, 'kept']);
  store.close();
});

describe('keys', () => {
  const opened = () => {
    const store = new Store();
    return { store, texts: store.collection<{ key: string | number; kind: number }>({ name: 'texts', key: ({ key }) => key, indexes: { kind: ({ kind }) => kind } }) }; // prettier-ignore
  };
  const KEYS = ['\u{10FFFF}', '\uFFFD', '\uE000x', 'b', '\u{1F511}', 10, 'a\u{1F511}', 'a\uFFFD', 9, '', '10', 'é'];

  test('sort alike, whether their rows are staged or in the table', () => {
    const { store, texts } = opened();
    const told = (): unknown => texts.find('acme', { where: { kind: 1 } }).map(({ key }) => key);
    for (const key of KEYS) texts.insert('acme', { key, kind: 1 });
    expect(texts.staged).toBeGreaterThan(0);
    const staged = told();
    store.flush();
    expect(staged).toEqual(told());
    expect(staged).toEqual([9, 10, '', '10', 'a\uFFFD', 'a\u{1F511}', 'b', 'é', '\uE000x', '\uFFFD', '\u{1F511}', '\u{10FFFF}']);
    store.close();
  });

  test('that are taken are known to be, however they compare in UTF-16', () => {
    const { store, texts } = opened();
    texts.insert('acme', { key: '\uFFFD', kind: 1 });
    texts.insert('acme', { key: '\u{1F511}', kind: 1 });
    store.flush();
    expect(() => texts.insert('acme', { key: '\uFFFD', kind: 2 })).toThrow(DuplicateKeyError);
    texts.put('acme', { key: '\uFFFD', kind: 3 });
    expect(texts.count('acme', { where: { kind: 3 }, order: ['-key'] })).toBe(1);
    store.close();
  });

  test('that SQLite would change, or refuse too late, are refused at once', () => {
    const { store, texts } = opened();
    for (const key of ['\uD83D', Number.NaN]) {
      for (const write of ['put', 'insert'] as const) expect(() => texts[write]('acme', { key, kind: 1 })).toThrow('a key is a number or well-formed text'); // prettier-ignore
    }
    store.flush();
    expect(texts.count('acme')).toBe(0);
    store.close();
  });

  test('values that are found by may hold half a character', () => {
    const store = new Store();
    const pets = store.collection<Pet>({ name: 'pets', key: ({ id }) => id, indexes: { name: ({ name }) => name } });
    const found = (): unknown[] => ['\uD83D!', '\uFFFD!'].map((name) => pets.find('acme', { where: { name } }).map(({ id }) => id));
    pets.insert('acme', { id: 1, kind: null, name: 'first' });
    pets.insert('acme', { id: 2, kind: null, name: '\uD83D!' });
    const staged = found();
    store.flush();
    expect([staged, found()]).toEqual([[[2], [2]], [[2], [2]]]); // prettier-ignore
    expect(pets.get('acme', 2)?.name).toBe('\uD83D!');
    store.close();
  });

  test('a negative limit is none, also where rows are staged', () => {
    const { store, texts } = opened();
    texts.insert('acme', { key: 1, kind: 1 });
    store.flush();
    for (const key of [2, 3]) texts.insert('acme', { key, kind: 1 });
    expect([-1, -2, 0, 2].map((limit) => texts.find('acme', { limit }).length)).toEqual([3, 3, 0, 2]);
    expect(texts.staged).toBeGreaterThan(0);
    store.close();
  });
});

describe('an undone transaction', () => {
  const world = () => {
    const store = new Store();
    const pets = store.collection<Pet>({ name: 'pets', key: (pet) => pet.id, indexes: { kind: (pet) => pet.kind } });
    return { store, pets };
  };
  const rex: Pet = { id: 1, kind: 'dog', name: 'Rex' };

  test('that flushed everything leaves earlier rows staged, and known to be', () => {
    const { store, pets } = world();
    pets.insert('acme', rex);
    const undone = (): void =>
      store.transaction(() => {
        pets.put('acme', { ...rex, name: 'Max' });
        store.prepare('SELECT 1').get();
        throw new Error('undo');
      });
    expect(undone).toThrow('undo');
    expect(store.prepare('SELECT count(*) AS n FROM pets').get()).toEqual({ n: 1 });
    store.restore(store.snapshot('acme', 'one'));
    expect(pets.find('acme')).toEqual([rex]);
    store.close();
  });

  test('of a row that cannot be found by its values fails there, and nowhere else', () => {
    const { store, pets } = world();
    expect(() => pets.put('acme', { ...rex, kind: ['dog'] as never })).toThrow('cannot be found by as "kind"');
    expect(pets.find('acme', { order: ['-key'] })).toEqual([]);
    store.close();
  });

  test('replacing what is not there leaves nothing', () => {
    const { store, pets } = world();
    pets.insert('acme', rex);
    pets.delete('acme', 1);
    pets.replace('acme', rex, { ...rex, name: 'Max' });
    expect([pets.get('acme', 1), pets.count('acme')]).toEqual([undefined, 0]);
    store.close();
  });
});

test('a document that waits for its table may be changed by nobody', () => {
  const store = new Store();
  const pets = store.collection<Pet>({ name: 'pets', key: ({ id }) => id });
  const rex: Pet = { id: 1, kind: 'dog', name: 'Rex' };
  pets.insert('acme', rex);
  for (const shared of [rex, pets.get('acme', 1), ...pets.find('acme')]) expect(Object.isFrozen(shared)).toBe(true);
  store.flush();
  expect(pets.get('acme', 1)).not.toBe(rex);
  expect(pets.get('acme', 1)).toEqual(rex);
  store.close();
});
