import type { Delivery, Webhook } from './entities.ts';
import { CONDITIONAL } from './events/event-types.ts';
import type { Notification } from './webhooks.ts';

/** What a trigger may send, body or parameters (vendor's article on testing webhooks). */
const LONGEST = 16_000;

/**
 * The outbox row of a trigger's call.
 * @throws RangeError when the webhook is not connected to triggers, takes what it is sent in the other form (a text, or pairs), or is sent
 * more than Zendesk allows.
 */
export function notificationRow(
  webhook: Webhook,
  notification: Notification,
): Pick<Delivery, 'webhook' | 'event' | 'ticket' | 'journey' | 'body' | 'query'> {
  if (!webhook.subscriptions.includes(CONDITIONAL)) {
    throw new RangeError(`webhook ${webhook.id} (${webhook.name}) subscribes to events; a trigger can only call one with ${CONDITIONAL}`);
  }
  const { body: text, parameters } = notification;
  const pairs = new URLSearchParams((parameters ?? []).map(([name, value]): [string, string] => [name, value])).toString();
  const inQuery = webhook.httpMethod === 'GET' || webhook.httpMethod === 'DELETE';
  const takesPairs = inQuery || webhook.requestFormat === 'form_encoded';
  // Sent without what it should say it would pass for a call.
  if (takesPairs && !parameters && text) throw unfit(webhook, 'pairs of name and value', 'a text');
  if (!takesPairs && text === undefined && parameters?.length) throw unfit(webhook, 'a text', 'pairs of name and value');
  const body = inQuery ? '' : takesPairs ? pairs : (text ?? '');
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

function unfit({ id, httpMethod, requestFormat }: Webhook, taken: string, given: string): RangeError {
  return new RangeError(`webhook ${id} (${httpMethod}, ${requestFormat}) takes ${taken} of a trigger, not ${given}`);
}
