import { readFileSync } from 'node:fs';
import type { EmulatorOptions, Seed } from '../../emulator/index.ts';
import { announcement } from './announcement.ts';
import { whenOrphaned } from './orphan-guard.ts';
import { whenToldToStop } from './signals.ts';
import type { UpFlags } from './up-command.ts';

/**
 * `ringback up`: starts the emulator, tells where it is, and stops it on SIGINT, SIGTERM, or when what started it is gone.
 * @throws Error in one sentence when it cannot start.
 */
export async function up(flags: UpFlags): Promise<void> {
  const options = emulatorOptions(flags);
  const { startEmulator } = await import('../../emulator/index.ts');
  // Told before it is up, it stops as soon as it is.
  const starting = startEmulator(options);
  const stop = (): void => void starting.then((emulator) => emulator.stop()).then(() => process.exit(0));
  whenToldToStop(stop);
  whenOrphaned(stop);
  const up = (await starting).describe();
  process.stdout.write(flags.json ? `${JSON.stringify(up)}\n` : announcement(up));
}

function emulatorOptions({ json: _json, seed, data, ...flags }: UpFlags): EmulatorOptions {
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
    throw new Error(`the seed file ${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
