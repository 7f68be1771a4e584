import type { Collection } from '../../core/collection.ts';
import type { Store } from '../../core/store.ts';
import type { Attempt, Delivery, Webhook, WebhookId } from './entities.ts';

/** One event type that one active webhook wants: what each state change is looked up in. */
export interface Subscription {
  readonly event: string;
  readonly webhook: WebhookId;
}

export interface WebhookTables {
  readonly webhooks: Collection<Webhook>;
  readonly subscriptions: Collection<Subscription>;
  /** The outbox and, once settled, the activity log. */
  readonly deliveries: Collection<Delivery>;
  readonly attempts: Collection<Attempt>;
}

export function webhookTables(store: Store): WebhookTables {
  return {
    webhooks: store.collection<Webhook>({ name: 'webhooks', key: (webhook) => webhook.id }),
    subscriptions: store.collection<Subscription>({
      name: 'webhook_subscriptions',
      key: ({ event, webhook }) => `${webhook} ${event}`,
      indexes: { event: ({ event }) => event, webhook: ({ webhook }) => webhook },
    }),
    deliveries: store.collection<Delivery>({
      name: 'webhook_deliveries',
      key: (delivery) => delivery.id,
      indexes: {
        // A duplicate is not an invocation of its own: it shows as attempts of the one that it repeats.
        webhook: ({ id, webhook, duplicateOf }) => (duplicateOf === null || duplicateOf === id ? webhook : null),
        state: ({ state }) => state,
        completed: ({ latest }) => latest?.completedAt ?? null,
        // What the log is filtered by, of those that did not go well: the others cost these indexes nothing.
        trouble: ({ latest }) => (latest === null || latest.status === 'success' ? null : latest.status),
        trouble_code: ({ latest }) => (latest?.statusCode != null && latest.statusCode >= 400 ? latest.statusCode : null),
      },
      coarse: ['state'],
    }),
    attempts: store.collection<Attempt>({
      name: 'webhook_attempts',
      key: (attempt) => attempt.id,
      indexes: { invocation: ({ invocation }) => invocation },
    }),
  };
}
