import { isoSeconds } from '../account/index.ts';
import type { Attempt, Authentication, Delivery, HeaderList, Webhook } from './entities.ts';
import { nanoseconds, roundedSeconds } from './times.ts';

/** What is unset is absent, never null; secrets are left out (recorded for basic and bearer, inferred for API keys). */
export function webhookJson(webhook: Webhook, as: 'created' | 'read'): Record<string, unknown> {
  const time = as === 'created' ? nanoseconds(webhook.createdAt, webhook.createdAtFraction) : roundedSeconds(webhook.createdAt);
  return {
    id: webhook.id,
    name: webhook.name,
    description: webhook.description,
    status: webhook.status,
    ...(webhook.subscriptions.length > 0 ? { subscriptions: webhook.subscriptions } : {}),
    created_at: time,
    created_by: String(webhook.createdBy),
    updated_at: webhook.updatedAt === undefined ? undefined : roundedSeconds(webhook.updatedAt),
    updated_by: webhook.updatedBy === undefined ? undefined : String(webhook.updatedBy),
    endpoint: webhook.endpoint,
    http_method: webhook.httpMethod,
    request_format: webhook.requestFormat,
    authentication: webhook.authentication && authenticationJson(webhook.authentication),
    custom_headers: webhook.customHeaders,
    external_source: webhook.externalSource,
  };
}

function authenticationJson({ type, data }: Authentication): Record<string, unknown> {
  const shown = type === 'basic_auth' ? { username: data.username } : type === 'api_key' ? { name: data.name } : undefined;
  return { type, data: shown, add_position: 'header' };
}

export function secretJson(secret: string): Record<string, unknown> {
  return { signing_secret: { secret, algorithm: 'SHA256' } };
}

export function invocationJson({ id, latest }: Delivery): Record<string, unknown> {
  return {
    id,
    status_code: latest?.statusCode ?? undefined,
    status: latest?.status,
    latest_completed_at: isoSeconds(latest?.completedAt ?? 0),
  };
}

/** Recorded: the attempt's `id` is the webhook's; attempts that were not made have neither request nor response. */
export function attemptJson(attempt: Attempt): Record<string, unknown> {
  const message = (part: { headers: HeaderList; body: string } | null): Record<string, unknown> | undefined =>
    part === null ? undefined : { headers: headersJson(part.headers), payload: part.body };
  return {
    id: attempt.webhook,
    invocation_id: attempt.invocation,
    status_code: attempt.statusCode ?? undefined,
    status: attempt.status,
    request: message(attempt.request),
    response: message(attempt.response),
    completed_at: isoSeconds(attempt.completedAt),
  };
}

export function headersJson(headers: HeaderList): { key: string; value: string }[] {
  return headers.map(([key, value]) => ({ key, value }));
}
