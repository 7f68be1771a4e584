import type { Delivery, Webhook } from './entities.ts';
import { CONDITIONAL } from './events/event-types.ts';
import type { Notification } from './webhooks.ts';

/** What a trigger may send, body or parameters (vendor's article on testing webhooks). */
const LONGEST = 16_000;

/**
 * The outbox row of a trigger's call.
 * @throws RangeError when the webhook is not connected to triggers, or when more is sent than Zendesk allows.
 */
export function notificationRow(
  webhook: Webhook,
  notification: Notification,
): Pick<Delivery, 'webhook' | 'event' | 'ticket' | 'journey' | 'body' | 'query'> {
  if (!webhook.subscriptions.includes(CONDITIONAL)) {
    throw new RangeError(`webhook ${webhook.id} (${webhook.name}) subscribes to events; a trigger can only call one with ${CONDITIONAL}`);
  }
  const pairs = new URLSearchParams((notification.parameters ?? []).map(([name, value]): [string, string] => [name, value])).toString();
  const inQuery = webhook.httpMethod === 'GET' || webhook.httpMethod === 'DELETE';
  const body = inQuery ? '' : webhook.requestFormat === 'form_encoded' ? pairs : (notification.body ?? '');
  const query = inQuery ? pairs : '';
  const length = Math.max(body.length, query.length);
  if (length > LONGEST) throw new RangeError(`webhook ${webhook.id}: a trigger sends at most ${LONGEST} characters, not ${length}`);
  return {
    webhook: webhook.id,
    event: CONDITIONAL,
    ticket: notification.ticket ?? null,
    journey: notification.journey ?? null,
    body,
    query,
  };
}
