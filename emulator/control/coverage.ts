import { writeFileSync } from 'node:fs';
import type { BehaviourRow, CoverageRow } from '../core/coverage-row.ts';
import { surface as sipSurface } from '../telephony/sip/surface.ts';
import { surface as trunkSurface } from '../telephony/trunk/surface.ts';
import { ACCESS_BEHAVIOUR } from '../zendesk/support/access/surface.ts';
import { NOT_EMULATED } from '../zendesk/support/not-emulated.ts';
import { SURFACE as supportSurface } from '../zendesk/support/surface.ts';
import { phoneLines, sipInLines } from '../zendesk/talk/surface.ts';
import { eventSurface, surface as webhookSurface } from '../zendesk/webhooks/surface.ts';

export interface CoverageSection {
  readonly title: string;
  readonly rows: readonly BehaviourRow[];
}

const named = <Row extends CoverageRow>(rows: readonly Row[], what: (row: Row) => string): CoverageSection['rows'] =>
  rows.map((row) => ({ ...row, what: what(row) }));

/** Every surface of the emulator, as the rooms list it. */
export function coverageSections(): CoverageSection[] {
  return [
    { title: 'Support API', rows: named([...supportSurface, ...NOT_EMULATED], ({ method, path }) => `${method} /api/v2${path}`) },
    { title: 'Support API: callers and limits', rows: ACCESS_BEHAVIOUR },
    { title: 'Webhooks API', rows: named(webhookSurface, ({ method, path }) => `${method} /api/v2${path}`) },
    { title: 'Webhook events', rows: named(eventSurface, ({ event }) => event) },
    { title: 'Talk: phone lines', rows: phoneLines },
    { title: 'Talk: SIP-IN lines', rows: sipInLines },
    { title: 'Trunk to the bridge', rows: trunkSurface },
    { title: 'SIP', rows: sipSurface },
  ];
}

/** docs/coverage.md: generated, never edited. */
export function coverageDocument(sections: readonly CoverageSection[]): string {
  const contents = sections.map(({ title, rows }) => `- [${title}](#${anchor(title)}): ${counts(rows)}`);
  const parts = sections.map(({ title, rows }) => [`## ${title}`, '', `${counts(rows)}.`, '', ...tables(rows)].join('\n'));
  return `${INTRODUCTION}\n${contents.join('\n')}\n\n${parts.join('\n\n')}\n`;
}

type Rows = CoverageSection['rows'];

/** "12 full, 3 partial" */
const counts = (rows: Rows): string =>
  (['full', 'partial', 'none'] as const)
    .map((status) => [rows.filter((row) => row.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map((parts) => parts.join(' '))
    .join(', ');

const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z -]/g, '')
    .replaceAll(' ', '-');

/** One table; of many routes one a resource, under its name, in the order of their paths. */
function tables(rows: Rows): string[] {
  const names = [...new Set(rows.map(resourceOf))].toSorted();
  if (names.length === 1) return table(rows);
  return names.flatMap((resource, index) => {
    const routes = rows.filter((row) => resourceOf(row) === resource);
    const ordered = routes.toSorted((a, b) => (inOrder(a.what) < inOrder(b.what) ? -1 : 1));
    return [...(index === 0 ? [] : ['']), `### \`${resource}\``, '', ...table(ordered)];
  });
}

const resourceOf = ({ what }: Rows[number]): string => /^[A-Z]+ \/api\/v2\/([^/]+)/.exec(what)?.[1] ?? '';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What routes are sorted by: the path, then the method in the usual order. */
function inOrder(route: string): string {
  const [method = '', path = ''] = route.split(' ');
  return `${path} ${METHODS.indexOf(method)}`;
}

function table(rows: Rows): string[] {
  const lines = rows.map(({ what, status, evidence, note, tests }) => {
    const links = tests.map((test) => `[${test.split('/').at(-1)?.replace('.test.ts', '') ?? test}](../${test})`);
    const name = /^[A-Z]+ \/|^[a-z_]+(\.[a-z_]+)+$/.test(what) ? `\`${what}\`` : what;
    return `| ${name} | ${status} | ${evidence} | ${(note ?? '').replaceAll('|', '\\|')} | ${links.join(', ')} |`;
  });
  return ['| What | Status | Evidence | Note | Tests |', '|---|---|---|---|---|', ...lines];
}

const INTRODUCTION = `# What is emulated, and how well

Generated from the \`surface.ts\` of each room by \`node emulator/control/coverage.ts\`; a test fails when it is out of date, when a route is
mounted but not listed, and when a test named here does not exist. The tests are in the repository, not in the npm package.

- **Status**: \`full\` (all that the evidence shows), \`partial\` (the note says what is missing), \`none\` (a route then
  answers \`501\` with a body that says so).
- **Evidence**: \`documented\` by the vendor, \`recorded\` from real traffic, \`reference\` (a reference description or client), \`inferred\`
  (our judgement; can be switched where it matters).
`;

if (import.meta.main) writeFileSync(new URL('../../docs/coverage.md', import.meta.url), coverageDocument(coverageSections()));
