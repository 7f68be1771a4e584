import type { Core } from '../../../core/core.ts';
import type { JourneyId } from '../../../core/ids.ts';
import type { Attempt, Delivery, HeaderList, Webhook } from '../entities.ts';
import { shortType } from '../events/event-types.ts';
import type { WebhookTables } from '../tables.ts';
import type { Reply } from './http-client.ts';
import { moved, SETTLED } from './lifecycle.ts';
import { threadOf } from './mischief.ts';
import type { Verdict } from './verdict.ts';

/** Data of a `webhook.attempt` entry. */
export interface WebhookAttemptData {
  readonly webhook: string;
  readonly name: string;
  readonly invocation: string;
  readonly attempt: number;
  /** Whether this is a duplicate that a fault asked for. */
  readonly duplicate: boolean;
  readonly event: string;
  readonly ticket: number | null;
  /** HTTP status of the answer; 504 for a timeout; null when there was no answer, or no request. */
  readonly status: number | null;
  readonly outcome: Attempt['status'];
  readonly durationMs: number;
  readonly request: { readonly headers: Record<string, string>; readonly body: string } | null;
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: string } | null;
  /** Why there was no answer. */
  readonly error?: string;
}

/** Data of a `webhook.delivery` entry: how a delivery ended. */
export interface WebhookDeliveryData {
  readonly webhook: string;
  readonly invocation: string;
  readonly event: string;
  readonly ticket: number | null;
  readonly state: Delivery['state'];
  readonly attempts: number;
}

/** One attempt, made or not made. */
export interface Tried {
  readonly verdict: Verdict;
  /** Null for throttled and circuit-broken attempts. */
  readonly request: { readonly headers: HeaderList; readonly body: string } | null;
  readonly reply: Exclude<Reply, { kind: 'aborted' }> | null;
  readonly durationMs: number;
}

const KEPT_DAYS_MS = 7 * 24 * 3_600_000;
/** Settled deliveries between two rounds of clearing up: few, so that no delivery waits long for a round. */
const CLEAR_EVERY = 100;
/** A round counts the whole log: of a long log this share settles first. */
const CLEAR_SHARE = 1 / 50;

/** Writes what becomes of deliveries: outbox row, activity log and journal entry in one transaction. */
export class DeliveryRecords {
  readonly #core: Core;
  readonly #tables: WebhookTables;
  readonly #kept: (account: string) => number;
  readonly #settled = new Map<string, number>();

  /** @param kept how many settled deliveries an account's log holds */
  constructor(core: Core, tables: WebhookTables, kept: (account: string) => number) {
    this.#core = core;
    this.#tables = tables;
    this.#kept = kept;
  }

