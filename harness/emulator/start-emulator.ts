import { fileURLToPath } from 'node:url';
import { type Ending, KeptProcess, type Line } from '../bridge/kept-process.ts';
import { describeEnding, StartupError } from '../bridge/startup-error.ts';
import { pause } from '../time.ts';
import type { UpJson } from './up-json.ts';

export interface StartedEmulator {
  readonly up: UpJson;
  /** Called when the emulator ends without having been stopped. */
  onDeath(listener: (message: string) => void): void;
  stop(): Promise<void>;
}

/** How long the emulator may take to be ready, and to stop before it is killed; milliseconds. */
const READY_WITHIN = 15_000;
const STOP_WITHIN = 5_000;

/** The command line of `ringback` itself: compiled in the package, TypeScript in development. */
export function cliCommand(...args: string[]): [string, ...string[]] {
  const typescript = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(`../cli/main.${typescript ? 'ts' : 'js'}`, import.meta.url));
  return [process.execPath, ...(typescript ? ['--conditions=ringback-source'] : []), main, ...args];
}

/**
 * Starts `ringback up --json` as a process of its own and waits for its line.
 * @throws StartupError with its last output when it does not come up.
 */
export async function startEmulator(options: {
  cwd: string;
  seed?: string;
  args?: readonly string[];
  command?: [string, ...string[]];
}): Promise<StartedEmulator> {
  const command = options.command ?? cliCommand('up', '--json', ...(options.seed ? ['--seed', options.seed] : []), ...(options.args ?? []));
  const process_ = new KeptProcess({ command, cwd: options.cwd, env: process.env, graceMs: STOP_WITHIN });
  const outcome = await Promise.race([
    upLine(process_),
    new Promise<Ending>((resolve) => process_.once('ended', resolve)),
    pause(READY_WITHIN).then(() => 'late' as const),
  ]);
  if (outcome === 'late' || !('controlUrl' in outcome)) {
    await process_.stop();
    throw notUp(outcome, process_.lines, command);
  }
  return {
    up: outcome,
    onDeath(listener) {
      const announce = (ending: Ending): void => {
        if (process_.stopping) return;
        const lines = process_.lines.filter(({ text }) => !text.startsWith('{'));
        listener(new StartupError({ what: `The emulator ${describeEnding(ending)}.`, lines, toDo: DEFECT }).message);
      };
      if (process_.ending) announce(process_.ending);
      else process_.once('ended', announce);
    },
    stop: async () => void (await process_.stop()),
  };
}

const DEFECT = 'this is a defect of Ringback; please report it with the output above.';

function upLine(process_: KeptProcess): Promise<UpJson> {
  return new Promise((resolve) => {
    process_.on('line', (line) => {
      if (line.stream !== 'stdout' || !line.text.startsWith('{')) return;
      const told = JSON.parse(line.text) as Partial<UpJson>;
      if (told.controlUrl !== undefined) resolve(told as UpJson);
    });
  });
}

function notUp(outcome: Ending | 'late', lines: readonly Line[], command: readonly string[]): StartupError {
  const what = outcome === 'late' ? `was not ready within ${READY_WITHIN} ms` : describeEnding(outcome);
  return new StartupError({
    what: `The emulator ${what} while starting (${command.slice(-4).join(' ')}).`,
    lines,
    toDo: 'check `emulator.seed` and `emulator.args` in ringback.config.ts, and that the ports named there are free.',
  });
}
