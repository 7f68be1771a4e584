import type { Core } from '../../../core/core.ts';
import type { Accounts } from '../../account/index.ts';
import type { Delivery, WebhookId } from '../entities.ts';
import { webhookOptions } from '../options.ts';
import type { WebhookTables } from '../tables.ts';
import { AccountDeliveries, type DeliveryTools } from './account-deliveries.ts';
import type { CircuitState } from './circuit-breaker.ts';
import { HttpClient } from './http-client.ts';
import { moved } from './lifecycle.ts';
import { DeliveryRecords } from './records.ts';

/** All accounts' deliveries. */
export class Dispatcher {
  readonly #tools: DeliveryTools;
  readonly #accounts = new Map<string, AccountDeliveries>();
  #closed = false;

  constructor(options: { core: Core; accounts: Accounts; tables: WebhookTables }) {
    const { core, accounts, tables } = options;
    const kept = (account: string): number => webhookOptions(accounts.expect(account).settings).webhookActivityKept;
    this.#tools = {
      ...options,
      client: new HttpClient(core.clock),
      records: new DeliveryRecords(core, tables, kept),
      random: core.random.fork('webhook-delivery'),
    };
    tables.webhooks.watch((account, id, webhook) => {
      if (id !== undefined && !webhook) this.#accounts.get(account)?.forget(id as WebhookId);
    });
  }

  get client(): HttpClient {
    return this.#tools.client;
  }

  /**
   * Begins a delivery that was just committed, unless it is stopped before: a microtask later, so that the entries of its
   * transaction are read before its own.
   */
  begin(account: string, delivery: Delivery): void {
    if (this.#closed || !this.#tools.accounts.get(account)) return;
    const deliveries = this.#of(account);
    queueMicrotask(() => deliveries.start(delivery));
  }

  stop(account: string): void {
    this.#accounts.get(account)?.stop();
    this.#accounts.delete(account);
    const { tables, core } = this.#tools;
    core.store.transaction(() => {
      for (const delivery of this.#queued(account)) tables.deliveries.put(account, moved(delivery, 'cancelled'));
    });
  }

  /** A wait that a data file kept from another life of the clock is cut to the longest that is ever waited. */
  resume(account?: string): void {
    if (this.#closed) return;
    const names = account === undefined ? this.#tools.accounts.list().map(({ name }) => name) : [account];
    for (const name of names.filter((known) => this.#tools.accounts.get(known))) {
      const { webhookRetrySpacingMs } = webhookOptions(this.#tools.accounts.expect(name).settings);
      const latest = this.#tools.core.businessClock(name).now() + Math.max(0, ...webhookRetrySpacingMs);
      for (const delivery of this.#queued(name)) this.#of(name).start({ ...delivery, dueAt: Math.min(delivery.dueAt, latest) });
    }
  }

  pending(account: string): number {
    return this.#tools.tables.deliveries.count(account, { where: { state: 'queued' } });
  }

  settled(account: string): Promise<boolean> {
    return this.#closed ? Promise.resolve(false) : this.#of(account).settled();
  }

  circuit(account: string, webhook: WebhookId): CircuitState {
    return this.#accounts.get(account)?.circuit(webhook) ?? 'closed';
  }

  close(): void {
    this.#closed = true;
    for (const deliveries of this.#accounts.values()) deliveries.stop();
    this.#accounts.clear();
    this.#tools.client.close();
  }

  #queued(account: string): Delivery[] {
    return this.#tools.tables.deliveries.find(account, { where: { state: 'queued' } });
  }

  #of(account: string): AccountDeliveries {
    let deliveries = this.#accounts.get(account);
    if (!deliveries) this.#accounts.set(account, (deliveries = new AccountDeliveries(account, this.#tools)));
    return deliveries;
  }
}
