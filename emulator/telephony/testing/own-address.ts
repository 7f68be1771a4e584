import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Skips the test where this machine lacks an address: IPv6 is off in many a container, and macOS has one loopback address alone. */
export async function skipWithoutAddress(skip: (why: string) => never, host: string): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    await once(socket.bind(0, host), 'listening');
  } catch {
    skip(`this machine has no ${host}`);
  } finally {
    socket.close();
  }
}
