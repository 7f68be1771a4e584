import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, ownToken } from '../testing/oauth-app.ts';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

const OWNER = { authorization: basic('owner@acme.example', 'test-api-token') };

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  server.support.tickets.create('acme', { comment: 'x' }, server.api);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** With the headers given and no others. */
async function ask(method: string, path: string, headers: Record<string, string> = OWNER, body?: string): Promise<Response> {
  return await fetch(server.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
}

/** With a Host header of one's own, which `fetch` does not allow. */
function askHost(host: string, path: string, more: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, headers: { ...OWNER, host, ...more } }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    });
    outgoing.on('error', reject).end();
  });
}

describe('methods', () => {
  it('HEAD is GET without a body', async () => {
    const [get, head] = [await ask('GET', '/tickets/1'), await ask('HEAD', '/tickets/1.json')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'etag']) expect(head.headers.get(name)).toBe(get.headers.get(name));
    for (const [path, status] of [
      ['/tickets/99', 404],
      ['/sessions', 501],
      ['/nonsense', 404],
    ] as const) {
      // prettier-ignore
      expect([path, (await ask('HEAD', path)).status]).toEqual([path, status]);
    }
    expect((await ask('HEAD', '/tickets', {})).status).toBe(401);
  });

  it.each([
    ['PATCH', '/tickets/1'],
    ['POST', '/tickets/1'],
    ['DELETE', '/tickets'],
    ['POST', '/tickets/1/comments'],
  ])('%s %s does not exist', async (method, path) => {
    const answer = await ask(method, path);
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'InvalidEndpoint', description: 'Not found' }]);
  });
});

describe('pages of other origins', () => {
  const allowed = async (answer: Promise<Response>): Promise<[number, string | null]> => {
    const { status, headers } = await answer;
    return [status, headers.get('access-control-allow-origin')];
  };

  it('are let through by a preflight, which needs no credentials and counts for nothing', async () => {
    const before = (await ask('GET', '/tickets')).headers.get('x-rate-limit-remaining');
    const asked = {
      origin: 'https://app.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization',
    };
    const answer = await ask('OPTIONS', '/tickets/1.json', asked);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(Number(before) - Number((await ask('GET', '/tickets')).headers.get('x-rate-limit-remaining'))).toBe(1);
  });

  it('read answers to OAuth tokens, and to nobody, but no refusals', async () => {
    const token = bearer(await ownToken(server, ['read']));
    expect(await allowed(ask('GET', '/tickets', token))).toEqual([200, '*']);
    expect(await allowed(ask('GET', '/tickets/99', token))).toEqual([404, '*']);
    expect(await allowed(ask('GET', '/tickets?page=x', token))).toEqual([400, null]);
    expect(await allowed(ask('POST', '/tickets', token))).toEqual([403, null]);
    expect(await allowed(ask('GET', '/users/me', {}))).toEqual([200, '*']);
    expect(await allowed(ask('GET', '/tickets', {}))).toEqual([401, null]);
  });

  it('never read answers to API tokens', async () => {
    expect(await allowed(ask('GET', '/tickets'))).toEqual([200, null]);
    expect(await allowed(ask('GET', '/users/me'))).toEqual([200, null]);
  });
});

