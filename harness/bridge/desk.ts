import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pause } from '../time.ts';
import type { DeskPath, DeskRoutes } from './desk-messages.ts';

/** What the desk needs of whoever runs emulator and bridge. */
export type DeskService = {
  readonly [Path in Exclude<DeskPath, '/death'>]: (body: DeskRoutes[Path]['body']) => Promise<DeskRoutes[Path]['answer']>;
};

export interface Desk {
  readonly url: string;
  /** Tells whoever waits that emulator or bridge ended; the first message counts. */
  announceDeath(message: string): void;
  close(): void;
}

/** How long one question for the death is held open, in milliseconds. */
const HELD = 30_000;

/**
 * Where the workers that run scenarios reach the main process, which owns the bridge: JSON over HTTP on loopback.
 */
export async function openDesk(service: DeskService): Promise<Desk> {
  let death: string | undefined;
  let claimed = false;
  let tell: (() => void) | undefined;
  const died = new Promise<void>((resolve) => {
    tell = resolve;
  });

  async function askDeath(body: DeskRoutes['/death']['body']): Promise<DeskRoutes['/death']['answer']> {
    if (body.wait) await Promise.race([died, pause(HELD)]);
    if (death === undefined) return null;
    const first = body.claim && !claimed;
    claimed ||= body.claim;
    return { message: death, first };
  }

  const routes = { ...service, '/death': askDeath };
  const server = createServer((request, response) => {
    const respond = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? null));
    };
    answer(request, routes).then(
      (value) => respond(200, value),
      (error: unknown) => respond(500, { message: error instanceof Error ? error.message : String(error) }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    announceDeath(message) {
      death ??= message;
      tell?.();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(request: IncomingMessage, routes: Record<string, (body: never) => Promise<unknown>>): Promise<unknown> {
  const route = routes[request.url ?? ''];
  if (!route) throw new Error(`the desk has no ${request.url ?? 'such route'}`);
  const body = await text(request);
  return route((body === '' ? undefined : JSON.parse(body)) as never);
}
