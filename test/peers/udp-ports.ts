import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 10;
const LOOKS = 500;

/** Below the range from which systems give out ports, so that nobody who asks for any port gets one of these. */
const [LOWEST, COUNT] = [10_000, 10_000];
/** Test files run in processes of their own, side by side: each looks in a place of its own. */
let next = (process.pid * 50) % COUNT;

/** A port that is free now, over UDP and TCP, for a program that cannot tell which one it got and may listen on both. */
export async function freeUdpPort(): Promise<number> {
  for (let look = 0; look < COUNT; look++) {
    const port = LOWEST + (next++ % COUNT);
    if ((await isFree(createSocket('udp4').bind(port, '127.0.0.1'))) && (await isFree(createServer().listen(port, '127.0.0.1'))))
      return port;
  }
  throw new Error(`no port from ${LOWEST} on is free`);
}

/** Whether the socket could be bound; it is closed again. */
async function isFree(socket: Socket | Server): Promise<boolean> {
  try {
    await once(socket, 'listening');
  } catch {
    return false;
  }
  socket.close();
  await once(socket, 'close');
  return true;
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
