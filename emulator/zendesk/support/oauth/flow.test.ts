import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../account/index.ts';
import { askToken, bearer, decide, oauthClient, oauthUrl, type TestClient } from '../testing/oauth-app.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';

const CALLBACK = 'https://app.example/callback';
const ask = (more: object = {}): Record<string, string> => ({
  response_type: 'code',
  client_id: 'app',
  redirect_uri: CALLBACK,
  scope: 'read write',
  ...more,
});
const asOwner = { email: 'owner@acme.example', password: 'test-api-token', decision: 'allow' };

/** A code that the owner has given the client. */
async function codeFor(server: TestServer, more: object = {}): Promise<string> {
  return (await decide(server, ask(more), asOwner)).location?.searchParams.get('code') ?? '';
}

const exchange = (client: TestClient, code: string, more: object = {}): object => ({
  grant_type: 'authorization_code',
  code,
  client_id: client.identifier,
  client_secret: client.secret,
  redirect_uri: CALLBACK,
  ...more,
});

describe('the consent page', () => {
  it('names the application and what it asks for, and escapes both', async () => {
    await using server = await testServer();
    await oauthClient(server, { name: '<b>App</b>', company: 'A & B' });
    const page = await fetch(`${oauthUrl(server, '/authorizations/new')}?${new URLSearchParams(ask({ state: '"><i>' }))}`);
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toContain('Allow &lt;b&gt;App&lt;/b&gt; by A &amp; B to access your account?');
    expect(html).toContain('<code>read</code></li><li><code>write</code>');
    expect(html).not.toContain('<i>');
  });

  it('sends the browser back with a code and the state', async () => {
    await using server = await testServer();
    await oauthClient(server);
    const { status, location } = await decide(server, ask({ state: 'a b' }), asOwner);
    expect([status, `${location?.origin}${location?.pathname}`, location?.searchParams.get('state')]).toEqual([302, CALLBACK, 'a b']);
    expect(location?.searchParams.get('code')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sends the browser back with an error when the user denies or the request is not good', async () => {
    await using server = await testServer();
    await oauthClient(server);
    await oauthClient(server, { identifier: 'public', kind: 'public' });
    const error = async (more: object, decision = 'allow'): Promise<unknown> =>
      (await decide(server, ask({ ...more, state: 's' }), { ...asOwner, decision })).location?.searchParams.get('error');
    expect(await error({}, 'deny')).toBe('access_denied');
    expect(await error({ response_type: 'token' })).toBe('unsupported_response_type');
    expect(await error({ client_id: 'public' })).toBe('invalid_request');
    expect(await error({ code_challenge: 'x', code_challenge_method: 'S1' })).toBe('invalid_request');
  });

  it('and every other place for passwords keep them out of the journal, right or wrong', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const password = 'nearly my password';
    expect((await decide(server, ask(), { ...asOwner, password })).status).toBe(401);
    const grant = { grant_type: 'password', client_id: client.identifier, client_secret: client.secret, username: 'owner@acme.example' };
    await askToken(server, { ...grant, password });
    await server.call('PUT', `/users/${server.ownerId}/password.json`, { previous_password: password, password });
    const bodies = server.core.journal
      .read({ kind: 'http.exchange' })
      .map(({ data }) => (data as HttpExchange).request.body ?? '')
      .filter((body) => body.includes('password"'));
    expect(bodies).toHaveLength(3);
    expect(bodies.join()).toContain('"previous_password":"[REDACTED]","password":"[REDACTED]"');
    expect(bodies.join()).not.toContain(password);
  });

  it('sends the browser nowhere that the client does not live', async () => {
    await using server = await testServer();
    await oauthClient(server);
    for (const more of [{ redirect_uri: 'https://evil.example/' }, { client_id: 'nobody' }]) {
      expect(await decide(server, ask(more), asOwner)).toMatchObject({ status: 400, location: undefined });
    }
  });

  it('asks again after a wrong password', async () => {
    await using server = await testServer();
    await oauthClient(server);
    server.accounts.passwords.set('acme', server.ownerId, 'correct horse');
    const wrong = await decide(server, ask(), { ...asOwner, password: 'wrong' });
    expect([wrong.status, wrong.html.includes('do not fit')]).toEqual([401, true]);
    expect((await decide(server, ask(), { ...asOwner, password: '' })).status).toBe(401);
    expect((await decide(server, ask(), { ...asOwner, password: 'correct horse' })).status).toBe(302);
  });
});

describe('authorization codes', () => {
  it('become a token of the user who consented, with a refresh token', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const { status, body } = await askToken(server, exchange(client, await codeFor(server), { expires_in: 86_400 }));
    expect([status, body]).toMatchObject([
      200,
      { token_type: 'bearer', scope: 'read write', expires_in: 86_400, refresh_token_expires_in: 2_592_000 },
    ]);
    const me = await server.call('GET', '/users/me', undefined, bearer(body.access_token));
    expect(me.body).toMatchObject({ user: { id: server.ownerId } });
    const seen = JSON.stringify(server.core.journal.read({ kind: 'http.exchange' }));
    expect([seen.includes(body.access_token), seen.includes(body.refresh_token)]).toEqual([false, false]);
  });

  it('are good once; used twice they take the token back', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const code = await codeFor(server);
    const { body } = await askToken(server, exchange(client, code));
    expect((await askToken(server, exchange(client, code))).body.error).toBe('invalid_grant');
    expect((await server.call('GET', '/users/me', undefined, bearer(body.access_token))).status).toBe(401);
  });

  it('are good for 120 seconds, for their client and address', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const other = await oauthClient(server, { identifier: 'other' });
    const error = async (request: object): Promise<unknown> => (await askToken(server, request)).body.error;
    expect(await error(exchange(other, await codeFor(server)))).toBe('invalid_grant');
    expect(await error(exchange(client, await codeFor(server), { redirect_uri: 'https://b.example/' }))).toBe('invalid_grant');
    const late = await codeFor(server);
    server.advance(120_000);
    expect(await error(exchange(client, late))).toBe('invalid_grant');
    const intime = await codeFor(server);
    server.advance(119_000);
    expect(await error(exchange(client, intime))).toBeUndefined();
  });

  it('of public clients are proved by PKCE', async () => {
    await using server = await testServer();
    const { identifier } = await oauthClient(server, { kind: 'public' });
    const verifier = 'a-verifier-of-at-least-forty-three-characters-xx';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const request = async (code_verifier?: string): Promise<unknown> => {
      const code = await codeFor(server, { code_challenge: challenge, code_challenge_method: 'S256' });
      const grant = { grant_type: 'authorization_code', client_id: identifier, redirect_uri: CALLBACK, code, code_verifier };
      return (await askToken(server, grant)).status;
    };
    expect([await request(), await request('wrong'), await request(verifier)]).toEqual([400, 400, 200]);
  });
});

