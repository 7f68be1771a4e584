import type { AccountSettings } from '../account/entities.ts';

/** The account's switches that concern webhooks, with their defaults. */
export interface WebhookOptions {
  /** Delay before the first attempt. Zendesk takes about 150 to 1500 ms; 0 by default, so that scenarios are quick. */
  readonly webhookDelayMs: number | readonly [low: number, high: number];
  /** Per attempt, on the wire clock (vendor's testing guide; one article of 2025 says 10 s). */
  readonly webhookTimeoutMs: number;
  /** Waits before the first, second, … retry; the last one repeats. Inferred: the vendor names none. */
  readonly webhookRetrySpacingMs: readonly number[];
  /** Retries of a 429 or 503 that carries a short Retry-After. Inferred: the vendor names no number. */
  readonly webhookRetryAfterRetries: number;
  /** Whether everything else that fails is retried too, three times. Zendesk does not. */
  readonly webhookRetryOthers: boolean;
  /** Invocations per minute; null for no limit. 60 on Zendesk's trial accounts. */
  readonly webhookInvocationsPerMinute: number | null;
  /** How many webhooks the account may have; null for no limit. 10 on Zendesk's trial accounts. */
  readonly webhookLimit: number | null;
  /** Whether a failing endpoint is paused. */
  readonly webhookCircuitBreaker: boolean;
  /** Requests under way to one webhook. Each webhook has its own lane, so one that hangs holds up no other by itself. Inferred. */
  readonly webhookConcurrency: number;
  /**
   * Requests under way in the whole account; more than any one webhook may have, so that one that hangs does not take all. Sixteen that
   * hang with 32 requests each do: then the others wait until a request times out. Inferred.
   */
  readonly webhookAccountConcurrency: number;
  /** Invocations that the activity log keeps, besides Zendesk's seven days. A bound on memory; not Zendesk's. */
  readonly webhookActivityKept: number;
}

export const WEBHOOK_DEFAULTS: WebhookOptions = {
  webhookDelayMs: 0,
  webhookTimeoutMs: 12_000,
  webhookRetrySpacingMs: [1_000, 5_000, 30_000, 60_000, 120_000],
  webhookRetryAfterRetries: 3,
  webhookRetryOthers: false,
  webhookInvocationsPerMinute: null,
  webhookLimit: null,
  webhookCircuitBreaker: true,
  webhookConcurrency: 32,
  webhookAccountConcurrency: 512,
  webhookActivityKept: 5_000,
};

/** The defaults, overruled by what the account's settings say. */
export function webhookOptions(settings: AccountSettings): WebhookOptions {
  const chosen = Object.keys(WEBHOOK_DEFAULTS).filter((name) => settings[name] !== undefined);
  return { ...WEBHOOK_DEFAULTS, ...Object.fromEntries(chosen.map((name) => [name, settings[name]])) };
}
