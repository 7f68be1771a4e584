import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createEmulator } from 'emulate';

// npm `emulate` as it comes: its Twilio, with the account that it starts with. It takes no port 0.
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address() as AddressInfo;
probe.close();
// It takes 5,000 requests an hour and cannot be told to take more: by its clock an hour goes by every few.
const now = Date.now.bind(Date);
let looks = 0;
Date.now = () => now() + Math.floor(looks++ / 2_000) * 3_601_000;
const emulator = await createEmulator({ service: 'twilio', port });
console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
process.once('SIGTERM', () => {
  void emulator.close();
});
