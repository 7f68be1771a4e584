import { laddersOf } from './ladder.ts';
import type { ScenarioResult } from './result.ts';
import { textLadder } from './text-ladder.ts';

/** What the terminal says of a failed scenario: what was expected and seen, and the ladders of its journeys. */
export function failureText({ name, file, errors, trace }: ScenarioResult): string {
  const ladders = trace ? laddersOf(trace).filter(({ journey }) => journey !== undefined || trace.journeys.length === 0) : [];
  return ['', `✗ ${name} (${file})`, '', ...errors.map(indent), ...ladders.flatMap((ladder) => ['', indent(textLadder(ladder))]), ''].join(
    '\n',
  );
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
