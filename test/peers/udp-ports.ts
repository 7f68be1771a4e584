import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 10;
const LOOKS = 500;

/** A UDP port that is free now, for a program that cannot tell which one it got. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** Waits until somebody has the UDP port: some programs do not say that they are ready. @throws Error after five seconds. */
export async function untilBound(port: number): Promise<void> {
  const bound = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} 0`);
  for (let look = 0; look < LOOKS; look++) {
    if (bound.test(readFileSync('/proc/net/udp', 'utf8'))) return;
    await pause(LOOK_MS);
  }
  throw new Error(`nobody listens on UDP port ${port} after ${LOOK_MS * LOOKS} ms`);
}
