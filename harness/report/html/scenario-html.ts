import { laddersOf } from '../ladder.ts';
import { type ScenarioResult, took } from '../result.ts';
import { errorText } from '../text-failure.ts';
import type { ExpectationRecord } from '../trace.ts';
import { escape } from './escape.ts';
import { ladderHtml } from './ladder-html.ts';

const MARKS: Readonly<Record<ScenarioResult['state'], string>> = { failed: '✗', passed: '✓', skipped: '–' };

/** One scenario: open when it failed. */
export function scenarioHtml(scenario: ScenarioResult): string {
  const { state, file, durationMs, errors, note, trace } = scenario;
  return `<details class="scenario ${state}"${state === 'failed' ? ' open' : ''}>
<summary><span class="mark" title="${state}">${MARKS[state]}</span><span class="name">${titled(scenario)}</span><span class="where">${escape(file)}</span><span class="took">${took(durationMs)}</span></summary>
<div class="body">
${errors.map((error) => `<pre class="error">${escape(errorText(error))}</pre>`).join('\n')}
${note ? `<p class="none">${escape(note)}</p>` : ''}
${trace && trace.expectations.length > 0 ? expectations(trace.expectations) : ''}
${trace ? laddersOf(trace).map(ladderHtml).join('\n') : ''}
</div>
</details>`;
}

/** The name, with the suites that it stands in before it. */
function titled({ suites, name }: ScenarioResult): string {
  return suites.length === 0 ? escape(name) : `<span class="suite">${escape(suites.join(' › '))} ›</span> ${escape(name)}`;
}

function expectations(records: readonly ExpectationRecord[]): string {
  const items = records.map(({ text, outcome, seen }) => {
    const findings = seen.map((line) => escape(line)).join('<br>');
    return `<li class="${outcome}"><span class="mark">${outcome === 'met' ? '✓' : '✗'}</span><div>${escape(text)}<p>${findings}</p></div></li>`;
  });
  return `<h3>Expected</h3>\n<ol class="expectations">${items.join('\n')}</ol>`;
}
