import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createEmulator } from 'emulate';

// npm `emulate` as it comes: its Twilio, with the account that it starts with. It takes no port 0.
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address() as AddressInfo;
probe.close();
const emulator = await createEmulator({ service: 'twilio', port });
console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
process.once('SIGTERM', () => {
  void emulator.close();
});
