import type { Failure } from './failure.ts';
import type { Trace } from './trace.ts';

export type ScenarioState = 'failed' | 'passed' | 'skipped';

/** One scenario in the report. */
export interface ScenarioResult {
  readonly name: string;
  /** The names of the suites that it stands in, the outermost first. */
  readonly suites: readonly string[];
  /** Scenario file, relative to the project. */
  readonly file: string;
  readonly state: ScenarioState;
  readonly durationMs: number;
  readonly errors: readonly Failure[];
  /** Why it was skipped. */
  readonly note?: string;
  /** What happened; undefined when the scenario did not come that far. */
  readonly trace?: Trace;
}

/** One run: what `index.html` shows. */
export interface RunResult {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly scenarios: readonly ScenarioResult[];
  /** What went wrong outside of scenarios. */
  readonly errors: readonly Failure[];
}

const ORDER: Readonly<Record<ScenarioState, number>> = { failed: 0, passed: 1, skipped: 2 };

/** Failed ones first; otherwise by file, in the order in which they stand there. */
export function failedFirst(scenarios: readonly ScenarioResult[]): ScenarioResult[] {
  return scenarios.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.file.localeCompare(b.file));
}

/** "several callers at once › two live calls of one number" */
export const fullName = ({ suites, name }: Pick<ScenarioResult, 'suites' | 'name'>): string => [...suites, name].join(' › ');

/** "118 ms", "1.0 s" */
export const took = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** "12 scenarios: 1 failed, 11 passed" */
export function describeCounts(scenarios: readonly ScenarioResult[]): string {
  const states: ScenarioState[] = ['failed', 'passed', 'skipped'];
  const counts = states.map((state) => [state, scenarios.filter((scenario) => scenario.state === state).length] as const);
  const total = `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`;
  return `${total}: ${counts.flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : [])).join(', ') || 'none ran'}`;
}
