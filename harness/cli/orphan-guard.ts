import { readFileSync } from 'node:fs';
import { pause } from '../time.ts';

const LOOK_EVERY_MS = 500;

/** Parent and, where the system tells, grandparent: npm is the parent of the shell that is the parent of Node. */
export interface Ancestors {
  readonly parent: number;
  /** Empty for none; undefined when it could not be read. */
  readonly grandparent: string | undefined;
}

/**
 * Calls `orphaned` when the process that started this one is gone. Only under npm and npx: they run commands through a shell
 * that does not pass SIGTERM on, so that `kill` of npm would leave the emulator behind.
 */
export function whenOrphaned(orphaned: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (env['npm_lifecycle_event'] === undefined && env['npm_command'] === undefined) return;
  void watch(orphaned);
}

async function watch(orphaned: () => void): Promise<void> {
  let before = ancestors();
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const now = ancestors();
    if (isOrphaned(before, now)) return orphaned();
    before = { ...now, grandparent: now.grandparent ?? before.grandparent };
  }
}

/** What cannot be read for the moment (no file handle is left) says nothing about who lives. */
export function isOrphaned(before: Ancestors, now: Ancestors): boolean {
  if (now.parent !== before.parent) return true;
  return before.grandparent !== undefined && now.grandparent !== undefined && now.grandparent !== before.grandparent;
}

export function ancestors(parent = process.ppid, read: (file: string) => string = (file) => readFileSync(file, 'utf8')): Ancestors {
  try {
    // The second field, the name in parentheses, may hold anything; the parent is the second field after it.
    const grandparent = read(`/proc/${parent}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')[1];
    return { parent, grandparent: grandparent ?? '' };
  } catch (error) {
    // A system without /proc, or a parent that is gone.
    return { parent, grandparent: (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined };
  }
}
