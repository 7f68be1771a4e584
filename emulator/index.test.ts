import { expect, test } from 'vitest';
import { testBridge } from './control/test-bridge.ts';
import { createSipStack, Random, realClock } from './telephony/index.ts';
import { startEmulator } from './index.ts';

test('bound to all addresses, it names the one that it tells bridges also in its SIP headers', async () => {
  await using bridge = await testBridge();
  await using emulator = await startEmulator({ host: '0.0.0.0', bridge: bridge.uri });
  const { sip, trunk } = emulator.describe();
  const body = JSON.stringify({ from: '+14155550100', to: trunk?.number });
  expect((await fetch(`${emulator.controlUrl}/calls`, { method: 'POST', body })).status).toBe(201);
  await expect.poll(() => bridge.calls[0]?.request.headers.get('Record-Route')).toBe(`<sip:${sip.udp};lr>`);
});

test('an OPTIONS ping is answered as by Twilio', async () => {
  await using emulator = await startEmulator();
  const peer = await createSipStack({ clock: realClock, random: new Random(1), udp: { host: '127.0.0.1', port: 0 } });
  const { status, headers } = await peer.request({ method: 'OPTIONS', uri: `sip:${emulator.describe().sip.udp}` });
  await peer.close();
  expect([status, headers.get('Server')]).toEqual([200, 'Twilio Gateway']);
});
