import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { signature } from '../signature.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  /** As they came: order and spelling kept. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  header(name: string): string | undefined;
}

export type Behaviour = (received: Received, response: http.ServerResponse, index: number) => void;

/** A webhook receiver on a port of its own that remembers what it got. */
export class Receiver {
  readonly requests: Received[] = [];
  readonly #server: http.Server;
  readonly #waiting: { count: number; resolve: () => void }[] = [];

  private constructor(behaviour: Behaviour) {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = receivedOf(request, Buffer.concat(chunks).toString('utf8'));
        const index = this.requests.push(received) - 1;
        behaviour(received, response, index);
        for (const wait of this.#waiting) if (this.requests.length >= wait.count) wait.resolve();
      });
    });
  }

  static async open(behaviour: Behaviour = (_received, response) => response.end()): Promise<Receiver> {
    const receiver = new Receiver(behaviour);
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** Resolves once so many requests have arrived, with the last of them. */
  async received(count: number): Promise<Received> {
    if (this.requests.length < count) await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    return this.requests[count - 1] as Received;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function receivedOf(request: http.IncomingMessage, body: string): Received {
  const raw = request.rawHeaders;
  const headers = Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? ''] as const);
  const header = (name: string): string | undefined => headers.find(([known]) => known === name)?.[1];
  return { method: request.method ?? '', url: request.url ?? '', headers, body, header };
}

/** Checks a delivery as a receiver must: over the raw body, with the printable secret. */
export function isSigned(received: Received, secret: string): boolean {
  const timestamp = received.header('X-Zendesk-Webhook-Signature-Timestamp') ?? '';
  return received.header('X-Zendesk-Webhook-Signature') === signature(secret, timestamp, received.body);
}