describe('bodies', () => {
  const ticket = JSON.stringify({ ticket: { comment: { body: 'x' } } });
  it.each([
    ['application/json', ticket, 201],
    ['application/json; charset=utf-8', ticket, 201],
    ['APPLICATION/JSON', ticket, 201],
    ['text/plain', ticket, 400],
    ['application/x-www-form-urlencoded', ticket, 400],
    ['application/json', '{"ticket":', 422],
    ['application/json', '"ticket"', 422],
    ['application/json; charset=latin-x', ticket, 422],
  ])('%s %s is answered with %i', async (type, body, status) => {
    const answer = await ask('POST', '/tickets', { ...OWNER, 'content-type': type }, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('of a GET are ignored', async () => {
    const { hostname, port, pathname } = new URL(server.url);
    const status = await new Promise<number>((resolve, reject) => {
      const outgoing = request({ hostname, port, path: `${pathname}/tickets/1`, method: 'GET', headers: { ...OWNER, 'content-type': 'application/json', 'content-length': 2 } }, (incoming) => resolve(incoming.resume().statusCode ?? 0)); // prettier-ignore
      outgoing.on('error', reject).end('{}');
    });
    expect(status).toBe(200);
  });
});

describe('the host', () => {
  it.each(['acme.zendesk.com', 'acme.zendesk.com:443', 'ACME.Zendesk.COM'])('%s is the account', async (host) => {
    const { status, body } = await askHost(host, '/api/v2/tickets/1.json');
    expect([status, body.includes(`"url":"http://${host}/api/v2/tickets/1.json"`)]).toEqual([200, true]);
  });

  it('is read from Host alone', async () => {
    const { host } = new URL(server.url);
    expect((await askHost('other.zendesk.com', '/api/v2/tickets', { 'x-forwarded-host': 'acme.zendesk.com' })).status).toBe(404);
    expect((await askHost(host, '/api/v2/tickets', { 'x-forwarded-host': 'acme.zendesk.com' })).status).not.toBe(200);
    expect((await askHost('acme.zendesk.com.evil.example', '/api/v2/tickets')).status).not.toBe(200);
  });
});

describe('credentials', () => {
  it('in the query or the body are ignored', async () => {
    expect((await ask('GET', '/tickets?email=owner@acme.example&token=test-api-token&access_token=x', {})).status).toBe(401);
  });

  it.each([
    ['deleted', { active: false }],
    ['suspended', { suspended: true }],
    ['not verified', { verified: false }],
  ])('of users who are %s are refused', async (_, state) => {
    const email = `${Object.keys(state)[0]}@x.example`;
    const user = server.support.users.create('acme', { name: 'Bob', email, role: 'agent', verified: true }, server.api);
    const headers = { authorization: basic(email, 'test-api-token') };
    expect((await ask('GET', '/tickets', headers)).status).toBe(200);
    if ('active' in state) server.support.users.delete('acme', user.id, server.api);
    else server.support.users.update('acme', user.id, state, server.api);
    const refused = await ask('GET', '/tickets', headers);
    expect([refused.status, await refused.json()]).toEqual([401, { error: "Couldn't authenticate you" }]);
  });

  it('by API token can be switched off', async () => {
    await using other = await testServer({ settings: { apiTokenAccess: false } });
    expect((await other.call('GET', '/tickets')).status).toBe(401);
  });
});

describe('errors', () => {
  const LIST = { errors: [{ code: expect.any(String), title: expect.any(String) }] };
  const TEXT = { error: expect.any(String), description: expect.any(String) };

  it.each([
    ['GET', '/trigger_categories?page[size]=x', 400, LIST],
    ['GET', '/trigger_categories/99', 404, LIST],
    ['GET', '/organizations/autocomplete', 400, LIST],
    ['GET', '/users/autocomplete.json', 400, TEXT],
    ['POST', '/users/autocomplete', 400, TEXT],
    ['GET', '/users/99/organizations', 404, TEXT],
  ])('of %s %s have the form that the vendor describes', async (method, path, status, form) => {
    expect(await server.call(method, path)).toMatchObject({ status, body: form });
  });

  it('of who may not do it have that form too', async () => {
    server.support.users.create('acme', { name: 'Eve', email: 'eve@x.example', verified: true }, server.api);
    const eve = { authorization: basic('eve@x.example', 'test-api-token') };
    expect(await server.call('GET', '/trigger_categories', undefined, eve)).toMatchObject({ status: 403, body: LIST });
    expect(await server.call('GET', '/triggers', undefined, eve)).toMatchObject({ status: 403, body: { error: { title: 'Forbidden' } } });
  });
});
