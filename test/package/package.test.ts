import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync, readFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { UpJson } from 'ringback/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOptions } from '../peers/ask-options.ts';
import { PeerProcess } from '../peers/peer-process.ts';
import { environment, install, type Project } from './install.ts';
import { deadLinks } from './links.ts';

const run = promisify(execFile);
const place = mkdtempSync(join(realpathSync(tmpdir()), 'ringback-package-'));
let project: Project;

beforeAll(async () => {
  project = await install(place);
}, 120_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The package's command, with the Node that runs this test. */
function ringback(...args: string[]): PeerProcess {
  const command = join(project.ringback, 'harness/cli/ringback.js');
  return new PeerProcess(process.execPath, [command, ...args], { cwd: project.folder, env: environment() });
}

test('what is published has no sources of the emulator and no tests', () => {
  expect(project.files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'dist/harness/cli/main.js', 'dist/emulator/index.js']));
  expect(project.files.filter((file) => /\.test\.|^emulator\/(?!control\/schemas\/)|^node_modules/.test(file))).toEqual([]);
});

test('`ringback up` answers over REST and SIP, and leaves nothing behind', async () => {
  await using up = ringback('up', '--json');
  await up.printed('\n');
  const { account, controlUrl, sip } = JSON.parse(up.output) as UpJson;
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const me = await fetch(`${account.url}/api/v2/users/me.json`, { headers: { authorization } });
  expect([me.status, await me.json()]).toEqual([200, { user: expect.objectContaining({ email: account.email }) }]);
  expect(await askOptions(sip.udp)).toMatch(/^SIP\/2\.0 200 /);
  // It has ended when no process holds its output any more.
  await up.stop('SIGTERM');
  expect(up.code).toBe(0);
  expect(up.output.trim().split('\n')).toHaveLength(1);
  await expect(fetch(controlUrl)).rejects.toThrow('fetch failed');
});

test('the command explains itself', async () => {
  await using help = ringback('--help');
  expect(await help.ended()).toBe(0);
  expect(help.output).toMatch(/^Usage: ringback [^]* up [^]* scenarios /);
});

test('the public entries offer what the sources do, and the schemas are there', { timeout: 60_000 }, async () => {
  const entries = ['ringback', 'ringback/emulator', 'ringback/sip'];
  const program = `
    import schema from 'ringback/schemas/up.schema.json' with { type: 'json' };
    const names = {};
    for (const entry of ${JSON.stringify(entries)}) names[entry] = Object.keys(await import(entry)).sort();
    const { startEmulator } = await import('ringback/emulator');
    const emulator = await startEmulator();
    const { status } = await fetch(emulator.controlUrl);
    await emulator.stop();
    console.log(JSON.stringify({ names, title: schema.title, status }));
  `;
  writeFileSync(join(project.folder, 'entries.js'), program);
  const { stdout } = await run(process.execPath, ['entries.js'], { cwd: project.folder, env: environment() });
  const sources = await Promise.all([import('ringback'), import('ringback/emulator'), import('ringback/sip')]);
  const names = Object.fromEntries(entries.map((entry, index) => [entry, Object.keys(sources[index] ?? {}).toSorted()]));
  const { title } = JSON.parse(readFileSync(join(project.ringback, 'emulator/control/schemas/up.schema.json'), 'utf8')) as {
    title: string;
  };
  expect(JSON.parse(stdout)).toEqual({ names, title, status: 200 });
});

test('`ringback scenarios` runs the scenario of the README against the reference bridge', { timeout: 60_000 }, async () => {
  const readme = readFileSync(join(project.ringback, 'README.md'), 'utf8');
  const mine = /```ts\n(import \{ expect, scenario \} from 'ringback';\n[^]*?)```/.exec(readme)?.[1] ?? '';
  const config = readFileSync(join(project.ringback, 'ringback.config.ts'), 'utf8');
  const compiled = `${JSON.stringify(process.execPath)} node_modules/ringback/dist/harness/reference-bridge/main.js`;
  const bridge = /node --conditions=ringback-source harness\/reference-bridge\/main\.ts/;
  expect(config).toMatch(bridge);
  writeFileSync(join(project.folder, 'ringback.config.ts'), config.replace(bridge, compiled));
  mkdirSync(join(project.folder, 'scenarios'));
  writeFileSync(join(project.folder, 'scenarios/mine.scenario.ts'), mine);
  await using scenarios = ringback('scenarios');
  const code = await scenarios.ended();
  expect(scenarios.output).toContain('1 passed');
  expect(code).toBe(0);
});

test('every relative link of its documents leads to a file that it has, or to a test, which it leaves out', () => {
  const documents = project.files.filter((file) => file.endsWith('.md') && !file.startsWith('dist/'));
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/coverage.md']));
  const dead = documents.flatMap((document) => deadLinks(project.ringback, document).map((link) => `${document}: ${link}`));
  expect(dead.filter((link) => !link.endsWith('.test.ts'))).toEqual([]);
});
