import { createClient } from 'node-zendesk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AnswerBody, WebhookBody } from '../testing/answer-body.ts';
import { isSigned, Receiver } from '../testing/receiver.ts';
import { draft, World } from '../testing/world.ts';

let world: World;
let receiver: Receiver;

beforeEach(async () => {
  world = await World.open();
  receiver = await Receiver.open();
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

/** What the client gives back: it types answers as plain objects. */
async function resultOf<Result>(answer: Promise<object>): Promise<Result> {
  return ((await answer) as { result: Result }).result;
}

it('serves the npm client node-zendesk: every call that it has', async () => {
  const options = { username: world.account.email, token: world.account.apiToken, endpointUri: `${world.base}/api/v2` };
  const { webhooks } = createClient({ ...options, subdomain: 'acme' });
  const made = await resultOf<WebhookBody>(webhooks.create({ webhook: draft(receiver.url) }));
  expect(made).toMatchObject({ id: expect.any(String), name: 'opencx-messaging-ticket-link' });
  const { id } = made;
  await webhooks.update(id, { webhook: { ...draft(receiver.url), name: 'renamed' } });
  expect(await resultOf(webhooks.show(id))).toMatchObject({ id, name: 'renamed', subscriptions: ['zen:event-type:ticket.created'] });
  expect([await webhooks.list()].flat(2)).toMatchObject([{ id, name: 'renamed' }]);
  expect(await resultOf(webhooks.test({ request: { payload: '{}' } }, id))).toMatchObject({ response: { status_code: 200 } });

  const reset = await resultOf(webhooks.resetSigningSecret(id));
  const secret = await resultOf<Pick<AnswerBody, 'signing_secret'>>(webhooks.getSigningSecret(id));
  expect(reset).toEqual(secret);
  world.createTicket();
  expect(isSigned(await receiver.received(2), secret.signing_secret.secret)).toBe(true);
  await world.ended(1);

  const { invocations } = await resultOf<Pick<AnswerBody, 'invocations'>>(webhooks.listInvocations(id));
  const [invocation] = invocations;
  expect(invocation).toMatchObject({ status: 'success', status_code: 200 });
  const { attempts } = await resultOf<Pick<AnswerBody, 'attempts'>>(webhooks.listInvocationAttempts(id, invocation?.id ?? ''));
  expect(attempts).toHaveLength(1);
  await webhooks.delete(id);
  expect([await webhooks.list()].flat(2)).toEqual([]);
});
