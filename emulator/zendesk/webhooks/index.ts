export type { Notification, Webhooks, WebhooksOptions } from './webhooks.ts';
export type { Attempt, Delivery, InvocationId, Webhook, WebhookId } from './entities.ts';
export { WEBHOOK_DEFAULTS, type WebhookOptions } from './options.ts';
