import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';

let world: World;
let receiver: Receiver;
let secret: string;

beforeEach(async () => {
  world = await World.open();
  receiver = await Receiver.open();
  ({ secret } = await world.hook(receiver.url));
});
afterEach(async () => {
  await world.close();
  await receiver.close();
});

function fault(action: string, more: object = {}): string {
  return world.core.faults.add({ account: 'acme', target: 'webhook', action, ...more }).id;
}

describe('faults', () => {
  it('drop: the delivery never happens, and the activity log knows nothing of it', async () => {
    fault('drop', { match: { type: 'ticket.created' }, remaining: 1 });
    world.createTicket();
    world.createTicket({ id: 77 });
    expect((await world.ended(1)).data.state).toBe('dropped');
    expect((await world.ended(2)).data.state).toBe('delivered');
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['77']);
    expect(world.core.journal.read({ kind: 'fault.applied' })).toMatchObject([
      { label: 'drop: ticket.created to opencx-messaging-ticket-link' },
    ]);
  });

  it('drop: what never happens does not pile up either', async () => {
    world.accounts.update('acme', { settings: { webhookActivityKept: 100 } });
    fault('drop');
    for (let count = 0; count < 500; count++) world.createTicket();
    await world.ended(500);
    expect(world.core.store.counts('acme')['webhook_deliveries']).toBe(100);
  });

  it('hold: what is held takes no place in the activity log from what has happened', async () => {
    world.accounts.update('acme', { settings: { webhookActivityKept: 100 } });
    fault('hold', { remaining: 300 });
    for (let count = 0; count < 500; count++) world.createTicket();
    await world.ended(200);
    expect(world.webhooks.pending('acme')).toBe(300);
    expect(world.core.store.counts('acme')['webhook_deliveries']).toBe(400);
  });

  it('strikes only what matches: event, webhook, name, ticket', async () => {
    for (const match of [{ event: 'zen:event-type:user.created' }, { webhook: 'other' }, { name: 'other' }, { ticket: 1 }])
      fault('drop', { match });
    fault('drop', { match: { ticket: 50, event: 'zen:event-type:ticket.created', name: 'opencx-messaging-ticket-link' } });
    world.createTicket({ id: 49 });
    world.createTicket({ id: 50 });
    await world.ended(2);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['49']);
  });

  it('duplicate: the same body and invocation again, as further attempts of it', async () => {
    fault('duplicate', { params: { copies: 2 } });
    world.createTicket();
    await world.ended(3);
    expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(1);
    const invocations = new Set(receiver.requests.map((request) => request.header('X-Zendesk-Webhook-Invocation-Id')));
    expect([receiver.requests.length, invocations.size]).toEqual([3, 1]);
    expect(receiver.requests.every((request) => isSigned(request, secret))).toBe(true);
    const { body: hooks } = await world.api('GET', '/webhooks');
    const { body } = await world.api('GET', `/webhooks/${hooks.webhooks[0]?.id}/invocations`);
    expect(body.invocations).toHaveLength(1);
  });

  it('duplicate: a copy that comes when the log has forgotten what it repeats leaves nothing behind', async () => {
    world.accounts.update('acme', { settings: { webhookActivityKept: 100 } });
    fault('duplicate', { remaining: 1, params: { gapMs: 60_000 } });
    for (let count = 0; count < 299; count++) world.createTicket();
    await world.ended(299);
    world.createTicket();
    await world.ended(300);
    const { core } = world;
    const attempts = (): number | undefined => core.store.counts('acme')['webhook_attempts'];
    expect(attempts()).toBe(100);
    world.advance(60_000);
    await world.ended(301);
    expect(receiver.requests).toHaveLength(301);
    expect(attempts()).toBe(100);
  });

  it('duplicate with newInvocation: the same event under another invocation id', async () => {
    fault('duplicate', { params: { newInvocation: true } });
    world.createTicket();
    await world.ended(2);
    expect(new Set(receiver.requests.map((request) => request.header('X-Zendesk-Webhook-Invocation-Id'))).size).toBe(2);
    expect(new Set(receiver.requests.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
  });

  it('delay: on the business clock', async () => {
    fault('delay', { params: { ms: 60_000 } });
    world.createTicket();
    await applied('delay');
    expect(receiver.requests).toHaveLength(0);
    world.advance(60_000);
    await receiver.received(1);
  });

  it('hold: until a SIP message, and only what it holds', async () => {
    fault('hold', { match: { ticket: 60 }, until: { kind: 'sip.message', 'data.method': 'INVITE' } });
    world.createTicket({ id: 60 });
    world.createTicket({ id: 61 });
    await world.ended(1);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['61']);
    sip('OPTIONS');
    expect(world.webhooks.pending('acme')).toBe(1);
    sip('INVITE');
    await world.ended(2);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['61', '60']);
  });

  it('hold: lets go at once what its journey has already seen', async () => {
    const journey = world.core.journeys.open('acme', 'dialled');
    world.core.journeys.link(journey.id, 'ticket:60');
    sip('INVITE', journey.id);
    fault('hold', { until: { kind: 'sip.message', 'data.method': 'INVITE' } });
    world.createTicket({ id: 60 });
    expect(JSON.parse((await receiver.received(1)).body).detail.id).toBe('60');
  });

  it('hold: until released by hand, or until the fault is removed', async () => {
    const first = fault('hold', { match: { ticket: 60 } });
    const second = fault('hold', { match: { ticket: 61 } });
    world.createTicket({ id: 60 });
    world.createTicket({ id: 61 });
    await applied('hold', 2);
    world.core.faults.release(first);
    expect(JSON.parse((await receiver.received(1)).body).detail.id).toBe('60');
    world.core.faults.remove(second);
    expect(JSON.parse((await receiver.received(2)).body).detail.id).toBe('61');
  });

  it('hold: is forgotten when the account is stopped', async () => {
    const id = fault('hold');
    world.createTicket({ id: 60 });
    await applied('hold');
    world.webhooks.stop('acme');
    world.core.faults.release(id);
    world.core.faults.clear('acme');
    world.createTicket({ id: 61 });
    await world.ended(1);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).detail.id)).toEqual(['61']);
  });

  it('corrupt-signature, stale-timestamp: what a receiver must refuse', async () => {
    fault('corrupt-signature', { match: { ticket: 60 } });
    fault('stale-timestamp', { match: { ticket: 61 }, params: { seconds: 86_400 } });
    world.createTicket({ id: 60 });
    expect(isSigned(await receiver.received(1), secret)).toBe(false);
    world.createTicket({ id: 61 });
    const stale = await receiver.received(2);
    expect(isSigned(stale, secret)).toBe(true);
    const age = Date.now() - Date.parse(stale.header('X-Zendesk-Webhook-Signature-Timestamp') ?? '');
    expect(age).toBeGreaterThan(86_300_000);
  });

  it('truncated-body, wrong-content-type, slow-send: damaged on the way', async () => {
    fault('truncated-body', { match: { ticket: 60 } });
    fault('wrong-content-type', { match: { ticket: 61 } });
    fault('slow-send', { match: { ticket: 62 }, params: { ms: 50 } });
    world.createTicket({ id: 60 });
    const cut = await receiver.received(1);
    expect(() => JSON.parse(cut.body)).toThrow();
    expect(isSigned(cut, secret)).toBe(false);
    expect((await world.attempt(1)).data.request?.body).toBe(cut.body);
    world.createTicket({ id: 61 });
    expect((await receiver.received(2)).header('Content-Type')).toBe('text/plain');
    world.createTicket({ id: 62 });
    expect(isSigned(await receiver.received(3), secret)).toBe(true);
    expect((await world.attempt(3)).data.durationMs).toBeGreaterThanOrEqual(45);
  });

  const order = (): number[] => receiver.requests.map(({ body }) => Number(JSON.parse(body).detail.id));

  it('reorder: what came within the time goes out in another order, one after the other', async () => {
    fault('reorder', { params: { withinMs: 60_000 } });
    const ids = [60, 61, 62, 63, 64, 65, 66, 67];
    for (const id of ids) world.createTicket({ id });
    await applied('reorder', ids.length);
    await new Promise(setImmediate);
    expect(receiver.requests).toHaveLength(0);
    world.advance(60_000);
    await world.ended(ids.length);
    expect(order()).not.toEqual(ids);
    expect(order().toSorted()).toEqual(ids);
    const first = order();

    await world.close();
    world = await World.open();
    receiver.requests.length = 0;
    await world.hook(receiver.url);
    fault('reorder', { params: { withinMs: 60_000, size: ids.length } });
    for (const id of ids) world.createTicket({ id });
    await world.ended(ids.length);
    expect(order(), 'the same seed, the same order').toEqual(first);
  });

  it('reorder: a batch that is full waits no longer, and two always change places', async () => {
    fault('reorder', { params: { withinMs: 60_000, size: 2 } });
    for (const id of [60, 61, 62, 63, 64, 65]) world.createTicket({ id });
    await world.ended(6);
    for (const id of [60, 62, 64]) expect(order().indexOf(id + 1), `${id + 1} before ${id}`).toBeLessThan(order().indexOf(id));
  });

  it('reorder: a receiver that fails, or a webhook that is gone, holds up nobody', async () => {
    const refusing = await Receiver.open((_received, response) => response.writeHead(500).end());
    const { id } = await world.hook(refusing.url, { name: 'refusing' });
    const gone = await world.hook(receiver.url, { name: 'gone' });
    fault('reorder', { params: { withinMs: 60_000, size: 6 } });
    for (const ticket of [60, 61]) world.createTicket({ id: ticket });
    await world.api('DELETE', `/webhooks/${gone.id}`);
    await world.ended(6);
    expect(refusing.requests).toHaveLength(2);
    expect(world.webhooks.pending('acme')).toBe(0);
    expect((await world.api('GET', `/webhooks/${id}/invocations`)).body.invocations).toHaveLength(2);
    await refusing.close();
  });

  it('reorder: releasing or removing the fault lets go what it has gathered', async () => {
    const rule = fault('reorder', { params: { withinMs: 60_000 } });
    for (const id of [60, 61]) world.createTicket({ id });
    await applied('reorder', 2);
    await new Promise(setImmediate);
    world.core.faults.release(rule);
    await receiver.received(2);
    world.createTicket({ id: 62 });
    await applied('reorder', 3);
    await new Promise(setImmediate);
    world.core.faults.remove(rule);
    await receiver.received(3);
    expect(order()).toEqual([61, 60, 62]);
  });
});

async function applied(action: string, count = 1): Promise<void> {
  const struck = (): number =>
    world.core.journal.read({ kind: 'fault.applied' }).filter((entry) => (entry.data as { action: string }).action === action).length;
  await world.core.journal.waitFor(`${count} ${action}`, () => struck() >= count);
}

function sip(method: string, journey: ReturnType<World['core']['journeys']['open']>['id'] | null = null): void {
  world.core.journal.append({
    kind: 'sip.message',
    account: 'acme',
    journey,
    from: 'trunk',
    to: 'bridge',
    label: method,
    data: { method },
  });
}
