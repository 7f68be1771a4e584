import { fileURLToPath } from 'node:url';
import { expect, test, type TestError } from 'vitest';
import { toFailure } from './failure.ts';

const here = fileURLToPath(import.meta.url);
const frame = (file: string, line = 1) => ({ method: '', file, line, column: 1 });

test('places are lines of the project, not of what is installed nor of the harness', () => {
  const root = '/project';
  const stacks = [
    frame('/project/node_modules/x/index.js'),
    frame('/project/scenarios/a.scenario.ts', 14),
    frame(here),
    frame('/projects/other.ts'),
  ];
  expect(toFailure({ name: 'Error', message: 'no\n', stacks }, root)).toEqual({
    message: 'no',
    places: [{ file: 'scenarios/a.scenario.ts', line: 14 }],
  });
});

test('a place shows its code', () => {
  const root = fileURLToPath(new URL('../../emulator', import.meta.url));
  expect(toFailure({ message: 'no', stacks: [frame(`${root}/index.ts`, 1)] }, root).places).toEqual([
    { file: 'index.ts', line: 1, code: expect.stringMatching(/\S/) },
  ]);
});

test('an error tells its kind, unless that says nothing; colours go', () => {
  expect(toFailure({ name: 'TypeError', message: 'x is \u001B[31mundefined\u001B[39m' }, '/').message).toBe('TypeError: x is undefined');
  expect(toFailure({ name: 'AssertionError', message: 'expected 1 to be 2', diff: '\u001B[32m- 2\u001B[39m\n' }, '/')).toEqual({
    message: 'expected 1 to be 2',
    diff: '- 2',
    places: [],
  });
});

test('what was thrown without a message says what it holds', () => {
  const thrown = { code: 7, stacks: [] } as unknown as TestError;
  expect(toFailure(thrown, '/')).toEqual({ message: '{"code":7}', places: [] });
});

test('a scenario that takes too long is told how to get longer, in the words of scenarios', () => {
  const message = 'Test timed out in 500ms.\nIf this is a long-running test, pass a timeout value as the last argument.';
  expect(toFailure({ name: 'TestTimeoutError', message }, '/').message).toBe(
    'the scenario was not over after 500 ms\nTo give it longer: timeoutMs of the scenario, or timeouts.scenarioMs of ringback.config.ts.',
  );
});
