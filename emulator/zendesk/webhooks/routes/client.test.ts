import { createClient } from 'node-zendesk';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

/** The client's answers are typed as plain objects. */
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

it('serves the npm client node-zendesk: every call that it has', async () => {
  const options = { username: world.account.email, token: world.account.apiToken, endpointUri: `${world.base}/api/v2` };
  const { webhooks } = createClient({ ...options, subdomain: 'acme' });
  const { result } = (await webhooks.create({ webhook: draft(receiver.url) })) as Loose;
  expect(result).toMatchObject({ id: expect.any(String), name: 'opencx-messaging-ticket-link' });
  const { id } = result;
  await webhooks.update(id, { webhook: { ...draft(receiver.url), name: 'renamed' } });
  expect(((await webhooks.show(id)) as Loose).result).toMatchObject({
    id,
    name: 'renamed',
    subscriptions: ['zen:event-type:ticket.created'],
  });
  expect([(await webhooks.list()) as Loose].flat(2)).toMatchObject([{ id, name: 'renamed' }]);
  const tested = (await webhooks.test({ request: { payload: '{}' } }, id)) as Loose;
  expect(tested.result.status_code ?? tested.result.response?.status_code).toBe(200);

  const reset = (await webhooks.resetSigningSecret(id)) as Loose;
  const secret = ((await webhooks.getSigningSecret(id)) as Loose).result;
  expect(reset.result).toEqual(secret);
  world.createTicket();
  expect(isSigned(await receiver.received(2), (secret.signing_secret ?? secret).secret)).toBe(true);
  await world.ended(1);

  const invocations = ((await webhooks.listInvocations(id)) as Loose).result;
  const [invocation] = invocations.invocations ?? invocations;
  expect(invocation).toMatchObject({ status: 'success', status_code: 200 });
  const attempts = ((await webhooks.listInvocationAttempts(id, invocation.id)) as Loose).result;
  expect(attempts.attempts ?? attempts).toHaveLength(1);
  await webhooks.delete(id);
  expect([(await webhooks.list()) as Loose].flat(2)).toEqual([]);
});
