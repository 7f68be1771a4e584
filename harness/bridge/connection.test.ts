import { expect, test } from 'vitest';
import type { ControlClient } from '../emulator/control-client.ts';
import type { UpJson } from '../emulator/up-json.ts';
import { connectBridge } from './connection.ts';
import { startBridge } from './start-bridge.ts';

const config = { sip: '127.0.0.1:9' };
const emulator = { account: { subdomain: 'acme', url: 'http://127.0.0.1/zendesk/acme' } } as UpJson;

/** Answers each look at the account with what there is then. */
function controlWith(recordsAt: (look: number) => Readonly<Record<string, number>>): { control: ControlClient; looks: () => number } {
  let looks = 0;
  const send = async (): Promise<object> => {
    const records = recordsAt(++looks);
    return { webhooks: { circuits: records['webhooks'] ? [{}] : [] }, records };
  };
  return { control: { account: 'acme', changeSettings: async () => ({}), send } as unknown as ControlClient, looks: () => looks };
}

test('what a bridge saves right after its webhook is waited for, too', async () => {
  const { control, looks } = controlWith((look) => ({ webhooks: look < 2 ? 0 : 1, triggers: look < 5 ? 0 : look < 8 ? 1 : 2 }));
  await connectBridge(await startBridge(config, { emulator, cwd: '.' }), { config, control, emulator });
  expect(looks()).toBeGreaterThan(8);
});

test('one that never ends saving is not waited for without end', async () => {
  const patient = { ...config, readyWithinMs: 100 };
  const { control } = controlWith((look) => ({ webhooks: 1, tickets: look }));
  const address = connectBridge(await startBridge(patient, { emulator, cwd: '.' }), { config: patient, control, emulator });
  await expect(address).resolves.toMatchObject({ sip: '127.0.0.1:9' });
});
