import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';

let folder: string;
let receiver: Receiver;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-webhooks-'));
  receiver = await Receiver.open();
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

describe('a data file', () => {
  it('keeps what was pending: it is delivered at least once after a restart', async () => {
    const file = join(folder, 'world.sqlite');
    const hanging = await Receiver.open(() => {});
    const before = await World.open({}, file);
    const { id, secret } = await before.hook(hanging.url);
    before.createTicket({ id: 41 });
    const cutOff = await hanging.received(1);
    await before.api('PATCH', `/webhooks/${id}`, { webhook: { endpoint: receiver.url } });
    await before.close();
    await hanging.close();

    const after = await World.open({}, file);
    expect(after.webhooks.pending('acme')).toBe(1);
    after.webhooks.resume();
    const again = await receiver.received(1);
    expect(again.body).toBe(cutOff.body);
    expect(again.header('X-Zendesk-Webhook-Invocation-Id')).toBe(cutOff.header('X-Zendesk-Webhook-Invocation-Id'));
    expect(isSigned(again, secret)).toBe(true);
    await after.ended(1);
    expect(after.webhooks.pending('acme')).toBe(0);
    await after.close();
  });

  it('does not send twice what is resumed while it is under way', async () => {
    const world = await World.open({ webhookDelayMs: 1_000 });
    await world.hook(receiver.url);
    world.createTicket();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    world.webhooks.resume();
    world.webhooks.resume('acme');
    world.advance(1_000);
    await world.ended(1);
    expect(receiver.requests).toHaveLength(1);
    await world.close();
  });
});
