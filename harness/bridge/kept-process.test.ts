import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Command, type Ending, KeptProcess, type Line } from './kept-process.ts';

const command = (script: string, graceMs = 2_000): Command => ({
  command: [process.execPath, '-e', script],
  cwd: process.cwd(),
  env: process.env,
  graceMs,
});

async function ended(kept: KeptProcess): Promise<Ending> {
  if (kept.ending) return kept.ending;
  const [ending] = (await once(kept, 'ended')) as [Ending];
  return ending;
}

async function line(kept: KeptProcess): Promise<string> {
  const [first] = (await once(kept, 'line')) as [Line];
  return first.text;
}

/** Whether nobody has this process id any more; a zombie has ended too. */
async function gone(pid: number): Promise<boolean> {
  const { readFileSync } = await import('node:fs');
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

test('tells output and exit code', async () => {
  const kept = new KeptProcess(command('console.log("out"); console.error("err"); process.exit(3)'));
  expect(await ended(kept)).toEqual({ code: 3, signal: null });
  expect(kept.lines.toSorted((a, b) => a.text.localeCompare(b.text))).toEqual([
    { stream: 'stderr', text: 'err' },
    { stream: 'stdout', text: 'out' },
  ]);
  expect(kept.stopping).toBe(false);
});

test('runs the Node that runs Ringback, whatever the path offers', async () => {
  const kept = new KeptProcess({ ...command(''), command: 'node -p process.execPath', env: { PATH: '/usr/bin:/bin', HOME: undefined } });
  expect(await line(kept)).toBe(process.execPath);
  await ended(kept);
});

test('a program that does not exist is told as a problem', async () => {
  const kept = new KeptProcess({ ...command(''), command: ['no-such-program'] });
  expect(await ended(kept)).toMatchObject({ problem: expect.stringContaining('ENOENT') });
});

test('stopping ends what the command started, too, and kills what does not obey', async () => {
  const script = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => {});
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`;
  const kept = new KeptProcess(command(script, 100));
  const grandchild = Number(await line(kept));
  expect(await kept.stop()).toMatchObject({ signal: 'SIGKILL' });
  expect(await gone(grandchild)).toBe(true);
  expect(kept.stopping).toBe(true);
});

test('stopping what has ended, but has not been heard to, is no error', async () => {
  const kept = new KeptProcess(command('console.log(process.ppid, process.pid); setInterval(() => {}, 1000)'));
  const [keeper = '', child = ''] = (await line(kept)).split(' ');
  // Both end while this process can hear nothing.
  execFileSync('/bin/sh', ['-c', `kill -9 ${keeper} ${child}; while ps -o stat= -p ${keeper} | grep -qv Z; do :; done`]);
  expect(await Promise.all([kept.stop(), kept.stop()])).toEqual([
    { code: null, signal: 'SIGKILL' },
    { code: null, signal: 'SIGKILL' },
  ]);
});

test('nothing outlives a harness that is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'harness.mjs');
  const kept = new URL('./kept-process.ts', import.meta.url).href;
  const held = 'console.log(process.pid); setInterval(() => {}, 1000)';
  writeFileSync(
    file,
    `import { KeptProcess } from ${JSON.stringify(kept)};
     const kept = new KeptProcess({ command: [process.execPath, '-e', ${JSON.stringify(held)}], cwd: process.cwd(), env: process.env, graceMs: 2000 });
     kept.on('line', (line) => process.send(Number(line.text)));`,
  );
  const harness = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const [pid] = (await once(harness, 'message')) as [number];
  expect(await gone(pid)).toBe(false);
  harness.kill('SIGKILL');
  await once(harness, 'exit');
  await expect.poll(() => gone(pid)).toBe(true);
});
