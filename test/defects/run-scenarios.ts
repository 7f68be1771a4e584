import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ScenarioOutcome {
  readonly name: string;
  readonly passed: boolean;
  /** What the failed expectation said, without its stack trace. */
  readonly message: string;
}

export interface ScenarioRun {
  readonly exitCode: number | null;
  readonly outcomes: readonly ScenarioOutcome[];
}

/** The parts of vitest's JSON report that are looked at. */
interface JsonReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string; readonly failureMessages?: readonly string[] }[];
  }[];
}

/**
 * Runs scenario files through the command line, as a user does, or one scenario of them; `env` is added to the environment,
 * which the bridge inherits.
 * @throws Error with the run's output when it leaves no report
 */
export async function runScenarios(
  files: readonly string[],
  { only, env }: { only?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<ScenarioRun> {
  const dir = mkdtempSync(join(tmpdir(), 'ringback-defects-'));
  try {
    const report = join(dir, 'outcome.json');
    const args = ['--conditions=ringback-source', 'harness/cli/ringback.js', 'scenarios', '--reporter=json', `--outputFile=${report}`];
    const filter = only === undefined ? [] : ['-t', only.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)];
    const child = spawn(process.execPath, [...args, ...filter, ...files], {
      cwd: ROOT,
      env: { ...environment(), RINGBACK_REPORT_DIR: join(dir, 'report'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, outcomes: outcomesOf(report, (await output).join('\n')) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The environment without what the vitest that runs this test put there, but with what `test/setup` reads. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|RINGBACK_(?!SENT_MESSAGES$))/.test(name)));
}

function outcomesOf(file: string, output: string): ScenarioOutcome[] {
  let report: JsonReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as JsonReport;
  } catch (cause) {
    throw new Error(`the scenarios left no report; they said:\n${output}`, { cause });
  }
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages = [] }) => ({
      name: title,
      passed: status === 'passed',
      message: failureMessages.map((message) => message.split(/\n\s+at /)[0]).join('\n'),
    })),
  );
}