describe('the token endpoint', () => {
  it('refreshes: the old pair is good no more', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const first = (await askToken(server, exchange(client, await codeFor(server), { expires_in: 300 }))).body;
    server.advance(300_000);
    expect((await server.call('GET', '/users/me', undefined, bearer(first.access_token))).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', client_id: 'app', client_secret: client.secret, refresh_token: first.refresh_token };
    const second = (await askToken(server, { ...refresh, scope: 'tickets:read impersonate' })).body;
    expect(second).toMatchObject({ scope: 'tickets:read' });
    expect((await server.call('GET', '/tickets', undefined, bearer(second.access_token))).status).toBe(200);
    expect((await askToken(server, refresh)).body.error).toBe('invalid_grant');
    server.advance(2_592_000_000);
    expect((await askToken(server, { ...refresh, refresh_token: second.refresh_token })).body.error).toBe('invalid_grant');
  });

  it('forgets tokens of which nothing is good any more, once others are given out', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const give = async (more: object): Promise<string> =>
      (await askToken(server, exchange(client, await codeFor(server), more))).body.access_token;
    const ids = (): number[] => server.accounts.oauth.tokens('acme').map(({ id }) => id);
    await give({ expires_in: 300, refresh_token_expires_in: 604_801 });
    await give({});
    const [over, unending] = ids();
    server.advance(604_000_000);
    await give({ expires_in: 300 });
    expect(ids()).toHaveLength(3);
    server.advance(1_000_000);
    await give({});
    expect(ids()).toContain(unending);
    expect(ids()).not.toContain(over);
    expect(ids()).toHaveLength(3);
  });

  it('gives confidential clients a token of whoever made them', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    await oauthClient(server, { identifier: 'public', kind: 'public' });
    const grant = { grant_type: 'client_credentials', client_id: 'app', client_secret: client.secret, scope: 'read' };
    const { body } = await askToken(server, grant);
    expect(body).not.toHaveProperty('refresh_token');
    expect((await server.call('GET', '/tickets', undefined, bearer(body.access_token))).status).toBe(200);
    expect((await askToken(server, { ...grant, client_id: 'public', client_secret: undefined })).body.error).toBe('unauthorized_client');
  });

  it('takes forms too', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'app', client_secret: client.secret });
    expect((await fetch(oauthUrl(server, '/tokens'), { method: 'POST', body })).status).toBe(200);
    expect((await fetch(oauthUrl(server, '/tokens'), { method: 'OPTIONS' })).status).toBe(405);
  });

  it('takes passwords only where the account does', async () => {
    await using server = await testServer();
    const client = await oauthClient(server);
    server.accounts.passwords.set('acme', server.ownerId, 'correct horse');
    const grant = { grant_type: 'password', client_id: 'app', client_secret: client.secret, username: 'owner@acme.example', password: 'correct horse', scope: 'read' }; // prettier-ignore
    const basic = { authorization: `Basic ${Buffer.from('owner@acme.example:correct horse').toString('base64')}` };
    expect((await askToken(server, grant)).body.error).toBe('unauthorized_client');
    expect((await server.call('GET', '/tickets', undefined, basic)).status).toBe(401);
    server.accounts.update('acme', { settings: { apiPasswordAccess: true } });
    expect((await askToken(server, grant)).status).toBe(200);
    expect((await askToken(server, { ...grant, password: 'wrong' })).body.error).toBe('invalid_grant');
    expect((await server.call('GET', '/tickets', undefined, basic)).status).toBe(200);
  });

  it.each([
    [{ grant_type: undefined }, 400, 'invalid_request'],
    [{ grant_type: 'magic' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'constructor' }, 400, 'unsupported_grant_type'],
    [{ client_id: 'nobody' }, 401, 'invalid_client'],
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_secret: 'ä'.repeat(64) }, 401, 'invalid_client'],
    [{ client_secret: undefined }, 401, 'invalid_client'],
    [{ code: undefined }, 400, 'invalid_request'],
    [{ code: 'nonsense' }, 400, 'invalid_grant'],
    [{ expires_in: 299 }, 400, 'invalid_request'],
    [{ expires_in: 172_801 }, 400, 'invalid_request'],
    [{ refresh_token_expires_in: 'soon' }, 400, 'invalid_request'],
  ])('refuses %o', async (wrong, status, error) => {
    await using server = await testServer();
    const client = await oauthClient(server);
    const refused = await askToken(server, exchange(client, await codeFor(server), wrong));
    expect([refused.status, refused.body]).toMatchObject([status, { error, error_description: expect.any(String) }]);
  });
});
