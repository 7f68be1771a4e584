export { createWebhooks } from './create-webhooks.ts';
export { type FaultParam, WEBHOOK_FAULTS } from './delivery/fault-actions.ts';
export type { WebhookAttemptData, WebhookDeliveryData } from './delivery/records.ts';
export type { Attempt, Delivery, InvocationId, Webhook, WebhookId } from './entities.ts';
export { WEBHOOK_DEFAULTS, type WebhookOptions } from './options.ts';
export type { Notification, Webhooks, WebhooksOptions } from './webhooks.ts';
