import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, Receiver } from '../testing/receiver.ts';
import { draft, World } from '../testing/world.ts';
import { TEST_SECRET } from '../signature.ts';
import type { WebhookBody } from '../testing/answer-body.ts';

let world: World;

beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const ENDPOINT = 'https://bridge.example/hook';
const BASIC = { type: 'basic_auth', data: { username: 'john_smith', password: 'hello_123' }, add_position: 'header' };

async function created(over: Record<string, unknown> = {}): Promise<string> {
  const { body } = await world.api('POST', '/webhooks', { webhook: { ...draft(ENDPOINT), ...over } });
  return body.webhook.id;
}

async function shown(id: string): Promise<WebhookBody> {
  return (await world.api('GET', `/webhooks/${id}`)).body.webhook;
}

describe('create and show', () => {
  it('answers 201 with a ULID, nanoseconds, and nothing that is unset; reads round to seconds', async () => {
    const answer = await world.api('POST', '/webhooks', { webhook: draft(ENDPOINT) });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-rate-limit')).toBe('100');
    const { webhook } = answer.body;
    expect(webhook.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(webhook.created_at).toMatch(/\.(?:\d{6}|\d{9})Z$/);
    expect(webhook.created_by).toBe('6130907993114');
    expect(Object.keys(webhook)).toEqual([
      'id',
      'name',
      'status',
      'subscriptions',
      'created_at',
      'created_by',
      'endpoint',
      'http_method',
      'request_format',
    ]);
    expect((await shown(webhook.id)).created_at).toMatch(/:\d\dZ$/);
  });

  it('never shows secrets', async () => {
    const bearer = { type: 'bearer_token', data: { token: 'tok_12345678' }, add_position: 'header' };
    const key = { type: 'api_key', data: { name: 'X-My-Key', value: 'key_12345678' }, add_position: 'header' };
    expect((await shown(await created({ authentication: BASIC }))).authentication).toEqual({ ...BASIC, data: { username: 'john_smith' } });
    expect((await shown(await created({ authentication: bearer }))).authentication).toEqual({
      type: 'bearer_token',
      add_position: 'header',
    });
    expect((await shown(await created({ authentication: key }))).authentication).toEqual({ ...key, data: { name: 'X-My-Key' } });
  });

  it('are blanked in the journal as long as a webhook has them, and a while longer', async () => {
    const { redactor, store } = world.core;
    const hidden = (text: string): boolean => redactor.text(text) === '[REDACTED]';
    const { id, secret } = await world.hook(ENDPOINT, { authentication: BASIC });
    const twin = await world.hook(ENDPOINT, { authentication: BASIC });
    const reset = (await world.api('POST', `/webhooks/${id}/signing_secret`)).body.signing_secret.secret;
    store.snapshot('acme', 'two');
    await world.api('DELETE', `/webhooks/${id}`);
    // So many secrets come and go that those of old are let go of.
    const wear = (): void => {
      for (let at = 0; at < 200; at += 1) redactor.add(`passing secret ${at}`, 'nobody');
      redactor.forget('nobody');
    };
    wear();
    expect([secret, reset, twin.secret, BASIC.data.password].map(hidden)).toEqual([false, false, true, true]);
    store.restore({ account: 'acme', name: 'two' });
    wear();
    expect([secret, reset, twin.secret].map(hidden)).toEqual([false, true, true]);
    store.clear('acme');
    wear();
    expect([reset, twin.secret, BASIC.data.password].map(hidden)).toEqual([false, false, false]);
  });

  it('takes the .json suffix and refuses who is no admin', async () => {
    expect((await world.api('GET', '/webhooks.json')).body.webhooks).toEqual([]);
    expect((await world.api('GET', '/webhooks', undefined, 'agent@acme.example')).status).toBe(403);
    const anonymous = await fetch(`${world.base}/api/v2/webhooks`);
    expect([anonymous.status, await anonymous.json()]).toEqual([401, { error: "Couldn't authenticate you" }]);
  });

  it.each([
    ['nothing', {}, /"webhook"/],
    ['a short event type', { webhook: { ...draft(ENDPOINT), subscriptions: ['ticket.created'] } }, /zen:event-type/],
    [
      'events and triggers mixed',
      { webhook: { ...draft(ENDPOINT), subscriptions: ['conditional_ticket_events', 'zen:event-type:ticket.created'] } },
      /mixed/,
    ],
    ['events with GET', { webhook: { ...draft(ENDPOINT), http_method: 'GET' } }, /POST/],
    ['events with XML', { webhook: { ...draft(ENDPOINT), request_format: 'xml' } }, /json/],
    ['an endpoint that is no URL', { webhook: draft('bridge') }, /endpoint/],
    ['a reserved header', { webhook: { ...draft(ENDPOINT), custom_headers: { 'X-Zendesk-Account-Id': '1' } } }, /reserved/],
    ['a header that breaks the line', { webhook: { ...draft(ENDPOINT), custom_headers: { 'X-A': 'a\r\nX-B: b' } } }, /one line/],
    ['a header that can never be sent', { webhook: { ...draft(ENDPOINT), custom_headers: { 'X-A': '💥' } } }, /Latin-1/],
    [
      'a token that breaks the line',
      { webhook: { ...draft(ENDPOINT), authentication: { type: 'bearer_token', data: { token: 'a\nb' }, add_position: 'header' } } },
      /data\.token must be one line/,
    ],
    [
      'a key in the place of a header that HTTP needs',
      {
        webhook: {
          ...draft(ENDPOINT),
          authentication: { type: 'api_key', data: { name: 'Content-Length', value: '9' }, add_position: 'header' },
        },
      },
      /data\.name: "Content-Length" is reserved/,
    ],
    [
      'credentials without password',
      { webhook: { ...draft(ENDPOINT), authentication: { ...BASIC, data: { username: 'u' } } } },
      /password/,
    ],
    ['an unknown status', { webhook: { ...draft(ENDPOINT), status: 'paused' } }, /active, inactive/],
  ])('refuses %s with a 400 that says what is wrong', async (_name, body, message) => {
    const answer = await world.api('POST', '/webhooks', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({
      code: expect.any(String),
      title: expect.any(String),
      detail: expect.stringMatching(message),
    });
  });

  it('names everything that is wrong at once', async () => {
    const { body } = await world.api('POST', '/webhooks', { webhook: { endpoint: 5 } });
    expect(body.errors.map(({ detail }) => detail)).toEqual([
      'name is required',
      'status is required',
      'http_method is required',
      'request_format is required',
      'endpoint must be a string',
    ]);
  });

  it('refuses the eleventh webhook of a trial account', async () => {
    world.accounts.update('acme', { settings: { webhookLimit: 1 } });
    await created();
    expect((await world.api('POST', '/webhooks', { webhook: draft(ENDPOINT) })).status).toBe(403);
  });
});

describe('list', () => {
  it('allows equal names, filters by part of the name and by status, newest first', async () => {
    const ids = [
      await created({ name: 'link A' }),
      await created({ name: 'link A' }),
      await created({ name: 'other', status: 'inactive' }),
    ];
    const listed = async (query: string): Promise<string[]> =>
      (await world.api('GET', `/webhooks${query}`)).body.webhooks.map((webhook: { id: string }) => webhook.id);
    expect(await listed('?filter%5Bname_contains%5D=nk%20A')).toHaveLength(2);
    expect(await listed('?filter[status]=inactive')).toEqual([ids[2]]);
    expect(await listed('?sort=-name')).toHaveLength(3);
    expect((await listed('?sort=name')).at(-1)).toBe(ids[2]);
    expect((await listed('')).toSorted()).toEqual(ids.toSorted());
  });

  it('pages by cursor in both directions, links only where there is more', async () => {
    for (const name of ['a', 'b', 'c']) await created({ name });
    const names = (body: { webhooks: { name: string }[] }): string[] => body.webhooks.map(({ name }) => name);
    const first = (await world.api('GET', '/webhooks?sort=name&page[size]=2')).body;
    expect([names(first), first.meta.has_more, first.links?.prev]).toEqual([['a', 'b'], true, undefined]);
    expect(first.links?.next).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/zendesk\/acme\/api\/v2\/webhooks\?sort=name&page%5Bsize%5D=2&page\[after\]=|page\[size\]=2/,
    );
    const second = await world.follow(first.links?.next);
    expect([names(second), second.meta.has_more, second.links?.next]).toEqual([['c'], false, undefined]);
    const back = await world.follow(second.links?.prev);
    expect(names(back)).toEqual(['a', 'b']);
    const all = (await world.api('GET', '/webhooks')).body;
    expect([all.meta, all.links]).toEqual([{ has_more: false }, undefined]);
  });

  it.each(['?page[size]=0', '?page[size]=101', '?page[after]=bm9wZQ==', '?filter[status]=paused', '?sort=age', '?sort=constructor'])(
    'refuses %s',
    async (query) => {
      expect((await world.api('GET', `/webhooks${query}`)).status).toBe(400);
    },
  );
});

describe('change', () => {
  it('PUT answers 204 without a body and replaces: description and authentication go, subscriptions stay', async () => {
    const id = await created({ description: 'D', authentication: BASIC, custom_headers: { 'X-A': 'b' } });
    const webhook = { ...draft('https://example.com/status/200'), name: 'New name', subscriptions: undefined };
    const answer = await world.api('PUT', `/webhooks/${id}`, { webhook });
    expect([answer.status, answer.text]).toEqual([204, '']);
    const after = await shown(id);
    expect(after).toMatchObject({ name: 'New name', subscriptions: ['zen:event-type:ticket.created'], updated_by: '6130907993114' });
    for (const gone of ['description', 'authentication', 'custom_headers']) expect(after).not.toHaveProperty(gone);
  });

  it('PUT that sends back what was read keeps the stored password', async () => {
    const receiver = await Receiver.open();
    const { id } = await world.hook(receiver.url, { authentication: BASIC });
    expect((await world.api('PUT', `/webhooks/${id}`, { webhook: await shown(id) })).status).toBe(204);
    world.createTicket();
    expect((await receiver.received(1)).header('Authorization')).toBe(`Basic ${Buffer.from('john_smith:hello_123').toString('base64')}`);
    await receiver.close();
  });

  it('PATCH answers 204 and changes only what it mentions; an id in the body is tolerated', async () => {
    const id = await created({ description: 'D', authentication: BASIC });
    const answer = await world.api('PATCH', `/webhooks/${id}`, { webhook: { id, name: 'A new name' } });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await shown(id)).toMatchObject({ name: 'A new name', description: 'D', authentication: { type: 'basic_auth' } });
    await world.api('PATCH', `/webhooks/${id}`, { webhook: { authentication: null } });
    expect(await shown(id)).not.toHaveProperty('authentication');
  });

  it('refuses to change the connection method', async () => {
    const id = await created();
    const answer = await world.api('PATCH', `/webhooks/${id}`, { webhook: { subscriptions: ['conditional_ticket_events'] } });
    expect([answer.status, answer.body.errors[0]?.detail]).toEqual([400, expect.stringContaining('connection method')]);
  });

  it('follows a change of subscriptions, and of status', async () => {
    const receiver = await Receiver.open();
    const { id } = await world.hook(receiver.url);
    await world.api('PATCH', `/webhooks/${id}`, { webhook: { subscriptions: ['zen:event-type:ticket.status_changed'] } });
    world.createTicket();
    await world.api('PATCH', `/webhooks/${id}`, { webhook: { status: 'inactive' } });
    world.updateTicket({}, [{ field: 'status', previous: 'new', current: 'open' }]);
    await world.api('PATCH', `/webhooks/${id}`, { webhook: { status: 'active' } });
    world.updateTicket({}, [{ field: 'status', previous: 'open', current: 'solved' }]);
    await world.ended(1);
    expect(receiver.requests.map(({ body }) => JSON.parse(body).event.current)).toEqual(['SOLVED']);
    await receiver.close();
  });

  it('DELETE answers 204, then 404', async () => {
    const id = await created();
    expect((await world.api('DELETE', `/webhooks/${id}`)).status).toBe(204);
    expect((await world.api('DELETE', `/webhooks/${id}`)).status).toBe(404);
    expect((await world.api('GET', `/webhooks/${id}`)).status).toBe(404);
  });

  it('clones under a new id and name, credentials included', async () => {
    const receiver = await Receiver.open();
    const { id } = await world.hook(receiver.url, { authentication: BASIC });
    const { status, body } = await world.api('POST', `/webhooks?clone_webhook_id=${id}`);
    expect([status, body.webhook.name]).toEqual([201, 'opencx-messaging-ticket-link (copy)']);
    expect(body.webhook.id).not.toBe(id);
    await world.api('DELETE', `/webhooks/${id}`);
    world.createTicket();
    expect((await receiver.received(1)).header('Authorization')).toMatch(/^Basic /);
    expect((await world.api('POST', '/webhooks?clone_webhook_id=nope')).status).toBe(404);
    await receiver.close();
  });

  it("refuses to delete or clone an app's webhook, or to show its secret", async () => {
    const whole = { name: 'app', status: 'active', endpoint: ENDPOINT, httpMethod: 'POST', requestFormat: 'json' } as const;
    const source = { type: 'app_installation', data: { app_id: '1', installation_id: '2' } };
    const { id } = world.webhooks.service.create('acme', whole, null, source);
    expect(await shown(id)).toMatchObject({ created_by: '-1', external_source: source });
    expect((await world.api('DELETE', `/webhooks/${id}`)).status).toBe(403);
    expect((await world.api('POST', `/webhooks?clone_webhook_id=${id}`)).status).toBe(403);
    expect((await world.api('GET', `/webhooks/${id}/signing_secret`)).status).toBe(403);
  });
});

