import type { Core } from '../../core/core.ts';
import type { Accounts } from '../account/index.ts';
import type { WebhookDraft, WholeDraft } from './drafts.ts';
import type { ExternalSource, Webhook, WebhookId } from './entities.ts';
import { appWebhook, tooManyWebhooks, webhookNotFound } from './errors.ts';
import { webhookOptions } from './options.ts';
import type { WebhookTables } from './tables.ts';

/** The system's user id, as `created_by` shows it. */
const SYSTEM_USER = -1;

export interface WebhookFilter {
  readonly nameContains?: string | null;
  readonly status?: string | null;
}

/** The webhooks of the accounts: the only place that changes them. */
export class WebhookService {
  readonly #core: Core;
  readonly #accounts: Accounts;
  readonly #tables: WebhookTables;
  readonly #random;
  /** Under which names the redactor has the secrets of an account's webhooks. */
  readonly #owners = new Map<string, Set<string>>();

  constructor(options: { core: Core; accounts: Accounts; tables: WebhookTables }) {
    this.#core = options.core;
    this.#accounts = options.accounts;
    this.#tables = options.tables;
    this.#random = options.core.random.fork('webhook-secrets');
    for (const [account, webhook] of this.#tables.webhooks.everywhere()) this.#hide(account, webhook);
    this.#tables.webhooks.watch((account, key) => {
      if (key === undefined) options.core.store.afterCommit(() => this.#hideAnew(account));
    });
  }

