import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = new URL('../cli/main.ts', import.meta.url).pathname;
const FIXTURES = new URL('./fixtures', import.meta.url).pathname;

/** What the vitest and the CI that run this test say in the environment is not for the one that is started here. */
const ALONE = { VITEST: '', VITEST_POOL_ID: '', VITEST_WORKER_ID: '', GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' };

let reports: string;

beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => {
  rmSync(reports, { recursive: true });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The report, if one was written. */
  readonly report: string;
}

/** Runs `ringback scenarios` in the fixtures, as a user would. */
function scenarios(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=ringback-source', MAIN, 'scenarios', ...args],
      { cwd: FIXTURES, env: { ...process.env, ...ALONE, ...env, REPORT_DIR: reports } },
      (error, stdout, stderr) => {
        const file = join(reports, 'index.html');
        resolve({
          code: error ? Number(error.code) : 0,
          stdout: stripVTControlCharacters(stdout),
          stderr: stripVTControlCharacters(stderr),
          report: existsSync(file) ? readFileSync(file, 'utf8') : '',
        });
      },
    );
  });
}

test('passes, fails with the ladder, and starts each scenario from the same world', async () => {
  const { code, stdout, stderr, report } = await scenarios([]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ ringing\.scenario\.ts\n {3}✓ it rings {2}\d.*\n {3}✗ nobody answers {2}.*\n {3}✓ the world is as it was/m);
  expect(stdout).toMatch(
    /✗ nobody answers \(ringing\.scenario\.ts\)\n\n {2}expected the call of \+14155550100 to be forwarded to the bridge \(answered by it\)\n\n {4}seen: the leg to the bridge/,
  );
  expect(stdout).toMatch(
    /\n\n {2}at ringing\.scenario\.ts:11\n {5}await expect\(journey\)\.toBeForwardedTo\(bridge, .*\n\n {2}\+14155550100 calls/,
  );
  // Said once, and marked in the ladder.
  const said = (stdout + stderr).split('\n').filter((line) => line.includes('to be forwarded to the bridge'));
  expect(said).toEqual([expect.stringMatching(/^ {2}expected the call/), expect.stringMatching(/ {2}✗ expected the call/)]);
  expect(stdout).toMatch(/│──────▶│ +│ +│ {2}INVITE sip:\+14155550199@/);
  expect(stdout).toMatch(/│◀──────│ +│ +│ {2}180 Ringing \(INVITE\)/);
  expect(stdout).toMatch(/^3 scenarios: 1 failed, 2 passed \(\d.* m?s\)$/m);
  expect(stdout.trimEnd().endsWith(`\nReport: ${join(reports, 'index.html')}`)).toBe(true);
  expect(report).toContain('180 Ringing');
});

test('filters by name, and passes', async () => {
  const { code, stdout } = await scenarios(['-t', 'it rings']);
  expect(stdout).toContain('1 passed, 2 skipped');
  expect(stdout).not.toContain('nobody answers');
  expect(code).toBe(0);
});

test('in GitHub Actions failures are annotated, unless other reporters are asked for', async () => {
  const { stdout } = await scenarios(['-t', 'nobody answers'], { GITHUB_ACTIONS: 'true' });
  expect(stdout).toMatch(/^::error file=\S*ringing\.scenario\.ts,[^\n]*line=11[^\n]*::[^\n]*expected the call of \+14155550100/m);
  expect(stdout).toContain('3 scenarios: 1 failed, 2 skipped');
  const asked = await scenarios(['-t', 'nobody answers', '--reporter=default'], { GITHUB_ACTIONS: 'true' });
  expect(asked.stdout).not.toContain('::error');
});

test('a name that fits no scenario is one message and exit code 1', async () => {
  const { code, stderr } = await scenarios(['-t', 'it rnigs']);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^ringback: No scenario has a name that fits -t it rnigs\.\nWhat to do: .*\n$/),
  ]);
});

test('a report that cannot be written hides nothing of the run', async () => {
  const file = join(reports, 'file');
  writeFileSync(file, '');
  const { code, stdout, stderr } = await scenarios(['-t', 'it rings'], { RINGBACK_REPORT_DIR: file });
  expect(code).toBe(1);
  expect(stdout).toContain('3 scenarios: 1 passed, 2 skipped');
  expect(stderr).toMatch(/^ringback: The report cannot be written to .*\nWhat to do: choose another directory with `report\.dir`.*\n$/);
});

