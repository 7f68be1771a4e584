import { execFileSync } from 'node:child_process';
import { headlineRows } from './headline.ts';
import { restRows } from './rest.ts';
import { sipInRows } from './sip-in.ts';
import { sizeRows } from './size.ts';
import { startUpRows } from './start-up.ts';
import { printRows, type Row } from './table.ts';
import { webhookRows } from './webhooks.ts';

// `npm run bench [part …]`: measures the compiled package and prints measured, bar, pass or miss. Exits 0 either way.
const PARTS: Record<string, { title: string; rows(): Promise<Row[]>; needs?: string }> = {
  start: { title: 'Start', rows: startUpRows },
  headline: { title: 'Headline journey', rows: headlineRows },
  rest: { title: 'REST', rows: restRows },
  size: { title: '100,000 tickets', rows: sizeRows },
  webhooks: { title: 'Webhooks', rows: webhookRows },
  'sip-in': { title: 'SIP-IN as UAS', rows: sipInRows, needs: 'sipp' },
};

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (part.needs && !isInstalled(part.needs)) {
    console.log(`\n${part.title}: skipped, ${part.needs} is not installed`);
    continue;
  }
  try {
    printRows(part.title, await part.rows());
  } catch (error) {
    console.log(`\n${part.title}: could not be measured: ${error instanceof Error ? error.message : String(error)}`);
  }
}
