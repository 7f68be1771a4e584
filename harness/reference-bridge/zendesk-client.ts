import type { BridgeConfig } from './config.ts';

/** The parts of Zendesk's JSON that this bridge reads. */
export interface ZendeskTicket {
  readonly id: number;
  readonly requester_id: number;
  /** ISO 8601, whole seconds. */
  readonly created_at: string;
  readonly via: { readonly channel: string; readonly source: { readonly from?: { readonly phone?: string | null } } };
}

export interface ZendeskUser {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly organization_id: number | null;
  readonly user_fields: Readonly<Record<string, unknown>>;
}

export interface ZendeskOrganization {
  readonly id: number;
  readonly organization_fields: Readonly<Record<string, unknown>>;
}

interface ZendeskWebhook {
  readonly id: string;
  readonly name: string;
}

const EVENTS = ['messaging_ticket.message_added', 'ticket.status_changed', 'ticket.created'].map((name) => `zen:event-type:${name}`);

/** Zendesk's REST API as this bridge uses it: Basic `email/token:token`, JSON, a clear error for every refusal. */
export class ZendeskClient {
  readonly #base: string;
  readonly #authorization: string;

  constructor(config: BridgeConfig) {
    this.#base = `${config.zendeskUrl}/api/v2`;
    this.#authorization = `Basic ${Buffer.from(`${config.email}/token:${config.apiToken}`).toString('base64')}`;
  }

  async ticket(id: number): Promise<ZendeskTicket> {
    return (await this.#send<{ ticket: ZendeskTicket }>('GET', `/tickets/${id}`)).ticket;
  }

  async user(id: number): Promise<ZendeskUser> {
    return (await this.#send<{ user: ZendeskUser }>('GET', `/users/${id}`)).user;
  }

  async organization(id: number): Promise<ZendeskOrganization> {
    return (await this.#send<{ organization: ZendeskOrganization }>('GET', `/organizations/${id}`)).organization;
  }

  async searchUsersByPhone(phone: string): Promise<ZendeskUser[]> {
    return (await this.#send<{ users: ZendeskUser[] }>('GET', `/users/search?query=${encodeURIComponent(phone)}`)).users;
  }

  /**
   * Creates or updates the webhook of this name and returns its signing secret. Zendesk does not keep names unique, so
   * an upsert lists, compares exactly, and removes what an earlier mistake left behind.
   */
  async saveWebhook(name: string, endpoint: string, options: { alwaysCreate: boolean }): Promise<string> {
    const draft = { name, endpoint, status: 'active', http_method: 'POST', request_format: 'json', subscriptions: EVENTS };
    const [first, ...rest] = options.alwaysCreate ? [] : await this.#webhooksNamed(name);
    let id: string;
    if (first) {
      id = first.id;
      await this.#send('PUT', `/webhooks/${id}`, { webhook: draft });
      for (const extra of rest) await this.#send('DELETE', `/webhooks/${extra.id}`);
    } else {
      id = (await this.#send<{ webhook: ZendeskWebhook }>('POST', '/webhooks', { webhook: draft })).webhook.id;
    }
    const answer = await this.#send<{ signing_secret: { secret: string } }>('GET', `/webhooks/${id}/signing_secret`);
    return answer.signing_secret.secret;
  }

  async #webhooksNamed(name: string): Promise<ZendeskWebhook[]> {
    const found = await this.#send<{ webhooks: ZendeskWebhook[] }>('GET', `/webhooks?filter[name_contains]=${encodeURIComponent(name)}`);
    return found.webhooks.filter((webhook) => webhook.name === name);
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { Authorization: this.#authorization, 'Content-Type': 'application/json', Accept: 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Zendesk answered ${response.status} to ${method} ${path}: ${text.slice(0, 200)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
