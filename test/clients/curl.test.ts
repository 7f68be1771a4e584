import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startEmulator } from 'ringback/emulator';
import { expect, it } from 'vitest';
import { Receiver } from '../../emulator/zendesk/webhooks/testing/receiver.ts';
import { needsPrograms } from '../peers/programs.ts';

const DOCUMENT = resolve(import.meta.dirname, '../../docs/zendesk.md');

interface Example {
  readonly commands: string;
  /** What the document shows of the answer; undefined where it shows nothing. */
  readonly shown: unknown;
}

/** The document's `sh` blocks, each with the `json` block that follows it directly. */
function examples(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```json\n([\s\S]*?)```)?/g)];
  return blocks.map(([, commands = '', shown]) => ({ commands, shown: shown === undefined ? undefined : (JSON.parse(shown) as unknown) }));
}

/** Where the answer does not have what is shown; of a list the first item stands for all. `…` and numbers stand for any. */
function differences(shown: unknown, answer: unknown, at = 'answer'): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(answer)) return [`${at} is no list`];
    return shown.length === 0 ? [] : answer.length === 0 ? [`${at} is empty`] : differences(shown[0], answer[0], `${at}[0]`);
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof answer !== 'object' || answer === null) return [`${at} is no object`];
    return Object.entries(shown).flatMap(([name, value]) =>
      name in answer ? differences(value, (answer as Record<string, unknown>)[name], `${at}.${name}`) : [`${at}.${name} is missing`],
    );
  }
  const any = shown === '…' || typeof shown === 'number' || (typeof shown === 'string' && /^[0-9A-Z]{26}$/.test(shown));
  const same = any ? typeof answer === typeof shown : answer === shown;
  return same ? [] : [`${at} is ${JSON.stringify(answer)}, shown is ${JSON.stringify(shown)}`];
}

needsPrograms('bash', 'curl', 'openssl');

it('the lines of docs/zendesk.md answer what the document shows', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-curl-'));
  const receiver = await Receiver.open();
  await using emulator = await startEmulator();
  const { account, controlUrl } = emulator.describe();
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    ZENDESK: account.url,
    LOGIN: `${account.email}/token:${account.apiToken}`,
    CONTROL: controlUrl,
    RECEIVER: receiver.url,
  };
  const found = examples(readFileSync(DOCUMENT, 'utf8'));
  expect(found.length).toBeGreaterThan(12);
  const wrong: string[] = [];
  try {
    for (const { commands, shown } of found) {
      // A delivery may still be on its way when the next line asks after it.
      const tries = /\s-(d|X)\s/.test(commands) ? 1 : 20;
      const problems = await afterTries(tries, () => run(commands, folder, environment), shown);
      wrong.push(...problems.map((problem) => `${problem}, after: ${commands}`));
    }
  } finally {
    await receiver.close();
    rmSync(folder, { recursive: true });
  }
  expect(wrong).toEqual([]);
  expect(receiver.requests.map(({ body }) => body)).toEqual([
    '{"hello":"there"}',
    expect.stringContaining('zen:event-type:ticket.created'),
  ]);
});

/** Runs until the answer is as shown, so many times at most. */
async function afterTries(tries: number, work: () => Promise<string>, shown: unknown): Promise<string[]> {
  const output = await work();
  if (shown === undefined) return [];
  const problems = output.startsWith('{') ? differences(shown, JSON.parse(output)) : [`answer is ${output}`];
  return problems.length > 0 && tries > 1 ? afterTries(tries - 1, work, shown) : problems;
}

/** Runs a block; what it exports is there for those that follow. */
async function run(commands: string, folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const script = `set -euo pipefail\n${commands}\nexport -p > .exported`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env: environment });
  for (const [, name = '', value = ''] of readFileSync(join(folder, '.exported'), 'utf8').matchAll(/^declare -x (\w+)="(.*)"$/gm)) {
    if (name !== 'PWD' && name !== 'OLDPWD' && name !== 'SHLVL') environment[name] ??= value;
  }
  return stdout;
}
