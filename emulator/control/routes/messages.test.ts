import { expect, test } from 'vitest';
import { isSigned, Receiver } from '../../zendesk/webhooks/testing/receiver.ts';
import { testEmulator, type TestEmulator } from '../test-emulator.ts';

interface Made {
  readonly webhook: { readonly id: string };
  readonly signing_secret: { readonly secret: string };
  readonly ticket: { readonly id: number; readonly requester_id: number; readonly assignee_id: number };
}

async function rest(world: TestEmulator, method: string, path: string, body?: unknown): Promise<Made> {
  const { url, email, apiToken } = world.emulator.describe().account;
  const response = await fetch(`${url}/api/v2${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return (await response.json()) as Made;
}

const HEX = expect.stringMatching(/^[0-9a-f]{24}$/);

test('messages reach webhooks with who wrote them, signed', async () => {
  await using world = await testEmulator();
  const receiver = await Receiver.open();
  const subscriptions = ['zen:event-type:messaging_ticket.message_added'];
  const draft = { name: 'm', status: 'active', endpoint: receiver.url, http_method: 'POST', request_format: 'json', subscriptions };
  const { webhook } = await rest(world, 'POST', '/webhooks', { webhook: draft });
  const { secret } = (await rest(world, 'GET', `/webhooks/${webhook.id}/signing_secret`)).signing_secret;
  const requester = { name: 'Ada', email: 'ada@x.example' };
  const { ticket } = await rest(world, 'POST', '/tickets', {
    ticket: { comment: { body: 'x' }, requester, assignee_email: world.emulator.describe().account.email },
  });
  const write = async (message: object): Promise<{ conversationId: string; actor: { id: string } }> =>
    (await world.send<{ conversationId: string; actor: { id: string } }>('POST', '/messages', { ticket: ticket.id, ...message })).body;
  const [first, second] = [await write({ body: 'Hello?' }), await write({ body: 'Still there?' })];
  expect(first).toMatchObject({
    account: 'acme',
    ticket: ticket.id,
    conversationId: HEX,
    actor: { id: HEX, name: 'Ada', type: 'end_user' },
  });
  expect([second.conversationId, second.actor.id]).toEqual([first.conversationId, first.actor.id]);
  await write({ body: 'Hi', from: 'agent' });
  await write({ body: 'Hi', from: 'system', conversation: '67ab5f53a96f98663935c3f2', actor: { name: 'Robo' } });
  await receiver.received(4);
  const told = receiver.requests.map(({ body }) => JSON.parse(body) as { subject: string; event: { message: { body: string } } });
  const of = (body: string, type: string): unknown => told.find(({ event }) => event.message.body === body && JSON.stringify(event).includes(`"${type}"`)); // prettier-ignore
  expect(of('Hello?', 'end_user')).toMatchObject({
    id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
    subject: `zen:ticket:${ticket.id}`,
    detail: { id: String(ticket.id) },
    event: { conversation_id: first.conversationId, actor: first.actor, message: { id: HEX } },
  });
  expect(of('Hi', 'agent')).toMatchObject({ event: { actor: { id: String(ticket.assignee_id) } } });
  expect(of('Hi', 'system')).toMatchObject({ event: { conversation_id: '67ab5f53a96f98663935c3f2', actor: { id: 'zd:answerBot', name: 'Robo' } } }); // prettier-ignore
  expect(receiver.requests.every((request) => isSigned(request, secret))).toBe(true);
  await receiver.close();
});

test.each([
  [{ ticket: 7, body: 'x' }, 404, 'unknown_ticket'],
  [{ ticket: 1 }, 400, 'invalid_body'],
  [{ ticket: 1, body: 'x', from: 'bot' }, 400, 'invalid_body'],
  [{ ticket: 1, body: 'x', to: 'me' }, 400, 'invalid_body'],
])('%j is a %i', async (body, status, error) => {
  await using world = await testEmulator();
  expect(await world.send('POST', '/messages', body)).toMatchObject({ status, body: { error } });
});
