import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

// In a process of its own: a thread that has given way cannot be brought back by everybody.
const LOOK = `
  import { readdirSync, readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  import { giveWay } from '${new URL('./memory.ts', import.meta.url).href}';
  const look = () => readdirSync('/proc/self/task').map((thread) =>
    [readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim() === 'V8Worker', getPriority(Number(thread))]);
  const before = look();
  giveWay();
  console.log(JSON.stringify([before, look()]));
`;

type Threads = [isOfV8: boolean, priority: number][];

it.runIf(process.platform === 'linux')("lets V8's threads give way, and no other", () => {
  const args = ['--conditions=ringback-source', '--input-type=module', '--eval', LOOK];
  const [before, after] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as [Threads, Threads];
  const priorities = (threads: Threads, ofV8: boolean): number[] => threads.filter(([is]) => is === ofV8).map(([, priority]) => priority);
  expect(new Set(priorities(after, true))).toEqual(new Set([15]));
  expect(new Set(priorities(after, false))).toEqual(new Set(priorities(before, false)));
});
