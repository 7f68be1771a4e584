import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';

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

describe('delivery', () => {
  it('that fails by a bug of ours is told of and comes to an end', async () => {
    await world.hook(receiver.url);
    // Refused by the control plane's schema; only code gets this far with it.
    world.accounts.update('acme', { settings: { webhookDelayMs: null as unknown as number } });
    world.createTicket();
    expect((await world.ended(1)).data.state).toBe('failed');
    expect(world.core.journal.read({ kind: 'note' })[0]?.label).toContain('internal error in webhook delivery');
    expect(world.webhooks.pending('acme')).toBe(0);
  });

  it('sends ticket.created with exactly the documented headers, signed over the raw body', async () => {
    const { id, secret } = await world.hook(receiver.url);
    world.createTicket();
    const request = await receiver.received(1);
    expect(request.method).toBe('POST');
    expect(request.headers.map(([name]) => name)).toEqual([
      'Host',
      'X-Zendesk-Webhook-Signature-Timestamp',
      'X-Zendesk-Webhook-Signature',
      'Content-Type',
      'User-Agent',
      'X-Zendesk-Account-Id',
      'X-Zendesk-Webhook-Id',
      'X-Zendesk-Webhook-Invocation-Id',
      'Content-Length',
    ]);
    expect(request.header('Content-Type')).toBe('application/json; charset=utf-8');
    expect(request.header('User-Agent')).toBe('Zendesk Webhook');
    expect(request.header('X-Zendesk-Account-Id')).toBe(String(world.account.id));
    expect(request.header('X-Zendesk-Webhook-Id')).toBe(id);
    expect(request.header('X-Zendesk-Webhook-Signature-Timestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(isSigned(request, secret)).toBe(true);
    expect(isSigned({ ...request, body: JSON.stringify(JSON.parse(request.body)) }, secret)).toBe(false);
  });

  it('sends the body in the recorded layout', async () => {
    await world.hook(receiver.url);
    const ticket = world.createTicket({ tags: ['example-tag'] });
    const { body } = await receiver.received(1);
    expect(body).toMatch(/^\{\n {3}"account_id": \d+,\n {3}"detail": \{\n {6}"actor_id": "6130907993114",\n/);
    expect(body.endsWith('"zendesk_event_version": "2022-11-06"\n}\n')).toBe(true);
    expect(JSON.parse(body)).toMatchObject({
      detail: { id: String(ticket), status: 'NEW', priority: 'LOW', via: { channel: 'phone_call_inbound' }, tags: ['example-tag'] },
      event: { meta: { sequence: { position: 1 } } },
      subject: `zen:ticket:${ticket}`,
      type: 'zen:event-type:ticket.created',
    });
  });

  it('sends nothing that nobody subscribed to, nothing to inactive webhooks, and nothing of an undone change', async () => {
    await world.hook(receiver.url);
    await world.hook(receiver.url, { status: 'inactive' });
    await world.hook(receiver.url, { subscriptions: ['zen:event-type:ticket.status_changed'] });
    expect(() =>
      world.core.store.transaction(() => {
        world.createTicket({ id: 99 });
        throw new Error('undone');
      }),
    ).toThrow('undone');
    world.createTicket({ id: 36 });
    await world.ended(1);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['36']);
    expect(world.webhooks.pending('acme')).toBe(0);
  });

  it('derives several events of one update, in one sequence', async () => {
    const subscriptions = ['status_changed', 'priority_changed', 'tags_changed'].map((name) => `zen:event-type:ticket.${name}`);
    await world.hook(receiver.url, { subscriptions });
    world.updateTicket({ status: 'solved' }, [
      { field: 'status', previous: 'open', current: 'solved' },
      { field: 'priority', previous: null, current: 'high' },
      { field: 'tags', previous: ['a', 'b'], current: ['b', 'c'] },
    ]);
    await receiver.received(3);
    const bodies = receiver.requests.map(({ body }) => JSON.parse(body)).toSorted((a, b) => position(a) - position(b));
    expect(bodies.map(({ event }) => ({ ...event, meta: undefined }))).toEqual([
      { current: 'SOLVED', previous: 'OPEN' },
      { current: 'HIGH', previous: null },
      { tags_added: ['c'], tags_removed: ['a'] },
    ]);
    expect(new Set(bodies.map(({ event }) => event.meta.sequence.id)).size).toBe(1);
    const padded = (time: string): string => time.slice(0, -1).padEnd(29, '0');
    const times = bodies.map(({ time }) => padded(time));
    expect(times, 'none is older than what it follows').toEqual(times.toSorted());
  });

  it.each([
    [
      { type: 'basic_auth', data: { username: 'u', password: 'hello_123' }, add_position: 'header' },
      'Authorization',
      'Basic dTpoZWxsb18xMjM=',
    ],
    [{ type: 'bearer_token', data: { token: 'tok_12345678' }, add_position: 'header' }, 'Authorization', 'Bearer tok_12345678'],
    [{ type: 'api_key', data: { name: 'X-My-Key', value: 'key_12345678' }, add_position: 'header' }, 'X-My-Key', 'key_12345678'],
  ])('sends credentials of type %o and scrubs them from every log', async (authentication, name, value) => {
    const { id } = await world.hook(receiver.url, { authentication, custom_headers: { 'x-tenant': 'blue' } });
    world.createTicket();
    const request = await receiver.received(1);
    expect(request.header(name)).toBe(value);
    expect(request.header('x-tenant')).toBe('blue');
    const { data } = await world.attempt(1);
    expect(data.request?.headers[name]).toMatch(/SCRUBBED|REDACTED/);
    expect(JSON.stringify(data)).not.toContain(value);
    const { body } = await world.api('GET', `/webhooks/${id}/invocations/${data.invocation}/attempts`);
    expect(body.attempts[0]?.request?.headers).toContainEqual({ key: name, value: '[SCRUBBED]' });
    expect(body.attempts[0]?.request?.headers).toContainEqual({ key: 'x-tenant', value: '[SCRUBBED]' });
  });

  it('joins the attempt to the journey of its ticket', async () => {
    await world.hook(receiver.url);
    const journey = world.core.journeys.open('acme', 'dialled');
    world.core.journeys.link(journey.id, 'ticket:35');
    world.createTicket({ id: 35 });
    const entry = await world.attempt(1);
    expect(entry).toMatchObject({ journey: journey.id, from: 'zendesk', to: 'bridge', label: 'ticket.created #35 200' });
    expect(entry.data).toMatchObject({ ticket: 35, status: 200, outcome: 'success', attempt: 1, event: 'zen:event-type:ticket.created' });
  });

  it('does not follow redirects', async () => {
    const elsewhere = await Receiver.open();
    const redirecting = await Receiver.open((_request, response) => response.writeHead(302, { location: elsewhere.url }).end());
    await world.hook(redirecting.url);
    world.createTicket();
    expect((await world.attempt(1)).data).toMatchObject({ status: 302, outcome: 'terminated' });
    expect(elsewhere.requests).toHaveLength(0);
    await Promise.all([elsewhere.close(), redirecting.close()]);
  });

  it('takes a 204 as the success that it is, whatever comes behind it', async () => {
    const sloppy = await Receiver.open(
      (_request, response) => void response.socket?.end('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'),
    );
    await world.hook(sloppy.url);
    world.createTicket();
    expect((await world.attempt(1)).data).toMatchObject({ status: 204, outcome: 'success' });
    await sloppy.close();
  });

  it('waits for the delay of the settings on the business clock', async () => {
    world.accounts.update('acme', { settings: { webhookDelayMs: 3_600_000 } });
    await world.hook(receiver.url);
    world.createTicket();
    expect(world.webhooks.pending('acme')).toBe(1);
    await turn();
    world.advance(3_600_000);
    await receiver.received(1);
  });

  it('lets an endpoint that hangs hold up nobody', async () => {
    const hanging = await Receiver.open(() => {});
    world.accounts.update('acme', { settings: { webhookConcurrency: 1 } });
    await world.hook(hanging.url);
    await world.hook(receiver.url);
    world.createTicket();
    world.createTicket();
    await world.ended(2);
    await hanging.received(1);
    expect(receiver.requests).toHaveLength(2);
    expect(world.webhooks.pending('acme')).toBe(2);
    await hanging.close();
  });

  it('has no more requests under way than the account may have', async () => {
    const held: (() => void)[] = [];
    const slow = await Receiver.open((_request, response) => held.push(() => response.end()));
    world.accounts.update('acme', { settings: { webhookAccountConcurrency: 2 } });
    for (let count = 0; count < 3; count++) await world.hook(slow.url);
    world.createTicket();
    await slow.received(2);
    await turn();
    expect(slow.requests).toHaveLength(2);
    held.shift()?.();
    await slow.received(3);
    for (const answer of held) answer();
    await world.ended(3);
    await slow.close();
  });

  it('drops what an account has under way when it is stopped, and serves it on afterwards', async () => {
    const hanging = await Receiver.open(() => {});
    const { id } = await world.hook(hanging.url);
    world.createTicket();
    await hanging.received(1);
    world.webhooks.stop('acme');
    expect(world.webhooks.pending('acme')).toBe(0);
    world.webhooks.resume();
    await world.api('PATCH', `/webhooks/${id}`, { webhook: { endpoint: receiver.url } });
    world.createTicket();
    await world.ended(1);
    expect(receiver.requests).toHaveLength(1);
    expect(hanging.requests).toHaveLength(1);
    await hanging.close();
  });

  it('begins nothing that was stopped in the moment of its commit', async () => {
    await world.hook(receiver.url);
    world.createTicket();
    world.webhooks.stop('acme');
    world.createTicket();
    await world.ended(1);
    expect(receiver.requests).toHaveLength(1);
    expect(world.webhooks.pending('acme')).toBe(0);
  });

  it('cancels what waits when its webhook is deleted or switched off', async () => {
    world.accounts.update('acme', { settings: { webhookDelayMs: 1_000 } });
    const first = await world.hook(receiver.url);
    const second = await world.hook(receiver.url);
    world.createTicket();
    await turn();
    await world.api('DELETE', `/webhooks/${first.id}`);
    await world.api('PATCH', `/webhooks/${second.id}`, { webhook: { status: 'inactive' } });
    world.advance(1_000);
    expect([(await world.ended(1)).data.state, (await world.ended(2)).data.state]).toEqual(['cancelled', 'cancelled']);
    expect(receiver.requests).toHaveLength(0);
  });
});

function position(body: { event: { meta: { sequence: { position: number } } } }): number {
  return body.event.meta.sequence.position;
}

/** Lets what was committed be dispatched. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
