import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Core, createCore } from '../../../core/core.ts';
import type { JournalEntry } from '../../../core/journal.ts';
import { type Account, type Accounts, type AccountSettings, createAccounts } from '../../account/index.ts';
import type { TicketChange } from '../../support/index.ts';
import { createWebhooks, type WebhookAttemptData, type Webhooks } from '../index.ts';
import type { AnswerBody } from './answer-body.ts';
import { someTicket, someUser } from './fixtures.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as parsed JSON: what it has depends on what was asked for. */
  readonly body: AnswerBody;
}

/** Core, one account and its webhooks behind a real HTTP server; state changes are journaled as Support does. */
export class World {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly webhooks: Webhooks;
  readonly account: Account & { apiToken: string };
  readonly #server: http.Server;
  #tickets = 34;

  private constructor(settings: AccountSettings, dataFile?: string) {
    this.core = createCore({ seed: 7, ...(dataFile === undefined ? {} : { dataFile }) });
    this.accounts = createAccounts(this.core);
    this.accounts.directory = (_account, email) => {
      const role = email.startsWith('agent') ? 'agent' : 'admin';
      return { id: 6130907993114, role, verified: true, active: true };
    };
    const known = this.accounts.get('acme');
    this.account = known ? { ...known, apiToken: this.accounts.apiToken('acme') } : this.accounts.create({ subdomain: 'acme', settings });
    this.webhooks = createWebhooks({
      core: this.core,
      accounts: this.accounts,
      support: { users: { get: () => someUser() }, fields: { get: () => undefined } },
    });
    const app = express();
    app.use(this.accounts.select());
    app.use('/api/v2', this.webhooks.router());
    app.use(this.accounts.errors());
    this.#server = http.createServer(app);
  }

  static async open(settings: AccountSettings = {}, dataFile?: string): Promise<World> {
    const world = new World(settings, dataFile);
    world.#server.listen(0, '127.0.0.1');
    await once(world.#server, 'listening');
    return world;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/zendesk/acme`;
  }

  async api(method: string, path: string, body?: unknown, email = this.account.email): Promise<Answer> {
    const authorization = `Basic ${Buffer.from(`${email}/token:${this.account.apiToken}`).toString('base64')}`;
    const response = await fetch(`${this.base}/api/v2${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: (text === '' ? undefined : JSON.parse(text)) as AnswerBody };
  }

  /** Follows a link of an answer as a client does. */
  async follow(link = ''): Promise<AnswerBody> {
    return (await this.api('GET', link.slice(`${this.base}/api/v2`.length))).body;
  }

  /** Creates a webhook over the API and returns its id and secret. */
  async hook(endpoint: string, over: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
    const webhook = { ...draft(endpoint), ...over };
    const { body } = await this.api('POST', '/webhooks', { webhook });
    const { body: secret } = await this.api('GET', `/webhooks/${body.webhook.id}/signing_secret`);
    return { id: body.webhook.id, secret: secret.signing_secret.secret };
  }

  /** What Support journals when a ticket is created. */
  createTicket(over: Parameters<typeof someTicket>[0] = {}): number {
    const ticket = someTicket({ id: ++this.#tickets, ...over });
    this.#journal('ticket.created', ticket, {});
    return ticket.id;
  }

  updateTicket(over: Parameters<typeof someTicket>[0], changes: readonly TicketChange[]): void {
    this.#journal('ticket.updated', someTicket(over), { changes });
  }

  #journal(kind: string, ticket: ReturnType<typeof someTicket>, more: object): void {
    this.core.store.transaction(() => {
      const journey = this.core.journeys.find('acme', `ticket:${ticket.id}`) ?? null;
      const data = { ticket, actorId: ticket.submitter_id, sequence: `seq-${this.core.ids.hex(8)}`, ...more };
      this.core.journal.append({ kind, account: 'acme', journey, from: 'zendesk', label: `${kind} ${ticket.id}`, data });
    });
  }

  /** The journal's n-th attempt, counted from 1. */
  async attempt(count: number): Promise<JournalEntry<WebhookAttemptData>> {
    return (await this.#nth('webhook.attempt', count)) as JournalEntry<WebhookAttemptData>;
  }

  /** The n-th delivery that came to its end. */
  async ended(count: number): Promise<JournalEntry<{ state: string; attempts: number }>> {
    return (await this.#nth('webhook.delivery', count)) as JournalEntry<{ state: string; attempts: number }>;
  }

  async #nth(kind: string, count: number): Promise<JournalEntry> {
    const { journal } = this.core;
    await journal.waitFor(`${kind} number ${count}`, () => journal.read({ kind }).length >= count, 10_000);
    return journal.read({ kind })[count - 1] as JournalEntry;
  }

  /** Moves the business clock, and lets what fell due begin. */
  advance(milliseconds: number): void {
    this.core.businessClock('acme').advance(milliseconds);
  }

  async close(): Promise<void> {
    this.webhooks.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
    this.core.close();
  }
}

export function draft(endpoint: string): Record<string, unknown> {
  return {
    name: 'opencx-messaging-ticket-link',
    status: 'active',
    endpoint,
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
  };
}