test('a bridge that dies mid-scenario gives one message, and nothing else is run', async () => {
  const { code, stdout, stderr, report } = await scenarios([], { DIES: '1' });
  expect(code).toBe(1);
  const message = 'The bridge (node dying-bridge.js) ended with exit code 5 in the middle of a scenario.\n  Its last output:';
  expect(stdout.split(message)).toHaveLength(2);
  expect(stderr).toBe('');
  expect(stdout).toContain('    | fatal: out of luck\n  What to do: find out why it ended');
  expect(stdout).toContain('3 scenarios: 1 failed, 2 skipped');
  expect(report).toContain('not run: the bridge or the emulator had ended');
});

test('under npm, the run ends with the shell that started it', async () => {
  const command = `"${process.execPath}" --conditions=ringback-source "${MAIN}" scenarios; true`;
  const env = { ...process.env, ...ALONE, REPORT_DIR: reports, npm_command: 'run-script' };
  const shell = spawn('/bin/sh', ['-c', command], { cwd: FIXTURES, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const output: string[] = [];
  shell.stdout.on('data', (chunk: Buffer) => {
    output.push(chunk.toString('utf8'));
    if (output.join('').includes(' RUN ')) shell.kill('SIGKILL');
  });
  // The output closes only when no process holds it any more: nothing is left behind.
  expect(await once(shell, 'close')).toEqual([null, 'SIGKILL']);
  expect(output.join('')).not.toContain('Report: ');
});

test('a scenario file that cannot be read is told once, with the line', async () => {
  const file = join(FIXTURES, 'broken.scenario.ts');
  writeFileSync(file, "throw new TypeError('my own mistake');\n");
  try {
    const { code, stdout, stderr, report } = await scenarios(['broken']);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain(
      "\nbroken.scenario.ts: TypeError: my own mistake\n\nat broken.scenario.ts:1\n   throw new TypeError('my own mistake');\n\n0 scenarios: none ran",
    );
    expect(stdout.split('my own mistake')).toHaveLength(3);
    expect(report).toContain('my own mistake');
  } finally {
    rmSync(file);
  }
});

test('a configuration that is no TypeScript is told with the line', async () => {
  const file = join(reports, 'broken.mts');
  writeFileSync(file, 'export default { bridge: ');
  const { code, stderr } = await scenarios(['--config', file]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `ringback: ${file} cannot be used: Expression expected (broken.mts:1).\nWhat to do: correct broken.mts.\n`,
  });
});

test('a configuration that Node takes for CommonJS is told what makes it a module', async () => {
  const file = join(reports, 'ringback.config.ts');
  writeFileSync(join(reports, 'package.json'), '{"type":"commonjs"}');
  for (const text of ["import { defineConfig } from 'ringback';", 'export default {};']) {
    writeFileSync(file, text);
    const { code, stderr } = await scenarios(['--config', file]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'What to do: set "type": "module" in the package.json of the project, or call the file ringback.config.mts.\n',
    );
  }
});

test('somebody who reads no further than the first line is told nothing', async () => {
  const command = `"${process.execPath}" --conditions=ringback-source "${MAIN}" scenarios -t "it rings" | head -n 1`;
  const env = { ...process.env, ...ALONE, REPORT_DIR: reports };
  const { stderr } = await new Promise<{ stderr: string }>((resolve) => {
    execFile('/bin/sh', ['-c', command], { cwd: FIXTURES, env }, (_error, _stdout, stderr_) => resolve({ stderr: stderr_ }));
  });
  expect(stderr).toBe('');
  expect(existsSync(join(reports, 'index.html'))).toBe(true);
});

test.for([
  ['a configuration that is not there', ['--config', 'none.ts'], 'There is no configuration file '],
  ['a flag that does not exist', ['--wacht'], 'Unknown option `--wacht`.\nWhat to do: '],
  ['a filter that fits no file', ['nothing'], 'No test files found'],
] as const)('%s is one message and exit code 1', async ([, args, message]) => {
  const { code, stdout, stderr, report } = await scenarios(args);
  expect([code, report]).toEqual([1, '']);
  expect(stdout + stderr).toContain(message);
});
