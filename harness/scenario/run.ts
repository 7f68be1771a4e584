import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ViteUserConfig } from 'vitest/config';
import { type CliOptions, createVitest, parseCLI, registerConsoleShortcuts } from 'vitest/node';
import { loadConfig, type LoadedConfig } from '../bridge/load-config.ts';
import { ScenarioReporter } from '../report/reporter.ts';
import { CONFIG_VARIABLE } from './run-info.ts';

const SCENARIOS = ['scenarios/**/*.scenario.ts'];
const SCENARIO_MS = 30_000;

/** The harness runs from its sources; scenario files then find `ringback` there too. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

/**
 * Runs scenario files with vitest: `args` are vitest's own filters and flags, and `--config FILE` for ringback.config.ts.
 * @returns the exit code
 * @throws StartupError with a complete message when the configuration, the emulator or the bridge prevents the run
 */
export async function runScenarios(args: readonly string[]): Promise<number> {
  const { filter, options } = parseCLI(['vitest', ...args]);
  const { config: file, reporter, ...cli } = options as typeof options & { config?: string | false; reporter?: string[] };
  const loaded = await loadConfig({ cwd: process.cwd(), ...(typeof file === 'string' ? { file } : {}) });
  process.env[CONFIG_VARIABLE] = loaded.file;
  const vitest = await createVitest({ ...vitestOptions(loaded, cli), reporters: reporters(loaded, reporter) }, viteOptions(loaded.root));
  const stopListening =
    process.stdin.isTTY && vitest.config.watch ? registerConsoleShortcuts(vitest, process.stdin, process.stdout) : undefined;
  try {
    await vitest.start(filter);
  } catch (error) {
    if (isNothingFound(error)) return 1;
    throw error;
  } finally {
    if (!vitest.shouldKeepServer()) {
      stopListening?.();
      await vitest.close();
    }
  }
  return Number(process.exitCode ?? 0);
}

function vitestOptions({ config, root }: LoadedConfig, cli: CliOptions): CliOptions {
  return {
    include: [...(config.scenarios ?? SCENARIOS)],
    globalSetup: [besides('./global-setup')],
    // One bridge, one account: scenarios take turns. More at once is a matter of more runs (--shard).
    pool: 'forks',
    fileParallelism: false,
    isolate: false,
    execArgv: FROM_SOURCE ? ['--conditions=ringback-source'] : [],
    testTimeout: config.timeouts?.scenarioMs ?? SCENARIO_MS,
    hookTimeout: config.timeouts?.scenarioMs ?? SCENARIO_MS,
    watch: false,
    ...cli,
    root,
    config: false,
  } as CliOptions;
}

function viteOptions(root: string): ViteUserConfig & { configFile: false } {
  const conditions = FROM_SOURCE ? { conditions: ['ringback-source', 'module', 'node', 'development|production'] } : {};
  return { root, configFile: false, resolve: conditions, ssr: { resolve: conditions } };
}

type Reporters = NonNullable<CliOptions['reporters']>;

function reporters({ config, root }: LoadedConfig, asked: readonly string[] | undefined): Reporters {
  const own = new ScenarioReporter(resolve(root, config.report?.dir ?? 'ringback-report'));
  return [...(asked ?? ['default']), own] as Reporters;
}

/** A file of this room as the harness runs: TypeScript, or compiled. */
function besides(name: string): string {
  const file = fileURLToPath(new URL(`${name}.${FROM_SOURCE ? 'ts' : 'js'}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing: the installation of ringback is damaged; install it again`);
  return file;
}

/** vitest has said already that no file fits the filters. */
const isNothingFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'VITEST_FILES_NOT_FOUND';
