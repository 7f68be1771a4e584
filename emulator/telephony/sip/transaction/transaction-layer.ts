import type { Clock } from '../../../core/clock.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { topmostVia, type Via } from '../message/via.ts';
import type { Wire } from '../transport/wire.ts';
import type { ClientListener, Lingering, Route, TransactionContext } from './context.ts';
import { InviteClient } from './invite-client.ts';
import { InviteServer } from './invite-server.ts';
import { Linger } from './linger.ts';
import { NonInviteClient } from './non-invite-client.ts';
import { NonInviteServer } from './non-invite-server.ts';
import type { SipTimers } from './timers.ts';
import { clientKey, responseKey } from './transaction-key.ts';

export type ServerTransaction = InviteServer | NonInviteServer;
export type ClientTransaction = InviteClient | NonInviteClient;

/** All live transactions, found by key. */
export class TransactionLayer {
  readonly #context: TransactionContext;
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #merges = new Map<string, ServerTransaction>();

  constructor(options: { clock: Clock; timers: SipTimers; wire: Wire }) {
    const { clock, timers } = options;
    const queue = (milliseconds: number): Linger<Lingering> => new Linger(clock, milliseconds, (item) => item.expire());
    this.#context = { ...options, linger: { long: queue(64 * timers.t1), t4: queue(timers.t4), d: queue(timers.d) } };
  }

  get serverCount(): number {
    return this.#servers.size;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Client transactions that still wait for a final response. */
  get waiting(): number {
    let count = 0;
    for (const client of this.#clients.values()) if (!client.isFinal) count++;
    return count;
  }

  server(key: string): ServerTransaction | undefined {
    return this.#servers.get(key);
  }

  inviteServer(key: string): InviteServer | undefined {
    const server = this.#servers.get(key);
    return server?.invite ? server : undefined;
  }

  /** Whether another transaction is already busy with the same request (RFC 3261 8.2.2.2). */
  isMerged(mergeKey: string): boolean {
    return this.#merges.has(mergeKey);
  }

  /** @param mergeKey given for requests outside a dialog */
  createServer(key: string, method: string, route: Route, mergeKey?: string): ServerTransaction {
    const terminated = (): void => {
      this.#servers.delete(key);
      if (mergeKey !== undefined && this.#merges.get(mergeKey) === server) this.#merges.delete(mergeKey);
    };
    const server =
      method === 'INVITE' ? new InviteServer(this.#context, route, terminated) : new NonInviteServer(this.#context, route, terminated);
    this.#servers.set(key, server);
    if (mergeKey !== undefined && !this.#merges.has(mergeKey)) this.#merges.set(mergeKey, server);
    return server;
  }

  /** @param via its topmost, where that was read already */
  client(response: SipResponse, via: Via | undefined = topmostVia(response.headers)): ClientTransaction | undefined {
    const key = responseKey(response, via);
    return key === undefined ? undefined : this.#clients.get(key);
  }

  /** Sends an INVITE whose topmost Via has this branch. */
  invite(request: SipRequest, branch: string, route: Route, listener: ClientListener): InviteClient {
    return this.#start(branch, request, (terminated) => new InviteClient(this.#context, request, route, listener, terminated));
  }

  /** Sends any other request except ACK. */
  request(request: SipRequest, branch: string, route: Route, listener: ClientListener): NonInviteClient {
    return this.#start(branch, request, (terminated) => new NonInviteClient(this.#context, request, route, listener, terminated));
  }

  /** Stops every timer; nobody is told. */
  close(): void {
    const { linger } = this.#context;
    for (const queue of [linger.long, linger.t4, linger.d]) queue.clear();
    for (const client of this.#clients.values()) client.stop();
    for (const server of this.#servers.values()) if (server.invite) server.stop();
    for (const map of [this.#clients, this.#servers, this.#merges]) map.clear();
  }

  #start<Client extends ClientTransaction>(branch: string, request: SipRequest, make: (terminated: () => void) => Client): Client {
    const key = clientKey(branch, request.method);
    const client = make(() => this.#clients.delete(key));
    this.#clients.set(key, client);
    client.start();
    return client;
  }
}
