import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askToken, oauthClient, ownToken } from '../../emulator/zendesk/support/testing/oauth-app.ts';
import { testServer, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { type Client, connect, failure } from './connect.ts';

type Result = Record<string, unknown> & { id: number };

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** The client with a token instead of an e-mail and a secret. */
function withToken(token: string, more: object = {}): Client {
  return connect(server, { more: { username: undefined, token, oauth: true, ...more } });
}

const withApiToken = (): Client => connect(server);
/** What was answered, without the property around it, which the client takes off some answers only. */
const one = async (call: Promise<unknown>): Promise<Result> => {
  const { result } = (await call) as { result: Result & { client?: Result; token?: Result } };
  return typeof result.client === 'object' ? result.client : typeof result.token === 'object' ? result.token : result;
};
/** The client knows the list of tokens under another name and hands out whole pages. */
const idsOf = (pages: unknown[], key: string): number[] =>
  (pages as Record<string, Result[]>[]).flatMap((page) => (page[key] ?? []).map(({ id }) => id));

describe('node-zendesk with an OAuth token', () => {
  it('signs in and works on tickets', async () => {
    const client = withToken(await ownToken(server, ['read', 'write']));
    expect(await one(client.users.me())).toMatchObject({ id: server.ownerId });
    const ticket = await one(client.tickets.create({ ticket: { subject: 'OAuth', comment: { body: 'x' } } } as never));
    expect(await one(client.tickets.update(ticket.id, { ticket: { priority: 'high' } } as never))).toMatchObject({ priority: 'high' });
    expect(await client.tickets.list()).toHaveLength(1);
  });

  it('is held to its scopes', async () => {
    const reader = withToken(await ownToken(server, ['tickets:read']));
    expect(await failure(reader.tickets.list())).toBe(0);
    expect(await failure(reader.users.list())).toBe(403);
    expect(await failure(reader.tickets.create({ ticket: { comment: { body: 'x' } } } as never))).toBe(403);
  });

  it('is refused with the API token as Bearer, and with a token that is gone', async () => {
    expect(await failure(withToken('test-api-token').users.me())).toBe(401);
    const token = await ownToken(server, ['read', 'write', 'nothing']);
    const client = withToken(token);
    const { body } = await server.call<{ tokens: { id: number; token: string }[] }>('GET', '/oauth/tokens');
    const id = body.tokens.find((each) => token.startsWith(each.token))?.id ?? 0;
    await withApiToken().oauthtokens.revoke(id);
    expect(await failure(client.users.me())).toBe(401);
  });

  it('takes a token of the token endpoint', async () => {
    const { identifier, secret } = await oauthClient(server, { identifier: 'machine' });
    const grant = { grant_type: 'client_credentials', client_id: identifier, client_secret: secret, scope: 'read' };
    const { body } = await askToken(server, grant);
    expect(await one(withToken(body.access_token).users.me())).toMatchObject({ id: server.ownerId });
  });

  it('asks as an end user', async () => {
    const bob = server.support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, server.api);
    const client = withToken(await ownToken(server, ['read', 'impersonate']), { asUser: 'bob@x.example' });
    expect(await one(client.users.me())).toMatchObject({ id: bob.id, role: 'end-user' });
    expect(await failure(client.tickets.list())).toBe(403);
  });
});

describe('node-zendesk on OAuth clients and tokens', () => {
  it('makes, changes, lists and deletes them', async () => {
    const client = withApiToken();
    const made = await one(client.oauthclients.create({ name: 'Made', identifier: 'made' }));
    const { id } = made;
    expect(made).toMatchObject({ name: 'Made', identifier: 'made', secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await one(client.oauthclients.update(id, { name: 'Changed' }))).toMatchObject({ name: 'Changed' });
    expect(await one(client.oauthclients.generateSecret(id))).toMatchObject({ secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const token = await one(client.oauthtokens.create({ token: { client_id: id, scopes: ['read'] } }));
    expect(await one(client.oauthtokens.show(token.id))).toMatchObject({ client_id: id, scopes: ['read'] });
    expect(idsOf(await client.oauthtokens.list(), 'tokens')).toContain(token.id);
    expect((await client.oauthclients.list()).map((each) => (each as Result).id)).toContain(id);
    await client.oauthclients.delete(id);
    expect(await failure(client.oauthclients.show(id))).toBe(404);
    expect(await failure(client.oauthtokens.show(token.id))).toBe(404);
  });
});
