import { closestMatch } from 'leven';

/** The name that was probably meant: one that differs by a few letters, or goes on where this one ends. Undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [wanted, names] = [name.toLowerCase(), known.map((each) => each.toLowerCase())];
  const longer = wanted.length > 3 ? names.filter((each) => each.startsWith(wanted)) : [];
  const found = closestMatch(wanted, names, { maxDistance: Math.max(2, Math.floor(name.length / 3)) }) ?? closestMatch(wanted, longer);
  return found === undefined ? undefined : known[names.indexOf(found)];
}
