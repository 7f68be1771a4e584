import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCore } from '../../core/core.ts';
import { plainUrl } from './entry.ts';
import { ApiError, baseOf, createAccounts, type Accounts, type HttpExchange, sendJson } from './index.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

async function serve(): Promise<{
  accounts: Accounts;
  token: string;
  call(path: string, headers?: Record<string, string>, method?: string, body?: string): Promise<Answer>;
}> {
  const accounts = createAccounts(createCore({ seed: 1 }));
  accounts.directory = () => ({ id: 7, role: 'admin', verified: true, active: true });
  const { apiToken } = accounts.create({ subdomain: 'acme', plan: 'essential' });
  const app = express();
  app.use(accounts.select(), accounts.httpJournal());
  const api = express.Router();
  api.use(accounts.entry(), accounts.entry(), accounts.jsonBody());
  api.get('/base', (_req, res) => sendJson(res, 200, { base: baseOf(res) }));
  api.get('/set', (_req, res) => {
    res.set({ 'X-Own': 'a', 'Cache-Control': 'no-store' });
    sendJson(res, 200, {});
  });
  api.get('/picture', (_req, res) => {
    res.set({ 'Content-Type': 'image/png', 'Content-Length': '5', ETag: '"a"' });
    throw new ApiError(404, { error: 'RecordNotFound', description: 'Not found' });
  });
  api.get('/circle', (_req, res) => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    sendJson(res, 200, circle);
  });
  api.get('/empty', (_req, res) => void res.status(204).end());
  api.get('/other', (_req, res) => void res.type('text').send('other'));
  api.post('/echo', (req, res) => sendJson(res, 200, req.body));
  api.get('/file', (_req, res) => void res.end(Buffer.alloc(1_000_000, 'x')));
  api.get('/gone', () => {
    throw new ApiError(410, { error: 'Gone' }, { 'X-Why': 'test' });
  });
  api.get('/bug', () => {
    throw new TypeError('a bug');
  });
  app.use('/api/v2', api);
  app.use(accounts.errors());
  app.use((_req, res) => void res.status(404).send('nothing here'));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const authorization = `Basic ${Buffer.from(`ada@acme.example/token:${apiToken}`).toString('base64')}`;
  return {
    accounts,
    token: apiToken,
    call: (path, headers = {}, method = 'GET', body = undefined) =>
      new Promise((resolve, reject) => {
        const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { authorization, ...headers } }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString() }),
          );
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
  };
}

describe('choosing the account', () => {
  it('goes by path', async () => {
    const { call } = await serve();
    const { status, body } = await call('/zendesk/acme/api/v2/base', { host: 'ringback.test:1' });
    expect([status, JSON.parse(body)]).toEqual([200, { base: 'http://ringback.test:1/zendesk/acme' }]);
  });

  it('goes by the vendor host name', async () => {
    const { call } = await serve();
    const { body } = await call('/api/v2/base', { host: 'acme.zendesk.com' });
    expect(JSON.parse(body)).toEqual({ base: 'http://acme.zendesk.com' });
  });

  it('answers 404 for a subdomain that nobody has', async () => {
    const { call } = await serve();
    expect((await call('/zendesk/globex/api/v2/base')).status).toBe(404);
    expect((await call('/api/v2/base', { host: 'globex.zendesk.com' })).body).toContain('globex.zendesk.com');
  });

  it('leaves what names no account to others', async () => {
    const { call } = await serve();
    expect((await call('/elsewhere')).body).toBe('nothing here');
  });
});

