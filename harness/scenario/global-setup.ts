import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../bridge/load-config.ts';
import { CONFIG_VARIABLE } from './run-info.ts';
import { startTestbed } from './testbed.ts';

/** Ada Lovelace, a user of the demo account. */
const DEMO_CALLER = '+14155550100';
const EXPECT_MS = 5_000;
const SETTLE_MS = 400;

/** vitest's global set-up: emulator and bridge run once for all scenarios, and stop after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const file = process.env[CONFIG_VARIABLE];
  const { config, root } = await loadConfig({ cwd: project.config.root, ...(file === undefined ? {} : { file }) });
  const testbed = await startTestbed(config, root);
  project.provide('ringback', {
    up: testbed.emulator.up,
    desk: testbed.desk.url,
    readsSessions: testbed.bridge.readsSessions,
    caller: typeof config.caller === 'object' ? config.caller : { number: config.caller ?? DEMO_CALLER },
    traceDir: mkdtempSync(join(tmpdir(), 'ringback-')),
    expectMs: config.timeouts?.expectMs ?? EXPECT_MS,
    settleMs: config.timeouts?.settleMs ?? SETTLE_MS,
  });
  return () => testbed.stop();
}
