import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { UpJson } from 'ringback/emulator';

const ROOT = resolve(import.meta.dirname, '../..');
const LONGEST_START_MS = 15_000;

/** `ringback up` in a process of its own that is meant to be killed. */
export class EmulatorProcess {
  readonly #child: ChildProcess;
  /** Undefined when it was killed before it was up. */
  readonly up: Promise<UpJson | undefined>;
  readonly #ended: Promise<unknown>;

  /** The same seed in every life: what it makes must not collide with what an earlier life made. */
  constructor(dataFile: string) {
    const args = ['harness/cli/ringback.js', 'up', '--json', '--data', dataFile, '--random-seed', '7'];
    this.#child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#ended = once(this.#child, 'exit');
    this.up = this.#firstLine();
    this.up.catch(() => undefined);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** As a power cut would end the process: it gets no chance to write anything. */
  async kill(): Promise<void> {
    if (this.running) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async killAfter(milliseconds: number): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    });
    await this.kill();
    // Whatever it would say of a start that failed by itself.
    await this.up;
  }

  async stop(): Promise<void> {
    if (this.running) this.#child.kill('SIGTERM');
    await this.#ended;
  }

  async #firstLine(): Promise<UpJson | undefined> {
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    const line = await Promise.race([
      once(lines, 'line', { signal: AbortSignal.timeout(LONGEST_START_MS) }).then(([text]) => text as string),
      this.#ended.then(() => undefined),
    ]);
    if (line !== undefined) return JSON.parse(line) as UpJson;
    if (this.#child.signalCode !== 'SIGKILL') throw new Error(`the emulator ended with ${this.#child.exitCode} before it was up`);
    return undefined;
  }
}
