import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
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
    throw unusable(file, whatWentWrong(cause), { cause, ...(isCommonJs(cause) ? { toDo: asModule(file) } : {}) });
  })) as { default?: unknown };
  const complaint = complaintAbout(module.default);
  if (complaint) throw unusable(file, complaint);
  return { file, root: dirname(file), config: module.default as RingbackConfig };
}

/** The error's message, and the place where that alone is in the stack: a syntax error does not say it otherwise. */
function whatWentWrong(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const [, place] = (cause instanceof SyntaxError && /^file:.*?([^/]+:\d+)\n/.exec(cause.stack ?? '')) || [];
  return place === undefined ? cause.message : `${cause.message} (${place})`;
}

/** Node took the file for CommonJS, as `"type": "commonjs"` has it, which `npm init` writes: the import or export is no mistake. */
const isCommonJs = (cause: unknown): boolean =>
  cause instanceof SyntaxError && /^Cannot use import statement outside a module|^Unexpected token 'export'/.test(cause.message);

const asModule = (file: string): string =>
  `set "type": "module" in the package.json of the project, or call the file ${basename(file).replace(/\.(?=[jt]s$)/, '.m')}.`;

const PARTS = {
  configuration: ['bridge', 'scenarios', 'caller', 'emulator', 'timeouts', 'report'],
  bridge: [
    'adapter',
    'command',
    'cwd',
    'env',
    'readiness',
    'sip',
    'http',
    'toneHz',
    'savesWebhook',
    'readyWithinMs',
    'stopWithinMs',
    'start',
  ],
  'bridge.readiness': ['url', 'log', 'json'],
  'bridge.adapter': ['sessions', 'connect', 'hangUp', 'reset'],
  emulator: ['seed', 'args'],
  timeouts: ['expectMs', 'settleMs', 'scenarioMs'],
  report: ['dir'],
};

/** Node does not check types: a part that is misspelt would be as if it were not there. */
function misspelt(config: Readonly<Record<string, unknown>>): string | undefined {
  const { readiness, adapter } = (config['bridge'] ?? {}) as { readiness?: unknown; adapter?: unknown };
  const parts: Readonly<Record<string, unknown>> = {
    ...config,
    configuration: config,
    'bridge.readiness': readiness,
    'bridge.adapter': adapter,
  };
  for (const [part, known] of Object.entries(PARTS)) {
    const value = parts[part];
    const unknown = typeof value === 'object' && value !== null ? Object.keys(value).find((name) => !known.includes(name)) : undefined;
    if (unknown !== undefined) return `\`${unknown}\` is no part of the ${part}; it has ${known.join(', ')}`;
  }
  return undefined;
}

/** What is wrong with a configuration, in words; undefined when it can be used. */
function complaintAbout(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null) return 'it has no default export; write `export default defineConfig({ … })`';
  const unknown = misspelt(config as Readonly<Record<string, unknown>>);
  if (unknown !== undefined) return unknown;
  const { bridge, scenarios } = config as { bridge?: unknown; scenarios?: unknown };
  if (scenarios !== undefined && !Array.isArray(scenarios))
    return `\`scenarios\` is ${JSON.stringify(scenarios)}; it must be a list of globs, such as ['scenarios/**/*.scenario.ts']`;
  if (typeof bridge !== 'object' || bridge === null) return '`bridge` is missing';
  const kinds = ['command', 'start', 'sip'].filter((key) => (bridge as Record<string, unknown>)[key] !== undefined);
  if (kinds.length === 0) return '`bridge` has none of `command` (a process to start), `start` (in-process) and `sip` (already running)';
  if (kinds.includes('command') && kinds.includes('start')) return '`bridge` has both `command` and `start`; keep one';
  const { readiness } = bridge as { readiness?: unknown };
  if (kinds.includes('command') && !isReadiness(readiness))
    return `\`bridge.readiness\` is ${readiness === undefined ? 'missing' : inspect(readiness)}; it must be { url: 'http://…' }, { log: /…/ } or { json: true }`;
  const { sip } = bridge as { sip?: unknown };
  if (sip !== undefined && (typeof sip !== 'string' || !/^.+:\d+$/.test(sip)))
    return `\`bridge.sip\` is ${JSON.stringify(sip)}; it must be 'host:port'`;
  const { toneHz } = bridge as { toneHz?: unknown };
  if (toneHz !== undefined && !Number.isInteger(toneHz)) return `\`bridge.toneHz\` is ${inspect(toneHz)}; it must be a whole number of Hz`;
  return undefined;
}

function isReadiness(readiness: unknown): boolean {
  const { url, log, json } = (readiness ?? {}) as { url?: unknown; log?: unknown; json?: unknown };
  return typeof url === 'string' ? URL.canParse(url) : log instanceof RegExp || json === true;
}

function missing(file: string | undefined, cwd: string): StartupError {
  return new StartupError({
    what: file === undefined ? `There is no ringback.config.ts in ${cwd}.` : `There is no configuration file ${file}.`,
    toDo: "write one that says how your bridge is started (`import { defineConfig } from 'ringback'`), or name it with --config.",
  });
}

function unusable(file: string, why: string, more: { cause?: unknown; toDo?: string } = {}): StartupError {
  return new StartupError({ what: `${file} cannot be used: ${why}.`, toDo: `correct ${basename(file)}.`, ...more });
}
