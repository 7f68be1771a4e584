import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** How long a peer may take to end after a signal before it is killed, in milliseconds. */
const GRACE_MS = 5_000;

export interface PeerOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program that runs beside the test: standard input closed, all that it prints kept. */
export class PeerProcess extends EventEmitter<{ output: []; exit: [] }> implements AsyncDisposable {
  /** Standard output and standard error, as they came. */
  output = '';
  readonly #child: ChildProcess;
  readonly #name: string;
  #code: number | null | undefined;

  constructor(command: string, args: readonly string[], options: PeerOptions = {}) {
    super();
    this.#name = command;
    this.#child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.emit('output');
      });
    }
    this.#child.on('error', (error) => this.#ended(null, String(error)));
    this.#child.on('close', (code) => this.#ended(code));
  }

  /** Exit code; null after a signal, undefined while it runs. */
  get code(): number | null | undefined {
    return this.#code;
  }

  /** Waits until it has printed the text. @throws Error with its output when it ends before. */
  async printed(text: string | RegExp): Promise<void> {
    const matches = (): boolean => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    while (!matches()) {
      if (this.#code !== undefined)
        throw new Error(`${this.#name} ended with ${this.#code} before it printed ${String(text)}:\n${this.output}`);
      await this.#next();
    }
  }

  /** Waits for its end and returns its exit code. */
  async ended(): Promise<number | null> {
    while (this.#code === undefined) await this.#next();
    return this.#code;
  }

  /** Asks it to end; kills it when it does not. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#code !== undefined) return;
    this.#child.kill(signal);
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await this.ended();
    clearTimeout(killer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.off('output', done).off('exit', done);
        resolve();
      };
      this.once('output', done).once('exit', done);
    });
  }

  #ended(code: number | null, problem = ''): void {
    if (this.#code !== undefined) return;
    this.output += problem;
    this.#code = code;
    this.emit('exit');
  }
}
