import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { dirname, delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from '../time.ts';
import type { FromKeeper, ToKeeper } from './keeper-messages.ts';

export interface Command {
  /** A shell line, or program and arguments. */
  readonly command: string | readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment; `undefined` values are left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long it may take to stop before it is killed. */
  readonly graceMs: number;
}

export interface Line {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not even be started. */
  readonly problem?: string;
}

/** How many lines of output are remembered. */
const REMEMBERED = 200;
/** How long output may be read after the end, in milliseconds. */
const DRAIN = 500;

/** A command that runs under a keeper: it ends, with all that it started, when it is stopped or when the harness ends. */
export class KeptProcess extends EventEmitter<{ line: [Line]; ended: [Ending] }> {
  readonly command: Command;
  readonly lines: Line[] = [];
  ending: Ending | undefined;
  readonly #keeper: ChildProcess;
  #ended: Ending | undefined;
  #stopping = false;

  constructor(command: Command) {
    super();
    this.command = command;
    const keeper = new URL(`./keeper${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
    this.#keeper = fork(fileURLToPath(keeper), [], { detached: true, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#keeper.on('message', (message: FromKeeper) => this.#heard(message));
    this.#keeper.once('error', (error) => this.#end({ code: null, signal: null, problem: error.message }));
    this.#keeper.once('exit', (code, signal) => void this.#drained().then(() => this.#end(this.#ended ?? { code, signal })));
    this.#read('stdout');
    this.#read('stderr');
    this.#tell({ start: { ...toSpawn(command), cwd: command.cwd, env: environment(command.env), graceMs: command.graceMs } });
  }

  /** Whether `stop` was called: an ending after it is no accident. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Ends the command with all that it started; resolves when it is gone. */
  async stop(): Promise<Ending> {
    this.#stopping = true;
    if (this.ending) return this.ending;
    this.#tell({ stop: true });
    return new Promise((resolve) => {
      this.once('ended', resolve);
    });
  }

  /** The output is read to its end, so that the last lines are there when the ending is told; a daemon may hold it open. */
  #drained(): Promise<unknown> {
    return within(once(this.#keeper, 'close'), DRAIN, undefined);
  }

  #heard(message: FromKeeper): void {
    if ('failed' in message) this.#ended = { code: null, signal: null, problem: message.failed.message };
    if ('ended' in message) this.#ended = message.ended;
  }

  #end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    this.emit('ended', ending);
  }

  #read(stream: 'stdout' | 'stderr'): void {
    const input = this.#keeper[stream];
    if (!input) return;
    createInterface({ input }).on('line', (text) => {
      const line = { stream, text };
      this.lines.push(line);
      if (this.lines.length > REMEMBERED) this.lines.shift();
      this.emit('line', line);
    });
  }

  #tell(message: ToKeeper): void {
    // A keeper that has just ended cannot be told anything, and its exit says all.
    if (this.#keeper.connected) this.#keeper.send(message, () => {});
  }
}

function toSpawn({ command }: Command): { file: string; args: string[]; shell: boolean } {
  if (typeof command === 'string') return { file: command, args: [], shell: true };
  const [file, ...args] = command;
  return { file, args, shell: false };
}

/** `node` shall be the Node that runs Ringback, whatever else the path offers. */
function environment(env: Command['env']): Record<string, string> {
  const given = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const result = Object.fromEntries(given);
  return { ...result, PATH: [dirname(process.execPath), result['PATH']].filter(Boolean).join(delimiter) };
}
