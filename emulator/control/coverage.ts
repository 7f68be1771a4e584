import { writeFileSync } from 'node:fs';
import type { BehaviourRow, CoverageRow } from '../core/coverage-row.ts';
import { surface as sipSurface } from '../telephony/sip/surface.ts';
import { surface as trunkSurface } from '../telephony/trunk/surface.ts';
import { ACCESS_BEHAVIOUR } from '../zendesk/support/access/surface.ts';
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
    { title: 'Support API', rows: named(supportSurface, ({ method, path }) => `${method} /api/v2${path}`) },
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
  const parts = sections.map(({ title, rows }) => {
    const counts = (['full', 'partial', 'none'] as const).map(
      (status) => `${rows.filter((row) => row.status === status).length} ${status}`,
    );
    const lines = rows.map(({ what, status, evidence, note, tests }) => {
      const links = tests.map((test) => `[${test.split('/').at(-1)?.replace('.test.ts', '') ?? test}](../${test})`);
      const name = /^[A-Z]+ \/|^[a-z_]+(\.[a-z_]+)+$/.test(what) ? `\`${what}\`` : what;
      return `| ${name} | ${status} | ${evidence} | ${links.join(', ')} | ${(note ?? '').replaceAll('|', '\\|')} |`;
    });
    const head = ['| What | Status | Evidence | Tests | Note |', '|---|---|---|---|---|'];
    return [`## ${title}`, '', `${counts.join(', ')}.`, '', ...head, ...lines].join('\n');
  });
  return `${INTRODUCTION}\n${parts.join('\n\n')}\n`;
}

const INTRODUCTION = `# What is emulated, and how well

Generated from the \`surface.ts\` of each room by \`node emulator/control/coverage.ts\`; a test fails when it is out of date, when a route is
mounted but not listed, and when a test named here does not exist. What is documented by the vendor but not listed here answers
\`501\` with a body that says so.

- **Status**: \`full\` (all that the evidence shows), \`partial\` (the note says what is missing), \`none\`.
- **Evidence**: \`documented\` by the vendor, \`recorded\` from real traffic, \`reference\` (a reference description or client), \`inferred\`
  (our judgement; can be switched where it matters).
`;

if (import.meta.main) writeFileSync(new URL('../../docs/coverage.md', import.meta.url), coverageDocument(coverageSections()));
