import { COLUMNS, type Ladder, type LadderRow } from './ladder.ts';

/** Characters from one column's line to the next. */
const STEP = 8;
/** Rows that a terminal ladder shows at most; the HTML report has all. */
const SHOWN = 60;
const LABEL = 72;

/** A ladder as text: one row an entry, time in milliseconds at the left, what it is at the right. */
export function textLadder(ladder: Ladder): string {
  const rows = ladder.rows.filter((row) => !row.minor);
  const shown = rows.slice(-SHOWN);
  const skipped = rows.length - shown.length;
  return [
    ladder.title,
    `${'ms'.padStart(7)}  ${COLUMNS.map((name) => name.padEnd(STEP)).join('')}`,
    ...(skipped > 0 ? [`${''.padStart(7)}  … ${skipped} earlier rows are in the report`] : []),
    ...shown.map(line),
  ].join('\n');
}

function line(row: LadderRow): string {
  const label = `${row.bad ? '✗ ' : ''}${row.label}${row.status ? ` → ${row.status}` : ''}`;
  return `${String(row.ms).padStart(7)}  ${track(row)}  ${label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label}`;
}

/** The columns' lines with the row's arrow, or a dot for what happens inside one party. */
function track({ from, to }: LadderRow): string {
  const cells = Array.from<unknown, string>({ length: STEP * (COLUMNS.length - 1) + 1 }, (_, index) => (index % STEP === 0 ? '│' : ' '));
  if (from < 0 || to < 0) return cells.join('');
  if (from === to) {
    cells[from * STEP] = '●';
    return cells.join('');
  }
  const [left, right] = [Math.min(from, to) * STEP, Math.max(from, to) * STEP];
  for (let index = left + 1; index < right; index += 1) cells[index] = '─';
  if (to > from) cells[right - 1] = '▶';
  else cells[left + 1] = '◀';
  return cells.join('');
}
