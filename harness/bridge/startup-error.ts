import type { Ending, Line } from './kept-process.ts';

/** How many of the last lines of output a message shows. */
const SHOWN = 15;

/**
 * Something that has to run for the scenarios does not: bad configuration, emulator or bridge that does not start.
 * The message is complete (what happened, last output, what to do) and meant to be printed alone.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';

  constructor(options: { what: string; lines?: readonly Line[]; toDo: string; cause?: unknown }) {
    const output = options.lines === undefined ? [] : lastOutput(options.lines);
    super([options.what, ...output, `What to do: ${options.toDo}`].join('\n'), options.cause === undefined ? {} : { cause: options.cause });
  }
}

/** The last lines of a process, each indented, under a heading; the fact that there are none otherwise. */
export function lastOutput(lines: readonly Line[]): string[] {
  if (lines.length === 0) return ['It printed nothing.'];
  return ['Its last output:', ...lines.slice(-SHOWN).map((line) => `  | ${line.text}`)];
}

/** `ended with exit code 3`, `was ended by SIGKILL`, `could not be started: …` */
export function describeEnding(ending: Ending): string {
  if (ending.problem !== undefined) return `could not be started: ${ending.problem}`;
  return ending.signal === null ? `ended with exit code ${ending.code}` : `was ended by ${ending.signal}`;
}
