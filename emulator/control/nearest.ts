/** The name that was probably meant: one that differs by a few letters, or goes on where this one ends. Undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [wanted, most] = [name.toLowerCase(), Math.max(2, Math.floor(name.length / 3))];
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, away }) => away <= most || (wanted.length > 3 && candidate.toLowerCase().startsWith(wanted)))
    .toSorted((a, b) => a.away - b.away);
  return ranked[0]?.candidate;
}

/** Letters to put in, leave out or change to make one of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
