import { expect, test } from 'vitest';
import { aResult, aTrace } from './test-trace.ts';
import { failureText } from './text-failure.ts';

test('what was expected and seen, how it differs, where, and the ladder', () => {
  const places = [
    { file: 'scenarios/helper.ts', line: 3, code: 'await expect(journey).toBeBoundTo(ticket);' },
    { file: 'scenarios/a.scenario.ts', line: 14, code: 'await bound();' },
  ];
  const errors = [
    { message: 'expected the call to be bound\n\n  seen: it was not', places },
    { message: 'expected 1 to be 2', diff: '- 2\n+ 1', places: [] },
  ];
  const text = failureText(aResult({ suites: ['calls'], state: 'failed', errors, trace: aTrace() }));
  expect(text.slice(0, text.indexOf('  +14155550100 calls'))).toBe(`
✗ calls › a call (scenarios/a.scenario.ts)

  expected the call to be bound

    seen: it was not

  at scenarios/helper.ts:3
     await expect(journey).toBeBoundTo(ticket);
  at scenarios/a.scenario.ts:14

  expected 1 to be 2

  - 2
  + 1

`);
  expect(text).toContain('  through carrier “clean”\n       ms  caller'.trimStart());
});

test('coloured, what was expected stands out from what was seen', () => {
  const errors = [{ message: 'expected 1 to be 2', diff: '- 2\n+ 1\n  -', places: [] }];
  expect(failureText(aResult({ state: 'failed', errors }), { paint: (style, text) => `<${style}>${text}` })).toBe(
    '\n<red>✗ a call <dim>(scenarios/a.scenario.ts)\n\n  <red>expected 1 to be 2\n\n  <green>- 2\n  <red>+ 1\n    -\n',
  );
});

test('in a narrow terminal a message is broken between words, and goes on below itself', () => {
  const message =
    'expected the call of +14155550100 to be bound\n\n  seen: its INVITE had no X-Zendesk-Ticket-Id at all\n  http://127.0.0.1:4010/zendesk/acme/api/v2';
  expect(failureText(aResult({ state: 'failed', errors: [{ message, places: [] }] }), { columns: 40 })).toBe(`
✗ a call (scenarios/a.scenario.ts)

  expected the call of +14155550100 to
  be bound

    seen: its INVITE had no
          X-Zendesk-Ticket-Id at all
    http://127.0.0.1:4010/zendesk/acme/api/v2
`);
});
