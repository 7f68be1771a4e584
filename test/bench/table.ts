/** One line of the bench: what was measured, the bar it has to reach, and whether it does. */
export interface Row {
  readonly name: string;
  readonly measured: string;
  readonly bar: string;
  /** Undefined for a figure without a bar. */
  readonly pass: boolean | undefined;
}

export function atMost(name: string, value: number, bar: number, unit: string): Row {
  return { name, measured: `${format(value)} ${unit}`, bar: `<= ${bar} ${unit}`, pass: value <= bar };
}

export function atLeast(name: string, value: number, bar: number, unit: string): Row {
  return { name, measured: `${format(value)} ${unit}`, bar: `>= ${bar} ${unit}`, pass: value >= bar };
}

export function figure(name: string, value: number | string, unit = ''): Row {
  return { name, measured: `${typeof value === 'number' ? format(value) : value} ${unit}`.trim(), bar: '', pass: undefined };
}

export function holds(name: string, measured: string, bar: string, pass: boolean): Row {
  return { name, measured, bar, pass };
}

function format(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A table with a column each for name, measured, bar and verdict. */
export function printRows(title: string, rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string): number => Math.max(...rows.map((row) => pick(row).length));
  const [name, measured, bar] = [width((row) => row.name), width((row) => row.measured), width((row) => row.bar)];
  console.log(`\n${title}`);
  for (const row of rows) {
    const verdict = row.pass === undefined ? '' : row.pass ? 'pass' : 'MISS';
    console.log(`  ${row.name.padEnd(name)}  ${row.measured.padStart(measured)}  ${row.bar.padEnd(bar)}  ${verdict}`.trimEnd());
  }
}
