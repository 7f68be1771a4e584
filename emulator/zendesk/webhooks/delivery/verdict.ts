import type { ActivityStatus } from '../entities.ts';
import type { WebhookOptions } from '../options.ts';
import type { Reply } from './http-client.ts';

export interface Verdict {
  readonly status: ActivityStatus;
  /** Null when there was no answer at all. */
  readonly statusCode: number | null;
  /** Set when the failure is of a kind that is retried, as long as retries are left. */
  readonly retry: { readonly limit: number; readonly waitMs: number | null } | null;
}

/** A receiver may ask for less than this; whoever asks for more is not tried again. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Retries per kind of failure (vendor's article on testing webhooks). Everything else is tried once. */
const CONFLICT_RETRIES = 3;
const TIMEOUT_RETRIES = 5;
/** With the switch `webhookRetryOthers`, which is not Zendesk's behaviour. */
const OTHER_RETRIES = 3;

/**
 * What an attempt's outcome means.
 * @param now wire time in milliseconds, against which a Retry-After date is read
 */
export function judge(reply: Exclude<Reply, { kind: 'aborted' }>, options: WebhookOptions, now: number): Verdict {
  const others = options.webhookRetryOthers ? { limit: OTHER_RETRIES, waitMs: null } : null;
  // The activity log shows a timeout as 504.
  if (reply.kind === 'timeout') return { status: 'failed', statusCode: 504, retry: { limit: TIMEOUT_RETRIES, waitMs: null } };
  if (reply.kind === 'error') return { status: 'failed', statusCode: null, retry: others };
  const { status: statusCode } = reply;
  if (statusCode >= 200 && statusCode < 300) return { status: 'success', statusCode, retry: null };
  if (statusCode === 409) return { status: 'failed', statusCode, retry: { limit: CONFLICT_RETRIES, waitMs: null } };
  if (statusCode === 429 || statusCode === 503) {
    const header = reply.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
    const waitMs = retryAfter(header, now);
    if (waitMs !== null && waitMs < LONGEST_RETRY_AFTER_MS) {
      return { status: 'failed', statusCode, retry: { limit: options.webhookRetryAfterRetries, waitMs } };
    }
  }
  return { status: 'terminated', statusCode, retry: others };
}

/** The three forms of a date in a header (RFC 9110 §5.6.7); all of them are in GMT, of which the last one says nothing. */
const HTTP_DATE = /^(?:\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT|\w{6,9}, \d\d-\w{3}-\d\d [\d:]{8} GMT|\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})$/;

/** Milliseconds to wait; seconds or a date (RFC 9110 §10.2.3). Whatever else stands there asks for nothing. */
function retryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return null;
  const date = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** How long to wait before the retry that follows so many. */
export function spacing(options: WebhookOptions, retriesSoFar: number): number {
  const waits = options.webhookRetrySpacingMs;
  return waits[Math.min(retriesSoFar, waits.length - 1)] ?? 0;
}
