import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly detail: { readonly id: string };
  readonly event: { readonly comment?: { readonly body: string }; readonly current?: string };
}

/** What came of one invocation. */
interface Seen {
  readonly body: string;
  conflicts: number;
  successes: number;
}

/**
 * A webhook receiver that outlives the emulator: it answers at once, late, or first with a conflict that has to be
 * retried, and takes down whatever breaks the promises of a delivery.
 */
export class DeliveryReceiver {
  /** The webhook's secret, once it is known. */
  secret = '';
  readonly broken: string[] = [];
  readonly events: ReceivedEvent[] = [];
  onDelivery: () => void = () => undefined;
  readonly #invocations = new Map<string, Seen>();
  readonly #invocationOf = new Map<string, string>();
  readonly #server = http.createServer((request, response) => this.#receive(request, response));

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** How many invocations came again after a 200: the emulator had died before it could note it. */
  get repeated(): number {
    return [...this.#invocations.values()].filter(({ successes }) => successes > 1).length;
  }

  get invocations(): string[] {
    return [...this.#invocations.keys()];
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #receive(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // What was cut off with the sender is no delivery.
    request.on('end', () => this.#take(request.headers, Buffer.concat(chunks).toString('utf8'), response));
  }

  #take(headers: http.IncomingHttpHeaders, body: string, response: http.ServerResponse): void {
    const invocation = String(headers['x-zendesk-webhook-invocation-id']);
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp']);
    const signed = createHmac('sha256', this.secret).update(timestamp).update(body).digest('base64');
    if (headers['x-zendesk-webhook-signature'] !== signed) this.broken.push(`${invocation} is not signed rightly`);
    const event = JSON.parse(body) as ReceivedEvent;
    const before = this.#invocationOf.get(event.id);
    if (before !== undefined && before !== invocation) this.broken.push(`event ${event.id} came as ${before} and as ${invocation}`);
    this.#invocationOf.set(event.id, invocation);
    const seen = this.#invocations.get(invocation) ?? { body, conflicts: 0, successes: 0 };
    if (seen.body !== body) this.broken.push(`invocation ${invocation} came with two bodies`);
    const conflict = seen.conflicts === 0 && Number.parseInt(event.id.slice(0, 2), 16) % 8 === 0;
    if (conflict) seen.conflicts += 1;
    else seen.successes += 1;
    this.#invocations.set(invocation, seen);
    this.events.push(event);
    this.onDelivery();
    const answer = (): void => void response.writeHead(conflict ? 409 : 200).end();
    // A quarter of the answers takes a while, so that deliveries are under way at any time.
    if (Number.parseInt(event.id.slice(2, 4), 16) % 4 === 0) setTimeout(answer, 120);
    else answer();
  }
}
