import { expect, it } from 'vitest';
import { Memo } from './memo.ts';
import { Store } from './store.ts';

interface Pet {
  name: string;
  sound: string;
}

function world() {
  const store = new Store();
  const pets = store.collection<Pet>({ name: 'pets', key: (pet) => pet.name });
  const memo = new Memo<Pet | undefined>(pets);
  const reads: string[] = [];
  const sound = (name: string): string | undefined =>
    memo.get(name, () => {
      reads.push(name);
      return pets.get('acme', name);
    })?.sound;
  return { store, pets, memo, reads, sound };
}

it('reads once, also what is not there', () => {
  const { pets, reads, sound } = world();
  pets.put('acme', { name: 'cat', sound: 'meow' });
  expect([sound('cat'), sound('cat'), sound('dog'), sound('dog')]).toEqual(['meow', 'meow', undefined, undefined]);
  expect(reads).toEqual(['cat', 'dog']);
});

it('reads again after each kind of change', () => {
  const { store, pets, sound } = world();
  pets.insert('acme', { name: 'cat', sound: 'meow' });
  expect(sound('cat')).toBe('meow');
  const snapshot = store.snapshot('acme', 'quiet');
  pets.put('acme', { name: 'cat', sound: 'purr' });
  expect(sound('cat')).toBe('purr');
  store.restore(snapshot);
  expect(sound('cat')).toBe('meow');
  pets.delete('acme', 'cat');
  expect(sound('cat')).toBeUndefined();
  store.restore(snapshot);
  expect(sound('cat')).toBe('meow');
  store.clear('acme');
  expect(sound('cat')).toBeUndefined();
});

it('forgets what it read in a transaction that was undone', () => {
  const { store, pets, sound } = world();
  const attempt = (): void =>
    store.transaction(() => {
      pets.put('acme', { name: 'cat', sound: 'hiss' });
      expect(sound('cat')).toBe('hiss');
      throw new Error('undone');
    });
  expect(attempt).toThrow('undone');
  expect(sound('cat')).toBeUndefined();
});

it('shares values that nobody can change', () => {
  const { pets, memo } = world();
  pets.put('acme', { name: 'cat', sound: 'meow' });
  const cat = memo.get('cat', () => pets.get('acme', 'cat'));
  expect(() => Object.assign(cat ?? {}, { sound: 'moo' })).toThrow(TypeError);
});

it('keeps a bounded number of values', () => {
  const { reads, sound } = world();
  for (let number = 0; number < 1_001; number++) sound(`pet ${number}`);
  sound('pet 0');
  expect(reads.filter((name) => name === 'pet 0')).toHaveLength(2);
});
