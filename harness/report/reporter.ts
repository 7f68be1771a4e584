import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';
import { collectRun } from './collect-run.ts';
import { reportPage } from './html/page.ts';
import { describeCounts } from './result.ts';
import { failureText } from './text-failure.ts';

/**
 * vitest reporter: after each run one HTML file with every ladder, and on the terminal the ladders of failed scenarios,
 * a summary line and the report's path. Live progress is left to vitest's own reporter.
 */
export class ScenarioReporter implements Reporter {
  readonly #directory: string;
  readonly #print: (text: string) => void;
  #root = process.cwd();

  /** @param directory where `index.html` is written */
  constructor(directory: string, print: (text: string) => void = (text) => void process.stdout.write(text)) {
    this.#directory = directory;
    this.#print = print;
  }

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const run = collectRun(modules, unhandled, this.#root);
    if (run.scenarios.length === 0 && run.errors.length === 0) return;
    mkdirSync(this.#directory, { recursive: true });
    const file = join(this.#directory, 'index.html');
    writeFileSync(file, reportPage(run));
    for (const scenario of run.scenarios) if (scenario.state === 'failed') this.#print(failureText(scenario));
    this.#print(`\n${describeCounts(run.scenarios)}\nReport: ${file}\n`);
  }
}
