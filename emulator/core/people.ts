import type { Random } from './random.ts';

export interface InventedPerson {
  readonly name: string;
  /** In example.com, example.net or example.org: nobody's. */
  readonly email: string;
  /** E.164, from the North American numbers that are kept for fiction (area code, 555, 0100 to 0199). */
  readonly phone: string;
}

/** Makes up people and companies; the same seed makes up the same ones, no two of one maker share a name or number. */
export interface Inventor {
  /** @throws Error when the numbers kept for fiction run out (after some 10,000 people). */
  person(): InventedPerson;
  company(): string;
}

/** Area codes of the United States, each with a hundred numbers for fiction. */
const AREA_CODES = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 ' +
  '256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 ' +
  '331 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 417 419 423 424 425 430 432'
).split(' ');

/** Loads the generator of people, which is large: only who needs people pays for it. */
export async function createInventor(random: Random): Promise<Inventor> {
  const { faker } = await import('@faker-js/faker/locale/en');
  const seed = random.int(1, 2 ** 31 - 1);
  const numbers = random.shuffle(
    AREA_CODES.flatMap((area) => Array.from({ length: 100 }, (_, index) => `+1${area}55501${String(index).padStart(2, '0')}`)),
  );
  const taken = new Set<string>();
  let drawn = 0;
  /** The generator is shared by the whole process; each draw says from which seed. */
  const unique = (draw: () => string): string => {
    for (;;) {
      faker.seed([seed, drawn++]);
      const text = draw();
      if (taken.has(text)) continue;
      taken.add(text);
      return text;
    }
  };
  return {
    person() {
      const phone = numbers.pop();
      if (phone === undefined)
        throw new Error(`no fictional telephone numbers are left: ${AREA_CODES.length * 100} people have one already`);
      const [first, last] = [faker.person.firstName, faker.person.lastName];
      const name = unique(() => `${first()} ${last()}`);
      const [firstName = '', lastName = ''] = name.split(' ');
      return { name, email: unique(() => faker.internet.exampleEmail({ firstName, lastName }).toLowerCase()), phone };
    },
    company: () => unique(() => faker.company.name()),
  };
}