describe('entry', () => {
  it.each([
    ['/tickets.json', '/tickets'],
    ['/tickets/', '/tickets'],
    ['//tickets//33/comments.json/?a=b.json', '/tickets/33/comments?a=b.json'],
    ['/?x=1', '/?x=1'],
    ['/%74ickets/3%35%2Ejson?a=%35', '/tickets/35?a=%35'],
    ['/tags/a%2Fb%25', '/tags/a%2Fb%25'],
    ['/.json', '/'],
  ])('reads %s as %s', (url, plain) => {
    expect(plainUrl(url)).toBe(plain);
  });

  it('sends the common headers', async () => {
    const { call } = await serve();
    const { headers } = await call('/zendesk/acme/api/v2/base.json');
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-zendesk-api-version': 'v2',
      'cache-control': 'max-age=0, private, must-revalidate',
      'x-frame-options': 'SAMEORIGIN',
      'x-rate-limit': '10',
      'x-rate-limit-remaining': '9',
      'ratelimit-limit': '10',
      'ratelimit-remaining': '9',
    });
    expect(headers['etag']).toMatch(/^W\/"/);
    expect(headers['x-runtime']).toMatch(/^\d+\.\d{6}$/);
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('refuses the request that exceeds the plan, per account and not per token', async () => {
    const { accounts, call } = await serve();
    for (let count = 0; count < 10; count++) expect((await call('/zendesk/acme/api/v2/base')).status).toBe(200);
    const refused = await call('/zendesk/acme/api/v2/base');
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.body)).toEqual({
      error: 'APIRateLimitExceeded',
      description: 'Number of allowed API requests per minute exceeded',
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    accounts.core.businessClock('acme').advance(60_000);
    expect((await call('/zendesk/acme/api/v2/base')).status).toBe(200);
  });

  it('only shows the limit when told so', async () => {
    const { accounts, call } = await serve();
    accounts.update('acme', { settings: { rateLimits: false } });
    for (let count = 0; count < 12; count++) expect((await call('/zendesk/acme/api/v2/base')).status).toBe(200);
  });

  it('answers 401 to missing and wrong credentials', async () => {
    const { call } = await serve();
    for (const authorization of ['', 'Basic eA==', 'Digest x']) {
      const { status, headers, body } = await call('/zendesk/acme/api/v2/base', { authorization });
      expect([status, JSON.parse(body)]).toEqual([401, { error: "Couldn't authenticate you" }]);
      expect(headers['www-authenticate']).toBe('Basic realm="Web Password"');
    }
  });

  it('answers 401 to a wrong token, an API token among them, in the words of OAuth', async () => {
    const { call, token } = await serve();
    for (const wrong of ['abc', token]) {
      const { status, headers, body } = await call('/zendesk/acme/api/v2/base', { authorization: `Bearer ${wrong}` });
      expect([status, JSON.parse(body)]).toMatchObject([401, { error: 'invalid_token' }]);
      expect(headers['www-authenticate']).toMatch(/^Bearer realm="Zendesk", error="invalid_token"/);
    }
  });

  it('lets nobody in by naming users/me elsewhere than in the path', async () => {
    const { call } = await serve();
    for (const path of ['base?from=/users/me', 'base/users/me']) {
      expect((await call(`/zendesk/acme/api/v2/${path}`, { authorization: '' })).status).toBe(401);
    }
  });
});

describe('the headers of an answer', () => {
  it.each([
    ['base', ['x-runtime', 'etag', 'content-type', 'content-length']],
    ['set', ['x-own', 'x-runtime', 'etag', 'content-type', 'content-length']],
    ['empty', []],
    ['other', ['content-type', 'content-length', 'etag']],
  ])('are the common ones and those of its route, of which those win: %s', async (path, own) => {
    const { accounts, call } = await serve();
    const { headers } = await call(`/zendesk/acme/api/v2/${path}`);
    expect(headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'x-rate-limit': '10', 'ratelimit-remaining': '9' });
    expect(headers['cache-control']).toBe(path === 'set' ? 'no-store' : 'max-age=0, private, must-revalidate');
    const { date: _date, connection: _connection, 'keep-alive': _alive, ...sent } = headers;
    const [entry] = accounts.core.journal.read({ kind: 'http.exchange' });
    expect(entry).toMatchObject({ data: { response: { headers: sent } } });
    expect(Object.keys(sent)).toHaveLength(11 + own.length);
    expect(Object.keys(sent)).toEqual(expect.arrayContaining(own));
  });
});

describe('an answer that the client has', () => {
  it('is not sent again', async () => {
    const { accounts, call } = await serve();
    const first = await call('/zendesk/acme/api/v2/base');
    const tag = String(first.headers['etag']);
    expect([tag, first.headers['content-length']]).toEqual([expect.stringMatching(/^W\/".+"$/), String(first.body.length)]);
    const again = await call('/zendesk/acme/api/v2/base', { 'if-none-match': tag });
    expect([again.status, again.body, again.headers['etag'], again.headers['content-type']]).toEqual([304, '', tag, undefined]);
    expect(accounts.core.journal.read({ kind: 'http.exchange' })[1]).toMatchObject({ data: { status: 304, response: { body: null } } });
    expect((await call('/zendesk/acme/api/v2/base', { 'if-none-match': 'W/"another"' })).body).toBe(first.body);
    const head = await call('/zendesk/acme/api/v2/base', {}, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(first.body.length)]);
    const posted = await call('/zendesk/acme/api/v2/echo', { 'content-type': 'application/json', 'if-none-match': '*' }, 'POST', '{}');
    expect(posted.status).toBe(200);
  });
});

