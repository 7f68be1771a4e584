import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import type { SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { type Failure, toFailure } from './failure.ts';
import type { RunResult, ScenarioResult } from './result.ts';
import type { Trace } from './trace.ts';

/** What vitest knows of a run, with the traces that the scenarios left; the trace files are gone afterwards. */
export function collectRun(modules: readonly TestModule[], unhandled: readonly SerializedError[], root: string): RunResult {
  const cases = modules.flatMap((module) => [...module.children.allTests()]);
  const times = cases.flatMap((test) => test.diagnostic() ?? []);
  const startedAt = Math.min(...times.map(({ startTime }) => startTime));
  const endedAt = Math.max(...times.map(({ startTime, duration }) => startTime + duration));
  const broken = modules.flatMap((module) => [module, ...module.children.allSuites()].flatMap((part) => errorsOf(part, root)));
  return {
    startedAt: times.length > 0 ? startedAt : 0,
    durationMs: times.length > 0 ? endedAt - startedAt : 0,
    scenarios: cases.map((test) => toResult(test, root)),
    errors: [...broken, ...unhandled.map((error) => toFailure(error, root))],
  };
}

/** Why a file or a suite could not be run, with the file's name. */
function errorsOf(part: TestModule | TestSuite, root: string): Failure[] {
  const { moduleId } = part.type === 'module' ? part : part.module;
  return part.errors().map((error) => {
    const failure = toFailure(error, root);
    return { ...failure, message: `${relative(root, moduleId)}: ${failure.message}` };
  });
}

/** The names of the suites that a test stands in, the outermost first. */
export function suitesOf({ parent }: TestCase | TestSuite): string[] {
  return parent.type === 'suite' ? [...suitesOf(parent), parent.name] : [];
}

function toResult(test: TestCase, root: string): ScenarioResult {
  const { state, errors = [], ...rest } = test.result();
  const trace = readTrace(test);
  return {
    name: test.name,
    suites: suitesOf(test),
    file: relative(root, test.module.moduleId),
    state: state === 'pending' ? 'skipped' : state,
    durationMs: test.diagnostic()?.duration ?? 0,
    errors: errors.map((error) => toFailure(error, root)),
    ...('note' in rest && rest.note ? { note: rest.note } : {}),
    ...(trace ? { trace } : {}),
  };
}

function readTrace(test: TestCase): Trace | undefined {
  const file = test.meta().ringbackTrace;
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Trace;
  } catch {
    // The run was cut off before the trace was written whole.
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
