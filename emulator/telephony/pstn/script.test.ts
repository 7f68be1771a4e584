import { expect, test } from 'vitest';
import { parseScript } from './script.ts';

test('a script of every kind of step is taken as it is', () => {
  const script = [{ pause: 0 }, { await: 'ringing' }, { await: { hears: 'bridge' }, withinMs: 1 }, { press: '0*#A' }, { hangUp: true }];
  expect(parseScript(script)).toEqual(script);
  expect(parseScript([])).toEqual([]);
});

test.each([
  ['a string', 'press 0', 'a script is a list of steps, not "press 0"'],
  ['nothing', undefined, 'a script is a list of steps, not undefined'],
  ['a number as a step', [{ pause: 1 }, 5], 'script step 2 is 5, expected an object'],
  ['an unknown step', [{ sing: 'la' }], 'script step 1 is {"sing":"la"}, expected one of pause, await, press, hangUp'],
  ['two steps in one', [{ press: '0', hangUp: true }], 'script step 1 has the property "hangUp", expected only press'],
  ['a negative pause', [{ pause: -1 }], 'script step 1: pause is -1, expected whole milliseconds from 0'],
  ['a broken pause', [{ pause: 0.5 }], 'script step 1: pause is 0.5'],
  ['a limit of nothing', [{ await: 'ended', withinMs: 0 }], 'script step 1: withinMs is 0, expected whole milliseconds from 1'],
  ['letters for keys', [{ press: 'hello' }], 'script step 1: press is "hello", expected 1 to 64 of 0-9'],
  ['no keys', [{ press: '' }], 'script step 1: press is ""'],
  ['hangUp: false', [{ hangUp: false }], 'script step 1: hangUp is false, expected true'],
  ['an unknown goal', [{ await: 'busy' }], 'script step 1: await is "busy", expected ringing, answered, ended'],
  ['hearing nobody', [{ await: { hears: '' } }], 'script step 1: await is {"hears":""}'],
  ['too much', Array.from({ length: 1001 }, () => ({ pause: 0 })), 'a script has at most 1000 steps, this one has 1001'],
])('%s is refused by name', (_what, script, message) => {
  expect(() => parseScript(script)).toThrow(message);
});
