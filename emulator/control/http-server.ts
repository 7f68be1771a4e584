import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http } from '../core/node-http.ts';

/** An HTTP listener that is up. */
export interface HttpListener {
  readonly server: Server;
  readonly port: number;
  /** Ends open connections, WebSockets included, and stops listening. */
  close(): Promise<void>;
}

/** @throws Error (code `EADDRINUSE`, …) in plain words when the address cannot be had. */
export function listen(handler: RequestListener, address: { host: string; port: number }): Promise<HttpListener> {
  const server = http.createServer({ keepAliveTimeout: 30_000 }, handler);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, 'HTTP', 'TCP', address, '--port')));
    server.listen(address.port, address.host, () => {
      resolve({ server, port: (server.address() as AddressInfo).port, close: () => close(server) });
    });
  });
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
