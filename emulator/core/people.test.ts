import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { expect, test } from 'vitest';
import { createInventor } from './people.ts';
import { Random } from './random.ts';

test('the same seed makes up the same people, another seed others', async () => {
  const draw = async (seed: number): Promise<unknown[]> => {
    const inventor = await createInventor(new Random(seed));
    return [inventor.person(), inventor.company(), inventor.person()];
  };
  const first = await draw(7);
  expect(await draw(7)).toEqual(first);
  expect(await draw(8)).not.toEqual(first);
});

test('two makers side by side do not disturb each other', async () => {
  const [a, b, alone] = await Promise.all([7, 8, 7].map((seed) => createInventor(new Random(seed))));
  const mixed = [a?.person(), b?.person(), a?.person()];
  expect([mixed[0], mixed[2]]).toEqual([alone?.person(), alone?.person()]);
});

test('names, addresses and numbers are nobody’s, and no two are the same', async () => {
  const inventor = await createInventor(new Random(1));
  const people = Array.from({ length: 500 }, () => inventor.person());
  for (const property of ['name', 'email', 'phone'] as const) expect(new Set(people.map((person) => person[property])).size).toBe(500);
  for (const { email, phone } of people) {
    expect(email).toMatch(/@example\.(com|net|org)$/);
    expect(phone).toMatch(/^\+1\d{3}55501\d{2}$/);
    expect(parsePhoneNumberFromString(phone)?.isPossible()).toBe(true);
  }
});
