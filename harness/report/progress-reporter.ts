import { relative } from 'node:path';
import { styleText } from 'node:util';
import { DefaultReporter, type TestCase, type TestSpecification } from 'vitest/node';
import { suitesOf } from './collect-run.ts';
import { took } from './result.ts';

const MARKS = { passed: styleText('green', '✓'), failed: styleText('red', '✗'), skipped: styleText('dim', '–'), pending: ' ' } as const;

/**
 * vitest reporter: a line a scenario as it ends, below its file and suite, and no word of what went wrong: that stands in one
 * place, with the ladder (`ScenarioReporter`). Everything else is vitest's default reporter.
 */
export class ProgressReporter extends DefaultReporter {
  /** Names the scenario that is running, too. */
  protected override verbose = true;
  #heading = '';

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#heading = '';
    super.onTestRunStart(specifications);
  }

  override onTestCaseResult(test: TestCase): void {
    super.onTestCaseResult(test);
    const result = test.result();
    const note = result.state === 'skipped' ? result.note : undefined;
    // Those that a filter left out are counted, not listed.
    if (result.state === 'skipped' && note === undefined && this.ctx.getGlobalTestNamePattern()) return;
    this.#head(test);
    const { duration = 0, retryCount = 0 } = test.diagnostic() ?? {};
    const tries = retryCount > 0 ? `, ${retryCount + 1} tries` : '';
    this.log(
      `   ${MARKS[result.state]} ${test.name}  ${styleText('dim', note ?? (result.state === 'skipped' ? '' : took(duration) + tries))}`,
    );
  }

  #head(test: TestCase): void {
    const file = styleText('dim', relative(this.ctx.config.root, test.module.moduleId));
    const heading = [...suitesOf(test), file].join('  ');
    if (heading !== this.#heading) this.log(` ${heading}`);
    this.#heading = heading;
  }

  protected override printTestModule(): void {}

  override reportSummary(): void {}
}
