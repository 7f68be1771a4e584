import { readFileSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { TestError } from 'vitest';
import { visible } from './visible.ts';

/** Something that went wrong, as terminal and report show it. */
export interface Failure {
  /** What it says; complete, without stack and colours. */
  readonly message: string;
  /** How an expected value and a seen one differ, a line a difference, where vitest's own `expect` found it. */
  readonly diff?: string;
  /** Where in the project's own files, the innermost first. */
  readonly places: readonly Place[];
}

/** A line of the project's code. */
export interface Place {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
  /** What stands there, if the file can be read. */
  readonly code?: string;
}

/** What the harness itself did on the way is of no interest. */
const HARNESS = fileURLToPath(new URL('..', import.meta.url));
/** Errors whose name adds nothing to what they say. */
const PLAIN = new Set(['', 'Error', 'AssertionError', 'GoneError']);

/** @param root the project's directory: only code below it, and not what it installed, is named */
export function toFailure(error: TestError, root: string): Failure {
  const { name = '', diff, stacks = [] } = error;
  const message = messageOf(error);
  if (name === TIMEOUT) return toFailure({ message: lateness(message), stacks }, root);
  const text = visible(stripVTControlCharacters(message)).trimEnd();
  const foreign = (file: string): boolean => file.includes('/node_modules/') || (isOf(HARNESS, file) && !isOf(HARNESS, root));
  const own = stacks.filter(({ file }) => isOf(root, file) && !foreign(file));
  return {
    message: PLAIN.has(name) || text.startsWith(name) ? text : `${name}: ${text}`,
    ...(diff === undefined ? {} : { diff: visible(stripVTControlCharacters(diff)).trim() }),
    places: own.map(({ file, line }) => ({ file: relative(root, file), line, ...codeAt(file, line) })),
  };
}

/** Whatever was thrown need not be an `Error`: an object without a message says what it holds. */
function messageOf({ stacks: _stacks, ...thrown }: Partial<TestError>): string {
  return typeof thrown.message === 'string' ? thrown.message : JSON.stringify(thrown);
}

/** vitest's, whose advice does not fit scenarios. */
const TIMEOUT = 'TestTimeoutError';

function lateness(message: string): string {
  const ms = /(\d+)ms/.exec(message)?.[1] ?? '?';
  return `the scenario was not over after ${ms} ms\nTo give it longer: timeoutMs of the scenario, or timeouts.scenarioMs of ringback.config.ts.`;
}

function isOf(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function codeAt(file: string, line: number): { code?: string } {
  try {
    const code = readFileSync(file, 'utf8').split('\n')[line - 1]?.trim();
    return code ? { code } : {};
  } catch {
    return {};
  }
}
