import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { http } from '../core/node-http.ts';

/** An HTTP listener that is up. */
export interface HttpListener {
  readonly server: Server;
  readonly port: number;
  /** Until then, every request is answered with 503. */
  serve(app: Express): void;
  /** Ends open connections, WebSockets included, and stops listening. */
  close(): Promise<void>;
}

/** @throws Error (code `EADDRINUSE`, …) in plain words when the address cannot be had. */
export function listen(address: { host: string; port: number }): Promise<HttpListener> {
  const messages = messageClasses();
  let handler: RequestListener = (_req, res) => res.writeHead(503, { 'Retry-After': '1' }).end();
  const server = http.createServer({ ...messages, keepAliveTimeout: 30_000 }, (req, res) => handler(req, res));
  const serve = (app: Express): void => {
    bringUp(messages, app);
    handler = app;
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, 'HTTP', 'TCP', address, '--port')));
    server.listen(address.port, address.host, () => {
      resolve({ server, port: (server.address() as AddressInfo).port, serve, close: () => close(server) });
    });
  });
}

interface MessageClasses {
  readonly IncomingMessage: typeof http.IncomingMessage;
  readonly ServerResponse: typeof http.ServerResponse;
}

/** A server's own requests and responses, born with what Express and its routers give each of them: so they keep one shape. */
function messageClasses(): MessageClasses {
  class Request extends http.IncomingMessage {
    baseUrl = '';
    originalUrl = '';
    params: unknown;
    body: unknown;
    route: unknown;
    next: unknown;
    res: unknown;
  }
  class Response extends http.ServerResponse {
    locals = {};
  }
  return { IncomingMessage: Request, ServerResponse: Response as typeof http.ServerResponse };
}

/**
 * Makes them the application's from birth. Express changes the prototype of each request and response, after which every look
 * at one of them takes several times as long; unless it is the right one already.
 */
function bringUp({ IncomingMessage, ServerResponse }: MessageClasses, app: Express): void {
  Object.setPrototypeOf(IncomingMessage.prototype, app.request);
  Object.setPrototypeOf(ServerResponse.prototype, app.response);
  app.request = IncomingMessage.prototype as typeof app.request;
  app.response = ServerResponse.prototype as typeof app.response;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A socket error at start-up, said so that one knows what to do. */
export function startError(
  error: NodeJS.ErrnoException,
  what: string,
  protocol: string,
  address: { host: string; port: number },
  flag: string,
): Error {
  const where = `${address.host}:${address.port}`;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${protocol} port ${address.port} on ${address.host} is in use; stop what uses it, or choose another with ${flag} (0: any free one)`,
    EACCES: `no permission for ${protocol} port ${address.port}; choose one above 1023 with ${flag}`,
    EADDRNOTAVAIL: `${address.host} is not an address of this machine; choose another with --host`,
    ENOTFOUND: `${address.host} cannot be resolved; give an IP address with --host`,
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new Error(`cannot listen for ${what} on ${where}: ${reason}`, { cause: error });
}