  /** The delivery as it is after the attempt. `next` says where it goes from here. */
  attempt(
    account: string,
    before: Delivery,
    webhook: Webhook,
    tried: Tried,
    next: Pick<Delivery, 'state' | 'dueAt' | 'retries'>,
  ): Delivery {
    const { verdict } = tried;
    const completedAt = this.#core.businessClock(account).now();
    const { state, ...change } = next;
    const number = before.attempts + 1;
    const after = moved(before, state, {
      ...change,
      attempts: number,
      latest: { status: verdict.status, statusCode: verdict.statusCode, completedAt },
    });
    const response = tried.reply?.kind === 'response' ? { headers: tried.reply.headers, body: tried.reply.body } : null;
    const invocation = before.duplicateOf ?? before.id;
    this.#core.store.transaction(() => {
      this.#tables.deliveries.replace(account, before, after);
      // A copy that comes late may have outlived what it repeats: its attempts would belong to nothing, and stay for ever.
      const shown = invocation === before.id || this.#tables.deliveries.get(account, invocation) !== undefined;
      const { status, statusCode } = verdict;
      const attempt = { id: this.#core.ids.ulid(), invocation, webhook: before.webhook, number, status, statusCode, completedAt };
      if (shown) this.#tables.attempts.insert(account, { ...attempt, request: tried.request, response });
      this.#journalAttempt(account, after, webhook, tried);
      if (state !== 'queued') this.#journalEnd(account, after);
    });
    if (state !== 'queued') this.#clearUp(account, completedAt);
    return after;
  }

  /** An ending without an attempt: dropped by a fault, cancelled because the webhook is gone or inactive, failed by a bug of ours. */
  end(account: string, before: Delivery, state: 'dropped' | 'cancelled' | 'failed'): void {
    const after = moved(before, state);
    this.#core.store.transaction(() => {
      this.#tables.deliveries.replace(account, before, after);
      this.#journalEnd(account, after);
    });
    this.#clearUp(account, this.#core.businessClock(account).now());
  }

  #journalAttempt(account: string, delivery: Delivery, webhook: Webhook, { verdict, request, reply, durationMs }: Tried): void {
    const response = reply?.kind === 'response' ? reply : undefined;
    const outcome = verdict.statusCode === null ? verdict.status : String(verdict.statusCode);
    const again = delivery.attempts > 1 ? ` (attempt ${delivery.attempts})` : '';
    const { redactor } = this.#core;
    this.#core.journal.append<WebhookAttemptData>({
      kind: 'webhook.attempt',
      account,
      ...this.#about(account, delivery),
      from: 'zendesk',
      to: 'bridge',
      label: `${shortType(delivery.event)}${delivery.ticket === null ? '' : ` #${delivery.ticket}`} ${outcome}${again}`,
      data: {
        webhook: webhook.id,
        name: webhook.name,
        invocation: delivery.duplicateOf ?? delivery.id,
        attempt: delivery.attempts,
        duplicate: delivery.duplicateOf !== null,
        event: delivery.event,
        ticket: delivery.ticket,
        status: verdict.statusCode,
        outcome: verdict.status,
        durationMs: Math.round(durationMs * 1000) / 1000,
        request: request && { headers: redactor.headers(Object.fromEntries(request.headers)), body: redactor.text(request.body) },
        response: response
          ? { status: response.status, headers: redactor.headers(Object.fromEntries(response.headers)), body: redactor.text(response.body) }
          : null,
        ...(reply?.kind === 'error' ? { error: `${reply.code}: ${reply.message}` } : {}),
        ...(reply?.kind === 'timeout' ? { error: 'no complete answer in time' } : {}),
      },
    });
  }

  #journalEnd(account: string, delivery: Delivery): void {
    const { webhook, event, ticket, state, attempts } = delivery;
    this.#core.journal.append<WebhookDeliveryData>({
      kind: 'webhook.delivery',
      account,
      ...this.#about(account, delivery),
      from: 'zendesk',
      label: `${shortType(event)} ${state} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
      data: { webhook, invocation: delivery.duplicateOf ?? delivery.id, event, ticket, state, attempts },
    });
  }

  /** The ticket may have joined a journey since the event. */
  #about(account: string, delivery: Delivery): Pick<Parameters<Core['journal']['append']>[0], 'journey' | 'thread'> {
    const byTicket = (): JourneyId | undefined =>
      delivery.ticket === null ? undefined : this.#core.journeys.find(account, `ticket:${delivery.ticket}`);
    return { journey: delivery.journey ?? byTicket() ?? null, thread: threadOf(delivery) };
  }

  /** Keeps the log to seven days, and to a bound that the account's settings name. */
  #clearUp(account: string, now: number): void {
    const settled = (this.#settled.get(account) ?? 0) + 1;
    const isDue = settled >= Math.max(CLEAR_EVERY, this.#kept(account) * CLEAR_SHARE);
    this.#settled.set(account, isDue ? 0 : settled);
    if (!isDue) return;
    const { deliveries } = this.#tables;
    // By time alone: together with the state SQLite would look at every delivery that there is.
    const aged = deliveries.find(account, { where: { completed: { lt: now - KEPT_DAYS_MS } } });
    const old = aged.filter(({ state }) => SETTLED.includes(state));
    // What is still to be sent is no part of the log.
    const waiting = deliveries.count(account, { where: { state: 'queued' } });
    const surplus = deliveries.count(account) - waiting - old.length - this.#kept(account);
    const more = surplus > 0 ? this.#oldestSettled(account, surplus) : [];
    this.#core.store.transaction(() => {
      for (const { id } of [...old, ...more]) {
        deliveries.delete(account, id);
        for (const attempt of this.#tables.attempts.find(account, { where: { invocation: id } })) {
          this.#tables.attempts.delete(account, attempt.id);
        }
      }
    });
  }

  /** One state after the other: SQLite has to sort what it finds for several at once. */
  #oldestSettled(account: string, limit: number): Delivery[] {
    const found = SETTLED.flatMap((state) => this.#tables.deliveries.find(account, { where: { state }, limit }));
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
  }
}
