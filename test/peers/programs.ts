import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach } from 'vitest';

/** Debian package of each program. */
const PACKAGES = { sipp: 'sip-tester', baresip: 'baresip-core', tshark: 'tshark', tcpdump: 'tcpdump' } as const;

export type Program = keyof typeof PACKAGES;

/** Path of a program; undefined where it is not installed. */
export function programPath(program: Program): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Skips every test of the file, with the reason, where one of these programs is missing. */
export function needsPrograms(...programs: readonly Program[]): void {
  const missing = programs.filter((program) => programPath(program) === undefined);
  const packages = missing.map((program) => PACKAGES[program]).join(' ');
  beforeEach(({ skip }) => skip(missing.length > 0, `not installed: ${missing.join(', ')} (apt-get install ${packages})`));
}
