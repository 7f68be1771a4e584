import { expect, test } from 'vitest';
import { testBridge } from './control/test-bridge.ts';
import { startEmulator } from './index.ts';

test('bound to all addresses, it names the one that it tells bridges also in its SIP headers', async () => {
  await using bridge = await testBridge();
  await using emulator = await startEmulator({ host: '0.0.0.0', bridge: bridge.uri });
  const { sip, trunk } = emulator.describe();
  const body = JSON.stringify({ from: '+14155550100', to: trunk?.number });
  expect((await fetch(`${emulator.controlUrl}/calls`, { method: 'POST', body })).status).toBe(201);
  await expect.poll(() => bridge.calls[0]?.request.headers.get('Record-Route')).toBe(`<sip:${sip.udp};lr>`);
});
