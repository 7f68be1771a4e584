import { brokenLine } from './broken.ts';
import type { Failure } from './failure.ts';
import { laddersOf } from './ladder.ts';
import { fullName, type ScenarioResult } from './result.ts';
import { textLadder, type TextForm } from './text-ladder.ts';

/** What the terminal says of a failed scenario: what was expected and seen, where, and the ladders of its journeys. */
export function failureText(scenario: ScenarioResult, form: TextForm = {}): string {
  const { errors, file, trace } = scenario;
  const { paint = (_style, text) => text } = form;
  const ladders = trace ? laddersOf(trace).filter(({ journey }) => journey !== undefined || trace.journeys.length === 0) : [];
  const parts = [
    `${paint('red', `✗ ${fullName(scenario)}`)} ${paint('dim', `(${file})`)}`,
    ...errors.map((error) => indent(errorText(error, form))),
    ...ladders.map((ladder) => indent(textLadder(ladder, { ...form, ...(form.columns ? { columns: form.columns - INDENT } : {}) }))),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

/** What went wrong, how what was seen differs, and where in the project that was. */
export function errorText(
  { message, diff, places }: Failure,
  { columns = Infinity, paint = (_style, text) => text }: TextForm = {},
): string {
  const [first = '', ...rest] = message.split('\n').map((line) => brokenLine(line, columns - INDENT));
  const at = places.map(({ file, line, code }, index) => {
    const place = paint('dim', `at ${file}:${line}`);
    return index === 0 && code !== undefined ? `${place}\n   ${code}` : place;
  });
  return [
    [paint('red', first), ...rest].join('\n'),
    ...(diff === undefined
      ? []
      : [diff.replaceAll(/^-.*/gm, (line) => paint('green', line)).replaceAll(/^\+.*/gm, (line) => paint('red', line))]),
    ...(at.length > 0 ? [at.join('\n')] : []),
  ].join('\n\n');
}

const INDENT = 2;

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(INDENT)}${line}`))
    .join('\n');
