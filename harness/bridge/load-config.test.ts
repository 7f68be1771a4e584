import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from './load-config.ts';

function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

test('is found by its name, or named', async () => {
  const cwd = folder({
    'ringback.config.mjs': `export default { bridge: { sip: '127.0.0.1:1' } }`,
    'other.mjs': `export default { bridge: { sip: '127.0.0.1:2' } }`,
  });
  expect(await loadConfig({ cwd })).toEqual({
    file: join(cwd, 'ringback.config.mjs'),
    root: cwd,
    config: { bridge: { sip: '127.0.0.1:1' } },
  });
  expect((await loadConfig({ cwd, file: 'other.mjs' })).config.bridge).toEqual({ sip: '127.0.0.1:2' });
});

test('its absence is told with what to write', async () => {
  const cwd = folder({});
  await expect(loadConfig({ cwd })).rejects.toThrow(`There is no ringback.config.ts in ${cwd}.\nWhat to do: write one`);
  await expect(loadConfig({ cwd, file: 'x.ts' })).rejects.toThrow(`There is no configuration file ${join(cwd, 'x.ts')}.`);
});

test.for([
  ['throw new Error("boom")', 'boom'],
  ['export const config = {}', 'it has no default export; write `export default defineConfig({ … })`'],
  ['export default {}', '`bridge` is missing'],
  ['export default { bridge: {} }', '`bridge` has none of `command`'],
  ['export default { bridge: { command: "x", start() {} } }', '`bridge` has both `command` and `start`; keep one'],
  [
    'export default { bridge: { command: "x" } }',
    "`bridge.readiness` is missing; it must be { url: 'http://…' }, { log: /…/ } or { json: true }",
  ],
  ['export default { bridge: { command: "x", readiness: { jsn: true } } }', '`jsn` is no part of the bridge.readiness; it has'],
  ['export default { bridge: { command: "x", readiness: {} } }', '`bridge.readiness` is {}; it must be'],
  [
    'export default { bridge: { command: "x", readiness: { url: ":8080/health" } } }',
    "`bridge.readiness` is { url: ':8080/health' }; it must",
  ],
  [
    'export default { bridge: { command: "x", readiness: { json: true, withinMs: 2000 } } }',
    '`withinMs` is no part of the bridge.readiness; it has url, log, json',
  ],
  ['export default { bridge: { comand: "x" } }', '`comand` is no part of the bridge; it has adapter, command,'],
  [
    'export default { bridge: { sip: "h:1", adapter: { hangup() {} } } }',
    '`hangup` is no part of the bridge.adapter; it has sessions, connect, hangUp',
  ],
  ['export default { bridge: { sip: "h:1" }, timeout: {} }', '`timeout` is no part of the configuration; it has bridge,'],
  ['export default { bridge: { sip: "h:1" }, timeouts: { expect: 1 } }', '`expect` is no part of the timeouts; it has expectMs,'],
  ['export default { bridge: { sip: "h:1" }, scenarios: "x" }', '`scenarios` is "x"; it must be a list of globs'],
  ['export default { bridge: { sip: "h:1", toneHz: "230" } }', "`bridge.toneHz` is '230'; it must be a whole number of Hz"],
  ['export default { bridge: { sip: 5060 } }', "`bridge.sip` is 5060; it must be 'host:port'"],
] as const)('%s cannot be used', async ([text, why]) => {
  const cwd = folder({ 'ringback.config.mjs': text });
  await expect(loadConfig({ cwd })).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringContaining(`ringback.config.mjs cannot be used: ${why}`),
  });
});
