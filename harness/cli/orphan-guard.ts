import { readFileSync } from 'node:fs';
import { pause } from '../time.ts';

const LOOK_EVERY_MS = 500;

/**
 * Calls `orphaned` when the process that started this one is gone. Only under npm and npx: they run commands through a shell
 * that does not pass SIGTERM on, so that `kill` of npm would leave the emulator behind.
 */
export function whenOrphaned(orphaned: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (env['npm_lifecycle_event'] === undefined && env['npm_command'] === undefined) return;
  void watch(ancestors(), orphaned);
}

async function watch(before: string, orphaned: () => void): Promise<void> {
  for (;;) {
    await pause(LOOK_EVERY_MS);
    if (ancestors() !== before) return orphaned();
  }
}

/** Parent and, where the system tells, grandparent: npm is the parent of the shell that is the parent of Node. */
function ancestors(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid: number): string {
  try {
    // The second field, the name in parentheses, may hold anything; the parent is the second field after it.
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1] ?? ''
    );
  } catch {
    return '';
  }
}
