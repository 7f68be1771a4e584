import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach } from 'vitest';

/** Debian package of each program. */
export const PACKAGES = {
  sipp: 'sip-tester',
  baresip: 'baresip-core',
  tshark: 'tshark',
  tcpdump: 'tcpdump',
  bash: 'bash',
  curl: 'curl',
  openssl: 'openssl',
} as const;

export type Program = keyof typeof PACKAGES;

/** Path of a program; undefined where it is not installed. */
export function programPath(program: Program): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Skips every test of the file, with the reason, where one of these programs is missing; fails it where they are required. */
export function needsPrograms(...programs: readonly Program[]): void {
  beforeEach(({ skip }) => skipWithout(skip, ...programs));
}

/** The same for one test. */
export function skipWithout(skip: (reason: string) => never, ...programs: readonly Program[]): void {
  const missing = programs.filter((program) => programPath(program) === undefined);
  const packages = missing.map((program) => PACKAGES[program]).join(' ');
  if (missing.length > 0) skipUnlessRequired(skip, `not installed: ${missing.join(', ')} (apt-get install ${packages})`);
}

/**
 * Skips the test because this machine lacks what a peer needs. `.ci/run` installs the peers and says so with
 * `RINGBACK_PEERS=required`: there nothing may be lacking, so that it is never green because nobody looked.
 * @throws Error with the reason, where peers are required
 */
export function skipUnlessRequired(skip: (reason: string) => never, reason: string, env: NodeJS.ProcessEnv = process.env): never {
  if (env['RINGBACK_PEERS'] === 'required') throw new Error(`${reason}; peers are required here (RINGBACK_PEERS)`);
  return skip(reason);
}

/**
 * The same where capturing is not permitted. Some machines permit it to nobody: there `RINGBACK_CAPTURE=forbidden` says that it is known.
 * @throws Error with what to do, where peers are required and nobody said so
 */
export function skipWithoutCapture(skip: (reason: string) => never, reason: string, env: NodeJS.ProcessEnv = process.env): never {
  if (env['RINGBACK_CAPTURE'] === 'forbidden') return skip(reason);
  return skipUnlessRequired(skip, `${reason}; capture as root, or set RINGBACK_CAPTURE=forbidden where nobody may`, env);
}