describe('errors', () => {
  it('writes vendor errors with their headers', async () => {
    const { call } = await serve();
    const { status, headers, body } = await call('/zendesk/acme/api/v2/gone');
    expect([status, headers['x-why'], JSON.parse(body)]).toEqual([410, 'test', { error: 'Gone' }]);
  });

  it('answers 422 to a body that is no JSON, 413 to one that is too large', async () => {
    const { call } = await serve();
    const json = { 'content-type': 'application/json' };
    const bad = await call('/zendesk/acme/api/v2/echo', json, 'POST', '{"a":');
    expect([bad.status, JSON.parse(bad.body)]).toEqual([422, { error: 'Unprocessable Entity', message: 'Server could not parse JSON' }]);
    const large = await call('/zendesk/acme/api/v2/echo', json, 'POST', JSON.stringify({ a: 'x'.repeat(7_000_000) }));
    expect(large.status).toBe(413);
  });

  it('have their own body, whatever was set for another', async () => {
    const { call } = await serve();
    const { status, headers, body } = await call('/zendesk/acme/api/v2/picture');
    expect([status, JSON.parse(body)]).toEqual([404, { error: 'RecordNotFound', description: 'Not found' }]);
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'content-length': String(body.length) });
    expect(headers['etag']).not.toBe('"a"');
  });

  it('have each header once, also when an answer could not be written', async () => {
    const { call } = await serve();
    const { status, headers } = await call('/zendesk/acme/api/v2/circle');
    expect([status, headers['x-runtime']]).toEqual([500, expect.stringMatching(/^[\d.]+$/)]);
  });

  it('hides a bug behind a 500 and journals it', async () => {
    const { accounts, call } = await serve();
    const { status, body } = await call('/zendesk/acme/api/v2/bug');
    expect([status, JSON.parse(body)]).toEqual([500, { error: 'InternalServerError' }]);
    expect(accounts.core.journal.read({ kind: 'note' })[0]?.label).toBe('internal error: TypeError: a bug');
  });
});

describe('the HTTP journal', () => {
  it('has each exchange with its answer, without secrets', async () => {
    const { accounts, token, call } = await serve();
    const body = JSON.stringify({ hello: 'world', token });
    await call(`/zendesk/acme/api/v2/echo?x=${token}`, { 'content-type': 'application/json' }, 'POST', body);
    const [entry] = accounts.core.journal.read({ kind: 'http.exchange' });
    expect(entry).toMatchObject({ account: 'acme', from: 'bridge', to: 'zendesk' });
    const data = entry?.data as HttpExchange;
    expect(data).toMatchObject({ method: 'POST', path: '/api/v2/echo', query: 'x=[REDACTED]', status: 200 });
    expect(data.request.headers['authorization']).toBe('Basic [REDACTED]');
    expect(data.request.body).toBe('{"hello":"world","token":"[REDACTED]"}');
    expect(data.response.body).toBe('{"hello":"world","token":"[REDACTED]"}');
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  it.each([
    ['/tickets/35.json', 'ticket:35'],
    ['/tickets/35/comments', 'ticket:35'],
    ['/users/7', 'user:7'],
    ['/organizations/9.json', 'organization:9'],
    ['/tickets/show_many.json?ids=1,35', 'ticket:35'],
    ['/users/search.json?query=%2B14155550100', 'number:+14155550100'],
    ['/users/search?query=phone:14155550100', 'number:+14155550100'],
  ])('finds the journey of %s by %s', async (path, key) => {
    const { accounts, call } = await serve();
    const { journeys, journal } = accounts.core;
    const journey = journeys.open('acme', 'dialled');
    journeys.link(journey.id, key);
    await call(`/zendesk/acme/api/v2${path}`);
    expect(journal.read({ kind: 'http.exchange' })[0]?.journey).toBe(journey.id);
  });

  it('cuts long bodies', async () => {
    const { accounts, call } = await serve();
    await call('/zendesk/acme/api/v2/echo', { 'content-type': 'application/json' }, 'POST', JSON.stringify({ a: 'x'.repeat(100_000) }));
    const exchange = accounts.core.journal.read({ kind: 'http.exchange' })[0]?.data as HttpExchange | undefined;
    expect(exchange?.request.body).toHaveLength(64 * 1024);
  });

  it('keeps no part of a secret where it cuts a long body', async () => {
    const { accounts, token, call } = await serve();
    const before = 'x'.repeat(64 * 1024 - 20);
    await call('/zendesk/acme/api/v2/echo', { 'content-type': 'application/json' }, 'POST', JSON.stringify([before, token, before]));
    const [entry] = accounts.core.journal.read({ kind: 'http.exchange' });
    const exchange = entry?.data as HttpExchange | undefined;
    for (const body of [exchange?.request.body, exchange?.response.body]) {
      expect(body?.length).toBeGreaterThan(64 * 1024 - 200);
      expect(`["${before}","[REDACTED]"`.startsWith(body ?? '')).toBe(true);
    }
  });

  it('reads little more of a file than it keeps', async () => {
    const { accounts, call } = await serve();
    const decode = vi.spyOn(Buffer.prototype, 'toString');
    await call('/zendesk/acme/api/v2/file');
    const lengths = decode.mock.contexts.map((bytes) => (bytes as Buffer).length);
    decode.mockRestore();
    const exchange = accounts.core.journal.read({ kind: 'http.exchange' })[0]?.data as HttpExchange | undefined;
    expect(exchange?.response.body).toBe('x'.repeat(64 * 1024));
    // The test's own client reads the whole.
    expect(lengths.filter((length) => length > 65 * 1024)).toEqual([1_000_000]);
  });
});
