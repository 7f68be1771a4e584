import { COLUMNS, type Ladder, type LadderRow, timeOf } from '../ladder.ts';
import { rawContent } from '../raw-content.ts';
import { escape } from './escape.ts';
import { journeyFacts } from './journey-html.ts';

/** A ladder: head with the columns, one expandable row an entry. */
export function ladderHtml(ladder: Ladder): string {
  const head = COLUMNS.map((name) => `<span>${name}</span>`).join('');
  return `<section class="journey">
<h3>${escape(ladder.title)}</h3>
${ladder.journey ? journeyFacts(ladder.journey) : ''}
<div class="ladder">
<div class="head"><span class="ms">ms</span><div class="lanes">${head}</div></div>
${ladder.rows.map(rowHtml).join('\n') || '<p class="none">Nothing happened.</p>'}
</div>
</section>`;
}

function rowHtml(row: LadderRow): string {
  const classes = ['row', `g-${row.group}`, ...(row.bad ? ['bad'] : []), ...(row.minor ? ['minor'] : [])].join(' ');
  return `<details class="${classes}"><summary><span class="ms">${timeOf(row)}</span><div class="lanes">${marks(row)}</div></summary>${raw(row)}</details>`;
}

/** Arrow and label; a pill for what happens inside one party; a line across for what concerns nobody in the ladder. */
function marks(row: LadderRow): string {
  const text = `${escape(row.label)}${row.status === undefined ? '' : ` <b class="status">${escape(row.status)}</b>`}`;
  const hint = escape(`${row.entry.kind}: ${row.label}`);
  if (row.from < 0 || row.to < 0) return `<span class="label across" title="${hint}">${text}</span>`;
  if (row.from === row.to) {
    const side = row.from >= COLUMNS.length - 2 ? ' west' : '';
    return `<i class="dot" style="--a:${row.from}"></i><span class="label inside${side}" style="--m:${row.from}" title="${hint}">${text}</span>`;
  }
  const [left, right] = [Math.min(row.from, row.to), Math.max(row.from, row.to)];
  const direction = row.to > row.from ? 'east' : 'west';
  const middle = (left + right) / 2;
  return `<i class="arrow ${direction}" style="--a:${left};--b:${right}"></i><span class="label" style="--m:${middle}" title="${hint}">${text}</span>`;
}

function raw(row: LadderRow): string {
  const parts = rawContent(row.entry).map(({ title, text }) => `<h4>${escape(title)}</h4><pre>${escape(text)}</pre>`);
  return `<div class="raw"><p class="meta">entry ${row.seq} · ${escape(row.entry.kind)}</p>${parts.join('')}</div>`;
}
