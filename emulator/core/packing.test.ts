import { expect, test } from 'vitest';
import { packing } from './packing.ts';

interface Person {
  id: number;
  name: string;
  email: string | null;
  nick?: string;
}

const people = packing<Person>(['id', 'name', 'email']);
const through = (person: Person): Person => people.unpack(JSON.parse(JSON.stringify(people.pack(person))));

test.each<[Person, unknown]>([
  [{ id: 1, name: 'Ada', email: null }, [1, 'Ada', null]],
  [{ id: 1, name: 'Ada', email: 'a@x.example', nick: 'A' }, [1, 'Ada', 'a@x.example', { nick: 'A' }]],
  [{ id: 1, name: 'Ada' } as Person, { id: 1, name: 'Ada' }],
])('%j lies as %j and comes back', (person, stored) => {
  expect(people.pack(person)).toEqual(stored);
  expect(through(person)).toEqual(person);
});

test('takes what was written unpacked', () => {
  expect(people.unpack({ id: 1, name: 'Ada', email: null })).toEqual({ id: 1, name: 'Ada', email: null });
});
