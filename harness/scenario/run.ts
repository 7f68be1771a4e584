import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ViteUserConfig } from 'vitest/config';
import { type CliOptions, createCLI, createVitest, parseCLI, registerConsoleShortcuts, type TestModule, type Vitest } from 'vitest/node';
import { loadConfig, type LoadedConfig } from '../bridge/load-config.ts';
import { StartupError } from '../bridge/startup-error.ts';
import { suitesOf } from '../report/collect-run.ts';
import { ProgressReporter } from '../report/progress-reporter.ts';
import { ScenarioReporter } from '../report/reporter.ts';
import { startTestbed } from './testbed.ts';

const SCENARIOS = ['scenarios/**/*.scenario.ts'];
const SCENARIO_MS = 30_000;
const EXPECT_MS = 5_000;
const SETTLE_MS = 400;
/** Ada Lovelace, a user of the demo account. */
const DEMO_CALLER = '+14155550100';

/** The harness runs from its sources; scenario files then find `ringback` there too. */
const FROM_SOURCE = import.meta.url.endsWith('.ts');

/**
 * Runs scenario files with vitest: `args` are vitest's own filters and flags, and `--config FILE` for ringback.config.ts.
 * Emulator and bridge start once for all of them, when there is something to run.
 * @returns the exit code
 * @throws StartupError with a complete message when the configuration, the emulator or the bridge prevents the run
 */
export async function runScenarios(args: readonly string[]): Promise<number> {
  refuseUnknownFlags(args);
  const { filter, options } = parseCLI(['vitest', ...args]);
  const { config: file, reporter, ...cli } = options as typeof options & { config?: string | false; reporter?: string[] };
  const loaded = await loadConfig({ cwd: process.cwd(), ...(typeof file === 'string' ? { file } : {}) });
  const vitest = await createVitest({ ...vitestOptions(loaded, cli), reporters: reporters(loaded, reporter) }, viteOptions(loaded.root));
  const stopListening =
    process.stdin.isTTY && vitest.config.watch ? registerConsoleShortcuts(vitest, process.stdin, process.stdout) : undefined;
  try {
    if ((await vitest.globTestSpecifications(filter)).length > 0) await provideTestbed(vitest, loaded);
    const { testModules } = await vitest.start(filter);
    refuseEmptyChoice(vitest, testModules);
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

/** `parseCLI` alone lets a mistyped flag pass. @throws StartupError */
function refuseUnknownFlags(args: readonly string[]): void {
  const cli = createCLI();
  cli.parse(['node', 'vitest', ...args], { run: false });
  try {
    cli.matchedCommand?.checkUnknownOptions();
  } catch (cause) {
    throw new StartupError({
      what: `${(cause as Error).message}.`,
      toDo: "use vitest's own flags (npx vitest --help lists them), or --config.",
      cause,
    });
  }
}

/** A name that fits nothing must not pass for success. @throws StartupError */
function refuseEmptyChoice(vitest: Vitest, modules: readonly TestModule[]): void {
  const pattern = vitest.getGlobalTestNamePattern();
  if (!pattern || vitest.shouldKeepServer() || vitest.config.passWithNoTests) return;
  const cases = modules.flatMap((module) => [...module.children.allTests()]);
  if (cases.length === 0 || cases.some((test) => [...suitesOf(test), test.name].join(' ').match(pattern))) return;
  throw new StartupError({
    what: `No scenario has a name that fits -t ${pattern.source}.`,
    toDo: 'look at the names: without -t every scenario that runs is listed.',
  });
}

/** Starts emulator and bridge for the workers; they stop when vitest closes. */
async function provideTestbed(vitest: Vitest, { config, root }: LoadedConfig): Promise<void> {
  const testbed = await startTestbed(config, root);
  const traceDir = mkdtempSync(join(tmpdir(), 'ringback-'));
  process.once('exit', () => rmSync(traceDir, { recursive: true, force: true }));
  vitest.onClose(() => testbed.stop());
  vitest.provide('ringback', {
    up: testbed.emulator.up,
    desk: testbed.desk.url,
    readsSessions: testbed.bridge.readsSessions,
    caller: typeof config.caller === 'object' ? config.caller : { number: config.caller ?? DEMO_CALLER },
    traceDir,
    expectMs: config.timeouts?.expectMs ?? EXPECT_MS,
    settleMs: config.timeouts?.settleMs ?? SETTLE_MS,
  });
}

function vitestOptions({ config, root }: LoadedConfig, cli: CliOptions): CliOptions {
  return {
    include: [...(config.scenarios ?? SCENARIOS)],
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
  const dir = process.env['RINGBACK_REPORT_DIR'] || config.report?.dir || 'ringback-report';
  const own = new ScenarioReporter(resolve(root, dir));
  // vitest's own default, which a list of reporters replaces.
  const usual = process.env['GITHUB_ACTIONS'] === 'true' ? ['default', 'github-actions'] : ['default'];
  const live = (asked ?? usual).map((name) => (name === 'default' ? new ProgressReporter() : name));
  return [...live, own] as Reporters;
}

/** vitest has said already that no file fits the filters. */
const isNothingFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'VITEST_FILES_NOT_FOUND';
