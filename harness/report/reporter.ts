import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';
import { StartupError } from '../bridge/startup-error.ts';
import { collectRun } from './collect-run.ts';
import { reportPage } from './html/page.ts';
import { describeCounts, took } from './result.ts';
import { errorText, failureText } from './text-failure.ts';
import type { TextForm } from './text-ladder.ts';

/**
 * vitest reporter: after each run one HTML file with every ladder, and on the terminal what went wrong, with the ladders of
 * failed scenarios, a summary line and the report's path. Live progress is left to another reporter.
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
    const form: TextForm = { columns: process.stdout.columns, paint: (style, text) => styleText(style, text) };
    const failed = run.scenarios.filter(({ state }) => state === 'failed');
    for (const scenario of failed) this.#print(failureText(scenario, form));
    for (const error of run.errors) this.#print(`\n${errorText(error, form)}\n`);
    const good = failed.length === 0 && run.errors.length === 0;
    const counts = styleText(good ? 'green' : 'red', describeCounts(run.scenarios));
    this.#print(`\n${counts} ${styleText('dim', `(${took(run.durationMs)})`)}\n`);
    this.#print(`Report: ${this.#write(reportPage(run))}\n`);
  }

  /** @throws StartupError when the directory cannot be written to; all else has been said then */
  #write(page: string): string {
    const file = join(this.#directory, 'index.html');
    try {
      mkdirSync(this.#directory, { recursive: true });
      writeFileSync(file, page);
    } catch (cause) {
      throw new StartupError({
        what: `The report cannot be written to ${this.#directory}: ${(cause as Error).message}.`,
        toDo: 'choose another directory with `report.dir` in ringback.config.ts, or RINGBACK_REPORT_DIR.',
        cause,
      });
    }
    return file;
  }
}
