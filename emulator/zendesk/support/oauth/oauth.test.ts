import { describe, expect, it } from 'vitest';
import { bearer, oauthClient, ownToken } from '../testing/oauth-app.ts';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Token {
  readonly id: number;
  readonly token: string;
  readonly full_token?: string;
  readonly used_at: string | null;
}

const status = async (server: TestServer, method: string, path: string, headers: Record<string, string>, body?: object): Promise<number> =>
  (await server.call(method, path, body, headers)).status;

const agentOf = (server: TestServer, role: 'agent' | 'end-user' = 'agent', email = 'lee@acme.example'): Record<string, string> => {
  server.support.users.create('acme', { name: 'Lee', email, role, verified: true }, server.api);
  return { authorization: basic(email, 'test-api-token') };
};

describe('OAuth clients', () => {
  it('show their secret once, and a new one when asked', async () => {
    await using server = await testServer();
    const made = await oauthClient(server, { company: 'Acme' });
    expect(made.secret).toMatch(/^[0-9a-f]{64}$/);
    const path = `/oauth/clients/${made.id}`;
    expect((await server.call('GET', path)).body).toMatchObject({
      client: { identifier: 'app', company: 'Acme', kind: 'confidential', global: false, secret: made.secret.slice(0, 10) },
    });
    const renewed = (await server.call<{ client: { secret: string } }>('PUT', `${path}/generate_secret`)).body.client.secret;
    expect(renewed).toMatch(/^[0-9a-f]{64}$/);
    expect(renewed).not.toBe(made.secret);
    expect(JSON.stringify(server.core.journal.read({ kind: 'http.exchange' }))).not.toContain(renewed);
  });

  it('are changed, listed and deleted with their tokens', async () => {
    await using server = await testServer();
    const { id } = await oauthClient(server);
    const token = bearer(await ownToken(server, ['read'], id));
    await server.call('PUT', `/oauth/clients/${id}`, { client: { name: 'Other', redirect_uri: ['https://b.example/'] } });
    const { body } = await server.call('GET', '/oauth/clients?page[size]=1');
    expect(body).toMatchObject({ clients: [{ id, name: 'Other', redirect_uri: ['https://b.example/'] }], meta: { has_more: false } });
    expect((await server.call('GET', '/users/me/oauth/clients')).body).toMatchObject({ clients: [{ id }] });
    expect(await status(server, 'GET', '/tickets', token)).toBe(200);
    expect(await status(server, 'DELETE', `/oauth/clients/${id}`, {})).toBe(204);
    expect(await status(server, 'GET', `/oauth/clients/${id}`, {})).toBe(404);
    expect(await status(server, 'GET', '/tickets', token)).toBe(401);
  });

  it.each([
    [{ identifier: 'x' }, 'name', 'BlankValue'],
    [{ name: 'X' }, 'identifier', 'BlankValue'],
    [{ name: 'X', identifier: 'app' }, 'identifier', 'DuplicateValue'],
    [{ name: 'X', identifier: 'x', kind: 'secret' }, 'kind', 'InvalidValue'],
    [{ name: 'X', identifier: 'x', redirect_uri: ['nowhere'] }, 'redirect_uri', 'InvalidValue'],
    [{ name: 'X', identifier: 'x', user_id: 1 }, 'user_id', 'InvalidValue'],
  ])('refuse %o', async (client, property, error) => {
    await using server = await testServer();
    await oauthClient(server);
    const refused = await server.call('POST', '/oauth/clients', { client });
    expect([refused.status, refused.body]).toMatchObject([422, { error: 'RecordInvalid', details: { [property]: [{ error }] } }]);
  });

  it('are for admins', async () => {
    await using server = await testServer();
    const headers = agentOf(server);
    for (const path of ['/oauth/clients', '/oauth/tokens']) expect(await status(server, 'GET', path, headers)).toBe(403);
    expect((await server.call('GET', '/oauth/global_clients')).status).toBe(501);
  });
});