  /** Names need not be unique. @throws ApiError (403) at the account's limit. */
  create(account: string, draft: WholeDraft, userId: number | null, externalSource?: ExternalSource): Webhook {
    return this.#insert(account, {
      ...whole(draft),
      signingSecret: draft.signingSecret ?? this.#newSecret(),
      ...this.#birth(account, userId),
      ...(externalSource ? { externalSource } : {}),
    });
  }

  /** The copy has the original's credentials, and an id, dates and a signing secret of its own (the secret: inferred). */
  clone(account: string, id: string, userId: number | null): Webhook {
    const { updatedAt: _at, updatedBy: _by, ...original } = this.expect(account, id);
    if (original.externalSource) throw appWebhook();
    return this.#insert(account, {
      ...original,
      name: `${original.name} (copy)`,
      signingSecret: this.#newSecret(),
      ...this.#birth(account, userId),
    });
  }

  get(account: string, id: string): Webhook | undefined {
    return this.#tables.webhooks.get(account, id);
  }

  /** @throws ApiError (404) */
  expect(account: string, id: string): Webhook {
    const webhook = this.get(account, id);
    if (!webhook) throw webhookNotFound(id);
    return webhook;
  }

  /** Newest first. */
  list(account: string, filter: WebhookFilter = {}): Webhook[] {
    return this.#tables.webhooks
      .find(account, { order: ['-key'] })
      .filter((webhook) => webhook.name.includes(filter.nameContains ?? '') && (filter.status ?? webhook.status) === webhook.status);
  }

  /**
   * Full replacement: description, authentication and custom headers that are left out disappear, subscriptions stay
   * (recorded, but for the custom headers: inferred).
   */
  replace(account: string, id: string, draft: WholeDraft, userId: number | null): Webhook {
    const stored = this.expect(account, id);
    const { description: _description, authentication: _authentication, customHeaders: _headers, ...kept } = stored;
    return this.#update(account, { ...kept, ...mentioned(draft) }, userId);
  }

  patch(account: string, id: string, draft: WebhookDraft, userId: number | null): Webhook {
    const { authentication, ...stored } = this.expect(account, id);
    const kept = draft.authentication === undefined && authentication ? { authentication } : {};
    return this.#update(account, { ...stored, ...kept, ...mentioned(draft) }, userId);
  }

  delete(account: string, id: string): void {
    if (this.expect(account, id).externalSource) throw appWebhook();
    this.#core.store.transaction(() => {
      this.#hideOn(account, id);
      this.#tables.webhooks.delete(account, id);
      this.#subscribe(account, id as WebhookId, []);
    });
  }

  /** @throws ApiError (404; 403 for an app's webhook) */
  signingSecret(account: string, id: string): string {
    const webhook = this.expect(account, id);
    if (webhook.externalSource) throw appWebhook();
    return webhook.signingSecret;
  }

  /** The old secret is invalid at once, also for attempts of deliveries that are already under way (inferred). */
  resetSigningSecret(account: string, id: string): string {
    this.signingSecret(account, id);
    const secret = this.#newSecret();
    this.#save(account, { ...this.expect(account, id), signingSecret: secret });
    return secret;
  }

  #insert(account: string, webhook: Webhook): Webhook {
    const limit = webhookOptions(this.#accounts.expect(account).settings).webhookLimit;
    if (limit !== null && this.#tables.webhooks.count(account) >= limit) throw tooManyWebhooks(limit);
    return this.#save(account, webhook);
  }

  #update(account: string, webhook: Webhook, userId: number | null): Webhook {
    const updatedAt = this.#core.businessClock(account).now();
    return this.#save(account, { ...webhook, updatedAt, updatedBy: userId ?? SYSTEM_USER });
  }

  #save(account: string, webhook: Webhook): Webhook {
    this.#core.store.transaction(() => {
      this.#hide(account, webhook);
      this.#hideOn(account, webhook.id);
      this.#tables.webhooks.put(account, webhook);
      this.#subscribe(account, webhook.id, webhook.status === 'active' ? webhook.subscriptions : []);
    });
    return webhook;
  }

  #subscribe(account: string, webhook: WebhookId, events: readonly string[]): void {
    const { subscriptions } = this.#tables;
    for (const old of subscriptions.find(account, { where: { webhook } })) subscriptions.delete(account, `${webhook} ${old.event}`);
    for (const event of events) subscriptions.put(account, { event, webhook });
  }

  #birth(account: string, userId: number | null): Pick<Webhook, 'id' | 'createdAt' | 'createdAtFraction' | 'createdBy'> {
    return {
      id: this.#core.ids.ulid() as WebhookId,
      createdAt: this.#core.businessClock(account).now(),
      createdAtFraction: this.#random.int(0, 999_999),
      createdBy: userId ?? SYSTEM_USER,
    };
  }

  #newSecret(): string {
    return Buffer.from(this.#random.bytes(32)).toString('base64');
  }

  #hide(account: string, webhook: Webhook): void {
    const owners = this.#owners.get(account) ?? new Set();
    const owner = `webhook ${webhook.id} of ${account}`;
    this.#owners.set(account, owners.add(owner));
    for (const secret of secretsOf(webhook)) this.#core.redactor.add(secret, owner);
  }

  /** Once the change is committed: what the webhook still has after it is hidden on. */
  #hideOn(account: string, id: string): void {
    this.#core.store.afterCommit(() => {
      const owner = `webhook ${id} of ${account}`;
      this.#core.redactor.forget(owner);
      this.#owners.get(account)?.delete(owner);
      const now = this.get(account, id);
      if (now) this.#hide(account, now);
    });
  }

  /** The account was put to another state, or is gone. */
  #hideAnew(account: string): void {
    for (const owner of this.#owners.get(account) ?? []) this.#core.redactor.forget(owner);
    this.#owners.delete(account);
    for (const webhook of this.#tables.webhooks.find(account)) this.#hide(account, webhook);
  }
}

function secretsOf({ signingSecret, authentication }: Webhook): string[] {
  if (authentication?.type === 'basic_auth') return [signingSecret, authentication.data.password];
  if (authentication?.type === 'bearer_token') return [signingSecret, authentication.data.token];
  if (authentication?.type === 'api_key') return [signingSecret, authentication.data.value];
  return [signingSecret];
}

type WebhookBody = Omit<Webhook, 'id' | 'createdAt' | 'createdAtFraction' | 'createdBy' | 'signingSecret'>;

function whole(draft: WholeDraft): WebhookBody {
  const { name, status, endpoint, httpMethod, requestFormat, subscriptions = [] } = draft;
  return { ...mentioned(draft), name, status, endpoint, httpMethod, requestFormat, subscriptions };
}

/** The properties that a draft mentions. Null takes the authentication away; the signing secret is set at creation only. */
function mentioned({ signingSecret: _secret, authentication, ...draft }: WebhookDraft): Partial<WebhookBody> {
  const present = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
  return { ...present, ...(authentication ? { authentication } : {}) };
}
