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

const TRIGGERS = { subscriptions: ['conditional_ticket_events'] };

describe('calls of triggers', () => {
  it('send the rendered body as it is, signed', async () => {
    const { id, secret } = await world.hook(receiver.url, TRIGGERS);
    world.webhooks.notify('acme', id, { body: '{"ticket": 35}', ticket: 35 });
    const request = await receiver.received(1);
    expect([request.method, request.body, isSigned(request, secret)]).toEqual(['POST', '{"ticket": 35}', true]);
    expect((await world.attempt(1)).data).toMatchObject({ event: 'conditional_ticket_events', ticket: 35 });
  });

  it.each([
    ['POST', 'form_encoded', 'application/x-www-form-urlencoded; charset=utf-8', '/hook', 'id=35&name=A+%26+B'],
    ['PUT', 'xml', 'application/xml; charset=utf-8', '/hook', '<id/>'],
    ['GET', 'json', 'application/json; charset=utf-8', '/hook?id=35&name=A+%26+B', ''],
    ['DELETE', 'json', 'application/json; charset=utf-8', '/hook?id=35&name=A+%26+B', ''],
  ])('%s with %s', async (method, format, type, url, body) => {
    const { id } = await world.hook(receiver.url, { ...TRIGGERS, http_method: method, request_format: format });
    const parameters = [
      ['id', '35'],
      ['name', 'A & B'],
    ] as const;
    world.webhooks.notify('acme', id, { parameters, body: '<id/>' });
    const request = await receiver.received(1);
    expect([request.method, request.header('Content-Type'), request.url, request.body]).toEqual([method, type, url, body]);
  });

  it('are refused for webhooks that subscribe to events, that do not exist, and beyond 16,000 characters', async () => {
    const events = await world.hook(receiver.url);
    const triggers = await world.hook(receiver.url, TRIGGERS);
    expect(() => world.webhooks.notify('acme', events.id, {})).toThrow('conditional_ticket_events');
    expect(() => world.webhooks.notify('acme', 'nope', {})).toThrow('has no webhook nope');
    expect(() => world.webhooks.notify('acme', triggers.id, { body: 'x'.repeat(16_001) })).toThrow('16000');
  });

  it('are refused where a text is given for pairs, or pairs for a text', async () => {
    const [json, form, get] = [
      await world.hook(receiver.url, TRIGGERS),
      await world.hook(receiver.url, { ...TRIGGERS, request_format: 'form_encoded' }),
      await world.hook(receiver.url, { ...TRIGGERS, http_method: 'GET' }),
    ];
    expect(() => world.webhooks.notify('acme', json.id, { parameters: [['a', 'b']] })).toThrow('takes a text of a trigger, not pairs');
    for (const { id } of [form, get])
      expect(() => world.webhooks.notify('acme', id, { body: 'a=b' })).toThrow('takes pairs of name and value of a trigger, not a text');
    expect(world.webhooks.notify('acme', get.id, {})).toBeDefined();
  });

  it('of an inactive webhook come to nothing', async () => {
    const { id } = await world.hook(receiver.url, { ...TRIGGERS, status: 'inactive' });
    expect(world.webhooks.notify('acme', id, { body: '{}' })).toBeUndefined();
    expect(world.webhooks.pending('acme')).toBe(0);
  });
});