describe('OAuth tokens', () => {
  it('are shown in full once, then by their first ten characters', async () => {
    await using server = await testServer();
    const { id: client_id } = await oauthClient(server);
    const made = await server.call<{ token: Token }>('POST', '/oauth/tokens', { token: { client_id, scopes: ['read'] } });
    const { id, full_token: full = '' } = made.body.token;
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toMatch(new RegExp(`/api/v2/oauth/tokens/${id}.json$`));
    expect(full).toMatch(/^[0-9a-f]{64}$/);
    const { token } = (await server.call<{ token: Token }>('GET', `/oauth/tokens/${id}`)).body;
    expect(token).toMatchObject({ client_id, user_id: server.ownerId, scopes: ['read'], expires_at: null, refresh_token: null });
    expect(token.token).toBe(full.slice(0, 10));
    expect(token).not.toHaveProperty('full_token');
    expect(JSON.stringify(server.core.journal.read({ kind: 'http.exchange' }))).not.toContain(full);
  });

  it('speak for their user, note their use, and end when revoked', async () => {
    await using server = await testServer();
    const token = bearer(await ownToken(server, ['read', 'write']));
    expect((await server.call('GET', '/users/me', undefined, token)).body).toMatchObject({ user: { id: server.ownerId } });
    const current = (await server.call<{ token: Token }>('GET', '/oauth/tokens/current', undefined, token)).body.token;
    expect(current.used_at).toBe('2026-01-05T09:00:00Z');
    server.advance(90_000);
    await server.call('GET', '/users/me', undefined, token);
    expect((await server.call('GET', `/oauth/tokens/${current.id}`)).body).toMatchObject({ token: { used_at: '2026-01-05T09:01:30Z' } });
    expect(await status(server, 'DELETE', '/oauth/tokens/current', token)).toBe(204);
    const refused = await server.call('GET', '/users/me', undefined, token);
    expect([refused.status, refused.body]).toMatchObject([401, { error: 'invalid_token' }]);
    expect(await status(server, 'GET', '/oauth/tokens/current', {})).toBe(404);
  });

  it('end with their user', async () => {
    await using server = await testServer();
    const headers = agentOf(server);
    const lee = server.support.users.findByEmail('acme', 'lee@acme.example')?.id ?? 0;
    const { id } = await oauthClient(server);
    const client = server.accounts.oauth.client('acme', id);
    if (!client) throw new Error('no client');
    const made = server.accounts.oauth.issue('acme', 7, { client, userId: lee, scopes: ['read'] });
    const token = bearer(made.token);
    expect(await status(server, 'GET', '/tickets', token)).toBe(200);
    expect(await status(server, 'GET', '/oauth/tokens/7', headers)).toBe(200);
    await server.call('PUT', `/users/${lee}`, { user: { suspended: true } });
    expect(await status(server, 'GET', '/tickets', token)).toBe(401);
    expect(await status(server, 'GET', '/tickets', headers)).toBe(401);
  });

  it('are listed by user and client; others’ are for admins', async () => {
    await using server = await testServer();
    const { id: client_id } = await oauthClient(server);
    await ownToken(server, ['read'], client_id);
    await ownToken(server, ['write']);
    const count = async (query: string): Promise<unknown> => (await server.call('GET', `/oauth/tokens${query}`)).body['count'];
    expect(await count('')).toBe(2);
    expect(await count(`?client_id=${client_id}`)).toBe(1);
    expect(await count('?all=true')).toBe(2);
    expect((await server.call('GET', '/oauth/tokens?client_id=x')).status).toBe(400);
    const { tokens } = (await server.call<{ tokens: Token[] }>('GET', '/oauth/tokens')).body;
    const headers = agentOf(server);
    expect(await status(server, 'DELETE', `/oauth/tokens/${tokens[0]?.id}`, headers)).toBe(404);
    expect(await status(server, 'DELETE', `/oauth/tokens/${tokens[0]?.id}`, {})).toBe(204);
  });

  it('need a client', async () => {
    await using server = await testServer();
    expect(await status(server, 'POST', '/oauth/tokens', {}, { token: { scopes: ['read'] } })).toBe(422);
    expect(await status(server, 'POST', '/oauth/tokens', {}, { token: { client_id: 5, scopes: ['read'] } })).toBe(422);
  });
});

describe('scopes', () => {
  it.each([
    [['read'], 'GET', '/tickets', 200],
    [['read'], 'POST', '/tickets', 403],
    [['write'], 'GET', '/tickets', 403],
    [['write'], 'POST', '/tickets', 201],
    [['tickets:read'], 'GET', '/tickets', 200],
    [['tickets:read'], 'GET', '/users', 403],
    [['tickets:read'], 'GET', '/tickets/1/audits', 403],
    [['read'], 'GET', '/tickets/1/audits', 200],
    [['tickets'], 'POST', '/tickets', 201],
    [['tickets'], 'GET', '/tickets', 200],
    [['organizations:write', 'read'], 'GET', '/users', 200],
    [['organizations:write', 'read'], 'POST', '/tickets', 403],
    [['read write'], 'GET', '/tickets', 403],
    [['nonsense'], 'GET', '/tickets', 403],
    [[], 'GET', '/tickets', 403],
    [['nonsense'], 'GET', '/oauth/tokens/current', 200],
  ])('%o: %s %s is %i', async (scopes, method, path, expected) => {
    await using server = await testServer();
    server.support.tickets.create('acme', { comment: 'x' }, server.api);
    const token = bearer(await ownToken(server, scopes));
    const body = method === 'POST' ? { ticket: { comment: { body: 'x' } } } : undefined;
    expect(await status(server, method, path, token, body)).toBe(expected);
  });

  it('that are missing are named', async () => {
    await using server = await testServer();
    const token = bearer(await ownToken(server, ['write']));
    expect((await server.call('GET', '/groups', undefined, token)).body).toEqual({
      error: 'Forbidden',
      description: 'You are missing the following required scopes: groups:read, read',
    });
  });
});

describe('on behalf of end users', () => {
  it('an admin’s token with `impersonate` asks, by e-mail or id, verified or not', async () => {
    await using server = await testServer();
    const bob = server.support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, server.api);
    const token = bearer(await ownToken(server, ['impersonate', 'read']));
    for (const who of ['bob@x.example', String(bob.id)]) {
      const me = await server.call('GET', '/users/me', undefined, { ...token, 'x-on-behalf-of': who });
      expect(me.body).toMatchObject({ user: { id: bob.id, role: 'end-user' } });
      expect(await status(server, 'GET', '/tickets', { ...token, 'x-on-behalf-of': who })).toBe(403);
    }
    const nobody = await server.call('GET', '/users/me', undefined, { ...token, 'x-on-behalf-of': 'no@x.example' });
    expect([nobody.status, nobody.body]).toMatchObject([401, { error: 'invalid_token' }]);
  });

  it('not without the scope, and not with an API token', async () => {
    await using server = await testServer();
    server.support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, server.api);
    const onBehalf = { 'x-on-behalf-of': 'bob@x.example' };
    expect(await status(server, 'GET', '/users/me', { ...bearer(await ownToken(server, ['read'])), ...onBehalf })).toBe(403);
    expect((await server.call('GET', '/users/me', undefined, onBehalf)).body).toMatchObject({ user: { id: server.ownerId } });
  });
});
