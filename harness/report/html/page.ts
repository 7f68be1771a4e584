import { describeCounts, failedFirst, type RunResult, took } from '../result.ts';
import { errorText } from '../text-failure.ts';
import { escape } from './escape.ts';
import { scenarioHtml } from './scenario-html.ts';
import { STYLE } from './style.ts';

/** Kinds of rows that can be hidden, each with a check box that works without a script. */
const FILTERS = [
  ['sip', 'SIP'],
  ['http', 'REST'],
  ['webhook', 'webhooks'],
  ['media', 'media'],
  ['state', 'state changes'],
] as const;

/** The whole report of one run as one HTML document that needs nothing else: no server, no script, no other file. */
export function reportPage(run: RunResult): string {
  const failed = run.scenarios.some(({ state }) => state === 'failed') || run.errors.length > 0;
  const counts = describeCounts(run.scenarios);
  const when = new Date(run.startedAt).toISOString().replace('T', ' ').slice(0, 19);
  const filters = FILTERS.map(
    ([group, words]) => `<label class="g-${group}"><input type="checkbox" id="show-${group}" checked> ${words}</label>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${failed ? '✗' : '✓'} Ringback: ${escape(counts)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Ringback</h1>
<p class="counts ${failed ? 'failed' : 'passed'}">${escape(counts)}</p>
<p class="when">${when} UTC, ${took(run.durationMs)}</p>
<div class="filters">${filters.join('')}<label><input type="checkbox" id="show-minor"> legs, streams, ACK, retransmissions</label></div>
</header>
<main>
${run.errors.map((error) => `<pre class="error">${escape(errorText(error))}</pre>`).join('\n')}
${failedFirst(run.scenarios).map(scenarioHtml).join('\n')}
</main>
</body>
</html>
`;
}
