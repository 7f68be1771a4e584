import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, Receiver } from './testing/receiver.ts';
import { World } from './testing/world.ts';

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

function fires(webhook: string, said: object): string {
  const rule = { id: 5, title: 'Call', kind: 'trigger' };
  return world.core.store.transaction(() => {
    const data = { rule, ticket: 35, webhook, ...said };
    world.core.journal.append({ kind: 'rule.webhook', account: 'acme', from: 'zendesk', label: 'a trigger calls', data });
    return 'committed';
  });
}

describe('webhooks that rules name', () => {
  it('are called with what the rule rendered', async () => {
    const { id, secret } = await world.hook(receiver.url, { subscriptions: ['conditional_ticket_events'] });
    fires(id, { body: '{"id":35}' });
    const request = await receiver.received(1);
    expect([request.body, isSigned(request, secret)]).toEqual(['{"id":35}', true]);
    expect((await world.attempt(1)).data).toMatchObject({ ticket: 35 });
  });

  it('are called with pairs', async () => {
    const { id } = await world.hook(receiver.url, { subscriptions: ['conditional_ticket_events'], request_format: 'form_encoded' });
    fires(id, { parameters: [['id', '35']] });
    expect((await receiver.received(1)).body).toBe('id=35');
  });

  it('that are gone, or listen to events, are told of and undo nothing', async () => {
    const { id } = await world.hook(receiver.url);
    expect(fires('01GONE', { body: '{}' })).toBe('committed');
    expect(fires(id, { body: '{}' })).toBe('committed');
    const problems = world.core.journal.read({ kind: 'rule.problem' }).map(({ label }) => label);
    expect(problems).toEqual([expect.stringContaining('has no webhook 01GONE'), expect.stringContaining('subscribes to events')]);
    expect(world.webhooks.pending('acme')).toBe(0);
  });
});