describe('signing secret', () => {
  it('is 44 characters of base64; a reset answers 201 and makes the old one invalid at once', async () => {
    const receiver = await Receiver.open();
    const { id, secret } = await world.hook(receiver.url);
    expect(secret).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const { status, body } = await world.api('POST', `/webhooks/${id}/signing_secret`);
    expect([status, body.signing_secret.algorithm]).toEqual([201, 'SHA256']);
    world.createTicket();
    const request = await receiver.received(1);
    expect([isSigned(request, secret), isSigned(request, body.signing_secret.secret)]).toEqual([false, true]);
    await receiver.close();
  });
});

describe('test sends', () => {
  it('sends what the request says, what is stored fills the gaps, and tells the answer with 200 also when the target failed', async () => {
    const receiver = await Receiver.open((_request, response) => response.writeHead(404, { 'X-Reason': 'none' }).end('gone'));
    const { id, secret } = await world.hook(receiver.url, { authentication: BASIC });
    const answer = await world.api('POST', `/webhooks/test?webhook_id=${id}`, { request: { payload: '{"a":1}' } });
    expect([answer.status, answer.headers.get('x-rate-limit')]).toEqual([200, '20']);
    expect(answer.body.response).toMatchObject({ status_code: 404, payload: 'gone' });
    expect(answer.body.response.headers).toContainEqual({ key: 'X-Reason', value: 'none' });
    const request = await receiver.received(1);
    expect([request.method, request.body, isSigned(request, secret)]).toEqual(['POST', '{"a":1}', true]);
    expect(request.header('Authorization')).toMatch(/^Basic /);
    await receiver.close();
  });

  it('signs with the published test secret what is not saved yet; GET has no body', async () => {
    const receiver = await Receiver.open();
    const request = { endpoint: receiver.url, http_method: 'GET', request_format: 'json', payload: 'ignored' };
    await world.api('POST', '/webhooks/test', { request });
    const received = await receiver.received(1);
    expect([received.method, received.body, received.header('X-Zendesk-Webhook-Id')]).toEqual(['GET', '', undefined]);
    expect(received.header('Content-Length')).toBeUndefined();
    expect(isSigned({ ...received, body: '' }, TEST_SECRET)).toBe(true);
    await receiver.close();
  });

  it('sends the headers that it names, in either form, and refuses those that it may not name', async () => {
    const receiver = await Receiver.open();
    const request = { endpoint: receiver.url, custom_headers: { 'X-A': '1' }, headers: [{ key: 'X-B', value: '2' }] };
    expect((await world.api('POST', '/webhooks/test', { request })).status).toBe(200);
    const received = await receiver.received(1);
    expect([received.header('X-A'), received.header('X-B')]).toEqual(['1', '2']);
    for (const headers of [[{ key: 'Host', value: 'x' }], [{ key: { toString: 1 }, value: 'x' }], [{ key: 'X-B' }], [null], 'X-B: 2'])
      expect([headers, (await world.api('POST', '/webhooks/test', { request: { ...request, headers } })).status]).toEqual([headers, 400]);
    await receiver.close();
  });

  it('tells a target that refuses or hangs as 502 and 504', async () => {
    world.accounts.update('acme', { settings: { webhookTimeoutMs: 20 } });
    const hanging = await Receiver.open(() => {});
    const { url } = hanging;
    const late = await world.api('POST', '/webhooks/test', { request: { endpoint: url } });
    expect([late.status, late.body.response.status_code]).toEqual([200, 504]);
    await hanging.close();
    world.accounts.update('acme', { settings: { webhookTimeoutMs: 10_000 } });
    // The port that just hung may be somebody else's by now; on this one nobody listens.
    const refused = await world.api('POST', '/webhooks/test', { request: { endpoint: 'http://127.0.0.1:9/' } });
    expect([refused.status, refused.body.response.status_code]).toEqual([200, 502]);
  });
});
