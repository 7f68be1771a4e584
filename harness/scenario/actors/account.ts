import type { SettingsPatch, TicketTiming } from '../../emulator/drafts.ts';
import { OWN_MARK } from '../../own-reads.ts';
import type { Stage } from '../stage.ts';

/** The parts of a webhook that scenarios look at. */
export interface WebhookSummary {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly status: string;
}

/** The Zendesk account that bridge and emulator share. */
export class AccountActor {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  get subdomain(): string {
    return this.stage.run.up.account.subdomain;
  }

  get title(): string {
    return `account ${this.subdomain}`;
  }

  /** Changes settings until the end of the scenario. */
  async has(settings: SettingsPatch): Promise<void> {
    await this.stage.control.changeSettings(settings);
  }

  /** When a call that overflows gets its ticket: `queue_entry` with omnichannel routing, `call_end` without. */
  opensTickets(timing: TicketTiming): Promise<void> {
    return this.has({ talk: { omnichannel: timing !== 'call_end', ticketTiming: timing } });
  }

  /** Moves the account's clock (queue limits, wrap-up, retry schedules); SIP and media keep real time. */
  async timePasses(milliseconds: number): Promise<void> {
    await this.stage.control.advance(milliseconds);
  }

  /** Reads Zendesk's REST API; `path` from `/api/v2` on. @throws as `send` does */
  get<T = unknown>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  /**
   * Uses Zendesk's REST API with the account's own credentials, `path` from `/api/v2` on. These requests are marked and do
   * not count as the bridge's.
   * @throws Error with status and body when it is refused
   */
  async send<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const { url, email, apiToken } = this.stage.run.up.account;
    const credentials = Buffer.from(`${email}/token:${apiToken}`).toString('base64');
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json', ...OWN_MARK },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} in ${this.title} was answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Adds a user until the end of the scenario; properties as in Zendesk's API. @returns its id */
  async knows(user: { readonly name: string; readonly [property: string]: unknown }): Promise<number> {
    return (await this.send<{ user: { id: number } }>('POST', '/api/v2/users', { user })).user.id;
  }

  async ticket(id: number): Promise<Readonly<Record<string, unknown>>> {
    return (await this.get<{ ticket: Record<string, unknown> }>(`/api/v2/tickets/${id}.json`)).ticket;
  }

  async webhooks(): Promise<readonly WebhookSummary[]> {
    return (await this.get<{ webhooks: WebhookSummary[] }>('/api/v2/webhooks')).webhooks;
  }
}
