export { createWebhooks } from './create-webhooks.ts';
export { WEBHOOK_FAULT_ACTIONS } from './delivery/mischief.ts';
export type { WebhookAttemptData, WebhookDeliveryData } from './delivery/records.ts';
export type { Attempt, Delivery, InvocationId, Webhook, WebhookId } from './entities.ts';
export { WEBHOOK_DEFAULTS, type WebhookOptions } from './options.ts';
export type { Notification, Webhooks, WebhooksOptions } from './webhooks.ts';
