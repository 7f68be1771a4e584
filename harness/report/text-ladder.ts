import { broken } from './broken.ts';
import { COLUMNS, type Ladder, type LadderRow, timeOf } from './ladder.ts';
import { visibleLine } from './visible.ts';
import { wireFacts } from './wire-facts.ts';

/** Characters from one column's line to the next. */
const STEP = 8;
/** Rows that a terminal ladder shows at most; the HTML report has all. */
const SHOWN = 60;
const LABEL = 72;
/** What went wrong is shown whole, as far as that is sensible. */
const BAD_LABEL = 240;
/** The longest name of a fact. */
const FACT = 'From of the transfer'.length;
/** However narrow the terminal, a label has so much. */
const LEAST_LABEL = 16;

/** How text is put on a terminal. */
export interface TextForm {
  /** Characters that fit on a line; labels are broken to fit. Without it, none is broken. */
  readonly columns?: number | undefined;
  /** Colours a text; without it, nothing is coloured. */
  readonly paint?: (style: 'red' | 'green' | 'dim' | 'bold', text: string) => string;
}

/** A ladder as text: one row an entry, time in milliseconds at the left, what it is at the right. */
export function textLadder(ladder: Ladder, { columns = Infinity, paint = (_style, text) => text }: TextForm = {}): string {
  const rows = ladder.rows.filter((row) => !row.minor);
  const shown = rows.slice(-SHOWN);
  const skipped = rows.length - shown.length;
  const facts = ladder.journey ? wireFacts(ladder.journey).map(([name, value]) => visibleLine(`${name.padEnd(FACT)} ${value}`)) : [];
  const room = Math.max(columns - before('', NOBODY).length, LEAST_LABEL);
  return [
    paint('bold', visibleLine(ladder.title)),
    ...facts.map((fact) => paint('dim', fact)),
    paint('dim', `${'ms'.padStart(7)}  ${COLUMNS.map((name) => name.padEnd(STEP)).join('')}`.trimEnd()),
    ...(skipped > 0 ? [`${''.padStart(7)}  … ${skipped} earlier rows are in the report`] : []),
    ...shown.flatMap((row) =>
      broken(labelOf(row), room).map((part, index) => {
        const lanes = index === 0 ? before(timeOf(row), row) : before('', NOBODY);
        return lanes + (row.bad ? paint('red', part) : part);
      }),
    ),
  ].join('\n');
}

function labelOf(row: LadderRow): string {
  const label = visibleLine(`${row.bad ? '✗ ' : ''}${row.label}${row.status ? ` → ${row.status}` : ''}`);
  const limit = row.bad ? BAD_LABEL : LABEL;
  return label.length > limit ? `${label.slice(0, limit - 1)}…` : label;
}

const NOBODY = { from: -1, to: -1 };

/** All of a line that stands before its label. */
const before = (ms: string, ends: { readonly from: number; readonly to: number }): string => `${ms.padStart(7)}  ${track(ends)}  `;

/** The columns' lines with the row's arrow, or a dot for what happens inside one party. */
function track({ from, to }: { readonly from: number; readonly to: number }): string {
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
