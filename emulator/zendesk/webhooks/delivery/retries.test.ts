import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import type { WebhookAttemptData } from './records.ts';
import { type Behaviour, isSigned, Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';

let world: World;
const receivers: Receiver[] = [];

beforeEach(async () => {
  world = await World.open();
});
afterEach(async () => {
  await world.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function receiver(behaviour: Behaviour): Promise<Receiver> {
  const opened = await Receiver.open(behaviour);
  receivers.push(opened);
  return opened;
}

const status =
  (code: number, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) =>
    response.writeHead(code, headers).end('no');

/** Steps over each wait between attempts until the delivery has ended. */
async function exhaust(attempts: number): Promise<void> {
  for (let count = 1; count <= attempts; count++) {
    await world.attempt(count);
    world.advance(120_000);
  }
  await world.ended(1);
}

describe('retries', () => {
  it('are shown as attempts, the latest first, also when they follow at once', async () => {
    world.accounts.update('acme', { settings: { webhookRetrySpacingMs: [0] } });
    let count = 0;
    const endpoint = await receiver((_request, response) => response.writeHead(409).end(String(count++)));
    const { id } = await world.hook(endpoint.url);
    world.createTicket();
    const { invocation } = (await world.attempt(4)).data;
    const { body } = await world.api('GET', `/webhooks/${id}/invocations/${invocation}/attempts`);
    expect(body.attempts.map(({ response }) => response?.payload)).toEqual(['3', '2', '1', '0']);
  });

  it.each([
    ['409 three times', status(409), 4],
    ['429 with a short Retry-After', status(429, { 'retry-after': '59' }), 4],
    ['503 with a short Retry-After', status(503, { 'retry-after': '1' }), 4],
  ])('retries %s', async (_name, behaviour, attempts) => {
    const endpoint = await receiver(behaviour);
    await world.hook(endpoint.url);
    world.createTicket();
    await exhaust(attempts);
    expect(endpoint.requests).toHaveLength(attempts);
    expect((await world.ended(1)).data).toMatchObject({ state: 'failed', attempts });
  });

  it.each([
    ['400', status(400)],
    ['401', status(401)],
    ['404', status(404)],
    ['500', status(500)],
    ['502', status(502)],
    ['429 without Retry-After', status(429)],
    ['503 without Retry-After', status(503)],
    ['429 with Retry-After of a minute', status(429, { 'retry-after': '60' })],
  ])('never retries %s', async (_name, behaviour) => {
    const endpoint = await receiver(behaviour);
    await world.hook(endpoint.url);
    world.createTicket();
    const { data } = await world.attempt(1);
    expect(data.outcome).toBe('terminated');
    expect((await world.ended(1)).data).toMatchObject({ state: 'failed', attempts: 1 });
    world.advance(3_600_000);
    expect(world.webhooks.pending('acme')).toBe(0);
    expect(endpoint.requests).toHaveLength(1);
  });

  it('retries everything else three times with the switch on', async () => {
    world.accounts.update('acme', { settings: { webhookRetryOthers: true } });
    const endpoint = await receiver(status(500));
    await world.hook(endpoint.url);
    world.createTicket();
    await exhaust(4);
    expect(endpoint.requests).toHaveLength(4);
  });

  it('retries a timeout five times and shows it as 504', async () => {
    world.accounts.update('acme', { settings: { webhookTimeoutMs: 20 } });
    const endpoint = await receiver(() => {});
    await world.hook(endpoint.url);
    world.createTicket();
    await exhaust(6);
    expect(endpoint.requests).toHaveLength(6);
    expect((await world.attempt(1)).data).toMatchObject({ status: 504, outcome: 'failed', response: null });
  });

  it('counts an answer that never ends as a timeout', async () => {
    world.accounts.update('acme', { settings: { webhookTimeoutMs: 40, webhookRetrySpacingMs: [60_000] } });
    const endpoint = await receiver((_request, response) => response.write('and'));
    await world.hook(endpoint.url);
    world.createTicket();
    expect((await world.attempt(1)).data).toMatchObject({ status: 504 });
    expect(world.webhooks.pending('acme')).toBe(1);
  });

  it.each(['ECONNRESET', 'ECONNREFUSED'])('does not retry a connection that fails with %s', async (code) => {
    const endpoint = await receiver((_request, response) => response.destroy());
    const { url } = endpoint;
    if (code === 'ECONNREFUSED') await endpoint.close();
    await world.hook(url);
    world.createTicket();
    const { data } = await world.attempt(1);
    expect(data).toMatchObject({ status: null, outcome: 'failed', response: null, error: expect.stringContaining(code) });
    expect((await world.ended(1)).data).toMatchObject({ state: 'failed', attempts: 1 });
  });

  it('stops retrying at the first success; each attempt has its own timestamp and the same invocation', async () => {
    const endpoint = await receiver((_request, response, index) => response.writeHead(index === 0 ? 409 : 204).end());
    const { secret, id } = await world.hook(endpoint.url);
    world.createTicket();
    await world.attempt(1);
    expect(world.webhooks.pending('acme')).toBe(1);
    world.advance(1_000);
    expect((await world.ended(1)).data).toMatchObject({ state: 'delivered', attempts: 2 });
    const [first, second] = endpoint.requests;
    expect(second?.header('X-Zendesk-Webhook-Invocation-Id')).toBe(first?.header('X-Zendesk-Webhook-Invocation-Id'));
    expect(second?.body).toBe(first?.body);
    expect(endpoint.requests.every((request) => isSigned(request, secret))).toBe(true);
    const { body } = await world.api('GET', `/webhooks/${id}/invocations`);
    expect(body.invocations).toMatchObject([{ status: 'success', status_code: 204 }]);
  });

  it('waits as the settings say, on the business clock', async () => {
    world.accounts.update('acme', { settings: { webhookRetrySpacingMs: [600_000] } });
    const endpoint = await receiver((_request, response, index) => response.writeHead(index === 0 ? 409 : 200).end());
    await world.hook(endpoint.url);
    world.createTicket();
    await world.attempt(1);
    world.advance(599_000);
    expect(endpoint.requests).toHaveLength(1);
    world.advance(1_000);
    await endpoint.received(2);
  });

  it('keeps no circuit of a webhook that is gone', async () => {
    const endpoint = await receiver((_request, response) => response.writeHead(500).end());
    const { id } = await world.hook(endpoint.url);
    for (let count = 0; count < 120; count++) world.createTicket();
    await world.ended(120);
    expect(world.webhooks.circuit('acme', id)).toBe('open');
    await world.api('DELETE', `/webhooks/${id}`);
    expect(world.webhooks.circuit('acme', id)).toBe('closed');
  });

  it('breaks the circuit of an endpoint that keeps failing, and closes it on the first success', async () => {
    let healthy = false;
    const endpoint = await receiver((_request, response) => response.writeHead(healthy ? 200 : 500).end());
    const { id } = await world.hook(endpoint.url);
    for (let count = 0; count < 120; count++) world.createTicket();
    await world.ended(120);
    expect(world.webhooks.circuit('acme', id)).toBe('open');
    const sent = endpoint.requests.length;
    world.createTicket();
    expect((await world.ended(121)).data.state).toBe('broken');
    expect(endpoint.requests).toHaveLength(sent);
    healthy = true;
    world.advance(5_000);
    world.createTicket();
    expect((await world.ended(122)).data.state).toBe('delivered');
    expect(world.webhooks.circuit('acme', id)).toBe('closed');
    const { body } = await world.api('GET', `/webhooks/${id}/invocations?filter[status]=circuit%20broken`);
    expect(body.invocations.length).toBeGreaterThan(0);
    expect(world.core.journal.read({ kind: 'webhook.circuit' }).map((entry) => (entry.data as { state: string }).state)).toEqual([
      'open',
      'half-open',
      'closed',
    ]);
  });

  it('throttles above the invocations per minute and sends later what was put off', async () => {
    world.accounts.update('acme', { settings: { webhookInvocationsPerMinute: 2 } });
    const endpoint = await receiver((_request, response) => response.end());
    const { id } = await world.hook(endpoint.url);
    for (let count = 0; count < 3; count++) world.createTicket();
    await world.ended(2);
    const throttled = world.core.journal
      .read({ kind: 'webhook.attempt' })
      .find((entry) => (entry.data as { outcome: string }).outcome === 'throttled');
    expect(throttled?.data).toMatchObject({ request: null, response: null, status: null });
    world.advance(60_000);
    await world.ended(3);
    expect(endpoint.requests).toHaveLength(3);
    const { body } = await world.api(
      'GET',
      `/webhooks/${id}/invocations/${(throttled as JournalEntry<WebhookAttemptData>).data.invocation}/attempts`,
    );
    expect(body.attempts.map((attempt: { status: string }) => attempt.status)).toEqual(['success', 'throttled']);
    expect(body.attempts[1]).not.toHaveProperty('request');
  });
});
