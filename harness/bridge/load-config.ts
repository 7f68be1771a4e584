import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RingbackConfig } from './config.ts';
import { StartupError } from './startup-error.ts';

const NAMES = ['ringback.config.ts', 'ringback.config.mts', 'ringback.config.js', 'ringback.config.mjs'];

export interface LoadedConfig {
  readonly file: string;
  /** Directory of the file: what its paths are relative to. */
  readonly root: string;
  readonly config: RingbackConfig;
}

/**
 * Reads `ringback.config.ts` (or .mts, .js, .mjs) of the directory, or the file named.
 * @throws StartupError when there is none, or it cannot be used.
 */
export async function loadConfig(options: { cwd: string; file?: string }): Promise<LoadedConfig> {
  const file =
    options.file === undefined ? NAMES.map((name) => resolve(options.cwd, name)).find(existsSync) : resolve(options.cwd, options.file);
  if (file === undefined || !existsSync(file)) throw missing(file, options.cwd);
  const module = (await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw unusable(file, cause instanceof Error ? cause.message : String(cause), cause);
  })) as { default?: unknown };
  const complaint = complaintAbout(module.default);
  if (complaint) throw unusable(file, complaint);
  return { file, root: dirname(file), config: module.default as RingbackConfig };
}

/** What is wrong with a configuration, in words; undefined when it can be used. */
function complaintAbout(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null) return 'it has no default export; write `export default defineConfig({ … })`';
  const { bridge } = config as { bridge?: unknown };
  if (typeof bridge !== 'object' || bridge === null) return '`bridge` is missing';
  const kinds = ['command', 'start', 'sip'].filter((key) => (bridge as Record<string, unknown>)[key] !== undefined);
  if (kinds.length === 0) return '`bridge` has none of `command` (a process to start), `start` (in-process) and `sip` (already running)';
  if (kinds.includes('command') && kinds.includes('start')) return '`bridge` has both `command` and `start`; keep one';
  const { readiness } = bridge as { readiness?: unknown };
  if (kinds.includes('command') && (typeof readiness !== 'object' || readiness === null))
    return '`bridge.readiness` is missing: { url }, { log } or { json: true }';
  const { sip } = bridge as { sip?: unknown };
  if (sip !== undefined && (typeof sip !== 'string' || !/^.+:\d+$/.test(sip)))
    return `\`bridge.sip\` is ${JSON.stringify(sip)}; it must be 'host:port'`;
  return undefined;
}

function missing(file: string | undefined, cwd: string): StartupError {
  return new StartupError({
    what: file === undefined ? `There is no ringback.config.ts in ${cwd}.` : `There is no configuration file ${file}.`,
    toDo: "write one that says how your bridge is started (`import { defineConfig } from 'ringback'`), or name it with --config.",
  });
}

function unusable(file: string, why: string, cause?: unknown): StartupError {
  return new StartupError({
    what: `${file} cannot be used: ${why}.`,
    toDo: `correct ${basename(file)}.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
