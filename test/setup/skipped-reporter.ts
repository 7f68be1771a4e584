import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Says at the end of a run what was skipped for a reason: that of a test's `skip(…)`, or one in a name (`(skipped: …)`). */
export class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap((module) => skippedIn(module).map((what) => `  ${module.relativeModuleId}: ${what}`));
    // What only a filter left out has no reason.
    const told = lines.filter((line) => line.includes('(skipped: '));
    if (told.length > 0) console.log(`Skipped:\n${told.join('\n')}`);
  }
}

function skippedIn(whole: TestModule | TestSuite): string[] {
  return [...whole.children].flatMap((child) => {
    if (child.options.mode === 'skip' && child.type === 'suite') return [child.fullName];
    if (child.type === 'suite') return skippedIn(child);
    const result = child.result();
    return result.state === 'skipped' ? [`${child.fullName}${result.note === undefined ? '' : ` (skipped: ${result.note})`}`] : [];
  });
}
