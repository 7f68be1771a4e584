/**
 * Runs one command for the harness and lets nothing of it outlive the harness: it is a process of its own, and when the
 * channel to the harness closes, however that came, it ends the command with everything that the command started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { pause } from '../time.ts';
import type { FromKeeper, ToKeeper } from './keeper-messages.ts';

let child: ChildProcess | undefined;
let graceMs = 3_000;
let stopping = false;

const tell = (message: FromKeeper): void => {
  if (process.connected) process.send?.(message);
};

/** Signals the command's whole process group. */
function signalGroup(signal: NodeJS.Signals): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  signalGroup('SIGTERM');
  await pause(graceMs);
  signalGroup('SIGKILL');
}

function start(message: Extract<ToKeeper, { start: unknown }>['start']): void {
  graceMs = message.graceMs;
  const { file, args, shell, cwd, env } = message;
  child = spawn(file, args, { shell, cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('spawn', () => tell({ started: { pid: child?.pid ?? 0 } }));
  child.once('error', (error) => {
    tell({ failed: { message: error.message } });
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    signalGroup('SIGKILL');
    if (!process.connected) process.exit(0);
    process.send?.({ ended: { code, signal } } satisfies FromKeeper, () => process.exit(0));
  });
}

process.on('message', (message: ToKeeper) => {
  if ('start' in message) start(message.start);
  else void stop();
});
process.on('disconnect', () => {
  if (child) void stop();
  else process.exit(0);
});
// A Ctrl-C in the terminal is the harness's business: it then closes the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
