import type { Random } from '../../../emulator/core/random.ts';
import { BOUNDARIES } from './values.ts';

/** A copy with one thing in it, at any depth, replaced by something at the edge or wrong, left out, or added. */
export function spoiledValue(value: unknown, random: Random): unknown {
  const places = placesIn(value);
  const place = random.pick(places);
  const copy = structuredClone(value);
  const holder = place.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], copy);
  const last = place.at(-1);
  if (last === undefined) return random.pick(BOUNDARIES);
  const record = holder as Record<string, unknown>;
  const way = random.next();
  if (way < 0.1) delete record[last];
  else if (way < 0.2) record[`${last}_of_nobody`] = record[last];
  else if (way < 0.3) record[last] = [record[last]];
  else if (way < 0.4) record[last] = { [last]: record[last] };
  else record[last] = random.pick(BOUNDARIES);
  return copy;
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const inner = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]));
  return [[...path], ...inner];
}

const SEGMENTS = ['0', '-1', '1.5', 'x', 'null', '99999999999999999999', '💥', ' ', "'", '1,2', 'x'.repeat(300), '{}', '..%2f', 'me'];

/** A path with one segment, or one value of its query, replaced. */
export function spoiledPath(path: string, random: Random): string {
  const [before = '', query] = path.split('?') as [string, string?];
  if (query !== undefined && random.next() < 0.6) {
    const pairs = query.split('&');
    const index = random.int(0, pairs.length - 1);
    const name = pairs[index]?.split('=')[0] ?? '';
    const value = random.pick(BOUNDARIES.filter((one) => typeof one !== 'string' || one.length < 2_000));
    pairs[index] = `${name}=${encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).replace('\uD800', ''))}`;
    return `${before}?${pairs.join('&')}`;
  }
  // The host of an absolute address stays, as does the resource.
  const segments = before.split('/');
  const numbers = segments.flatMap((segment, index) => (/^\d+$/.test(segment) ? [index] : []));
  const index = numbers.length > 0 ? random.pick(numbers) : segments.length - 1;
  segments[index] = encodeURIComponent(random.pick(SEGMENTS));
  return [segments.join('/'), ...(query === undefined ? [] : [query])].join('?');
}
