import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { UpJson } from 'ringback/emulator';

const ROOT = resolve(import.meta.dirname, '../..');

/** A program that was started, its first line of JSON, all that it wrote so far, and how to end it. */
export interface Started<First> {
  readonly child: ChildProcess;
  readonly first: First;
  readonly output: readonly string[];
  stop(): Promise<void>;
}

/** Starts a program and waits for the JSON line that says it is ready. */
export async function startJson<First>(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Started<First>> {
  const [program, ...args] = command as [string, ...string[]];
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const output: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<First>((accept, reject) => {
    lines.on('line', (line) => {
      output.push(line);
      // The engine's own messages may come first.
      if (line.startsWith('{')) accept(JSON.parse(line) as First);
    });
    child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code} before it was ready`)));
  });
  return {
    child,
    first,
    output,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The compiled emulator, in a process of its own, on one core if asked; `engine`: flags of Node. */
export function startEmulatorProcess(
  options: { core?: number; args?: readonly string[]; engine?: readonly string[] } = {},
): Promise<Started<UpJson>> {
  return startJson<UpJson>([
    ...pinned(options.core),
    process.execPath,
    ...(options.engine ?? []),
    'dist/harness/cli/main.js',
    'up',
    '--json',
    ...(options.args ?? []),
  ]);
}

/** The compiled reference bridge, connected to the emulator. */
export function startBridgeProcess(up: UpJson): Promise<Started<{ sip: string; http: string }>> {
  return startJson([process.execPath, 'dist/harness/reference-bridge/main.js'], {
    ZENDESK_SUBDOMAIN: up.account.subdomain,
    ZENDESK_EMAIL: up.account.email,
    ZENDESK_API_TOKEN: up.account.apiToken,
    ZENDESK_BASE_URL: up.account.url,
    SIP_IN_URI: up.sipIn?.uri ?? '',
    SIP_OUTBOUND_PROXY: up.sip.udp,
  });
}

/** Words that bind a command to one core, where the machine can do that. */
export function pinned(core: number | undefined): string[] {
  return core === undefined || !existsSync('/usr/bin/taskset') ? [] : ['taskset', '-c', String(core)];
}

/** Resident memory of a process in MB; of the program itself, not of the command that bound it to a core. */
export function residentMegabytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}

/** Milliseconds of one core that a process has used so far. Linux counts them in hundredths of a second. */
export function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Calls the control plane. @throws Error with the answer's text when it refuses. */
export async function control<Answer>(up: UpJson, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(up.controlUrl + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}
