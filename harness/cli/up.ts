import { readFileSync } from 'node:fs';
import type { Emulator, EmulatorOptions, Seed } from 'ringback/emulator';
import { announcement } from './announcement.ts';
import { journalLine } from './journal-line.ts';
import { collectWhenIdle, giveWay, startSmall } from './memory.ts';
import { whenOrphaned } from './orphan-guard.ts';
import { whenToldToStop } from './signals.ts';
import type { UpFlags } from './up-command.ts';

/**
 * `ringback up`: starts the emulator, tells where it is, and stops it on SIGINT, SIGTERM, or when what started it is gone.
 * @throws Error in one sentence when it cannot start.
 */
export async function up(flags: UpFlags): Promise<void> {
  const options = emulatorOptions(flags);
  const grow = startSmall();
  const { startEmulator } = await import('../../emulator/index.ts');
  // Told before it is up, it stops as soon as it is.
  const starting = startEmulator(options);
  const stop = (): void => void starting.then((emulator) => emulator.stop()).then(() => process.exit(0));
  whenToldToStop(stop);
  whenOrphaned(stop);
  const emulator = await starting;
  const { realClock } = await import('../../emulator/telephony/index.ts');
  grow();
  collectWhenIdle(realClock);
  giveWay();
  if (emulator.goesOn && flags.seed !== undefined) process.stderr.write(seedUnused(flags.seed, flags.data));
  const up = emulator.describe();
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(up)}\n`);
    return;
  }
  process.stdout.write(announcement(up, { follows: !flags.quiet }));
  if (!flags.quiet) follow(emulator);
}

/** To standard error: `--json` promises one line on standard output. */
const seedUnused = (seed: string, data = ''): string =>
  `ringback: ${data} has accounts already, which go on as they were: the seed ${seed} is not used. To begin with it, give --data a new file.\n`;

/** Writes the journal, a line an entry, as long as somebody reads it. */
function follow(emulator: Emulator): void {
  const stop = emulator.follow((entry) => void process.stdout.write(`${journalLine(entry)}\n`));
  process.stdout.on('error', stop);
}

function emulatorOptions({ json: _json, quiet: _quiet, seed, data, ...flags }: UpFlags): EmulatorOptions {
  return {
    ...flags,
    ...(data === undefined ? {} : { dataFile: data }),
    ...(seed === undefined ? {} : { seed: readSeed(seed) }),
  };
}

function readSeed(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`cannot read the seed file ${file} (${code ?? 'unknown error'}); give --seed the path of a JSON file`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text) as Seed;
  } catch (error) {
    // The parser's message may quote several lines of the file.
    const { message } = error as SyntaxError;
    throw new Error(`the seed file ${file} is not JSON: ${message.replace(/\s+/g, ' ')}`, { cause: error });
  }
}
