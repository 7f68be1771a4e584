import { randomUUID } from 'node:crypto';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = 'RINGBACK_SENT_MESSAGES';
const PRELOAD = `--import=${new URL('./tell-sent.js', import.meta.url).href}`;

/** Lets every Node program that is started from now on, and those that it starts, write down what SIP it sends. */
export function listenToChildren(): void {
  process.env[FOLDER] = join(tmpdir(), `ringback-sent-${randomUUID()}`);
  const options = process.env['NODE_OPTIONS'] ?? '';
  if (!options.includes(PRELOAD)) process.env['NODE_OPTIONS'] = `${options} ${PRELOAD}`.trim();
}

/** What they have sent so far, a message for each shape and process; told once. */
export function sentByChildren(): string[] {
  const folder = process.env[FOLDER];
  if (folder === undefined) return [];
  const lines = globSync(join(folder, '*.jsonl')).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  // A program that still runs may write into it meanwhile.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as string);
}
