import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const GUARD = 'node harness/cli/node-version.js && ';

test('every script that needs our Node refuses an older one first, in the same line', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>;
  };
  // The launcher refuses by itself; the formatter runs on any Node; `prepack` does nothing but build.
  const { start, scenarios, format: _format, prepack, ...guarded } = scripts;
  for (const launched of [start, scenarios]) expect(launched).toMatch(/^exec node harness\/cli\/ringback\.js /);
  expect(prepack).toBe('npm run build');
  expect(Object.keys(guarded)).toEqual(expect.arrayContaining(['bridge', 'test', 'check', 'build', 'bench']));
  for (const [name, script] of Object.entries(guarded)) expect({ [name]: script.startsWith(GUARD) }).toEqual({ [name]: true });
});
