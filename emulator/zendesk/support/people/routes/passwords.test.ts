import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

const OPEN = { settings: { rateLimits: false, apiPasswordAccess: true, adminsCanSetUserPasswords: true } };

const ann = (server: TestServer): number =>
  server.support.users.create('acme', { name: 'Ann', email: 'ann@acme.example', verified: true }, server.api).id;
const as = (password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`ann@acme.example:${password}`).toString('base64')}`,
});
const told = (server: TestServer): unknown[] => server.core.journal.read({ kind: 'user.password_changed' });

describe('passwords of users', () => {
  it('are set by admins, where the owner lets them', async () => {
    await using server = await testServer(OPEN);
    const path = `/users/${ann(server)}/password`;
    expect(await server.call('POST', path, { password: 'first one' })).toMatchObject({ status: 200, body: '' });
    expect((await server.call('GET', '/users/me', undefined, as('first one'))).body).toMatchObject({ user: { name: 'Ann' } });
    expect(told(server)).toMatchObject([{ data: { record: { name: 'Ann' } } }]);
    const exchanges = JSON.stringify(server.core.journal.read({ kind: 'http.exchange' }));
    expect([exchanges.includes('/password'), exchanges.includes('first one')]).toEqual([true, false]);
    server.accounts.update('acme', { settings: { adminsCanSetUserPasswords: false } });
    expect((await server.call('POST', path, { password: 'second one' })).status).toBe(403);
  });

  it('are set by nobody else', async () => {
    await using server = await testServer(OPEN);
    const id = ann(server);
    server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
    const lee = { authorization: basic('lee@acme.example', 'test-api-token') };
    expect((await server.call('POST', `/users/${id}/password`, { password: 'first one' }, lee)).status).toBe(403);
    const change = { previous_password: 'first one', password: 'second one' };
    server.support.people.passwords.set('acme', id, 'first one', server.api);
    expect((await server.call('PUT', `/users/${id}/password`, change)).status).toBe(403);
    expect((await server.call('PUT', `/users/${id}/password`, change, as('first one'))).status).toBe(200);
    expect((await server.call('PUT', `/users/${id}/password`, change, as('second one'))).body).toMatchObject({
      error: 'RecordInvalid',
      details: { previous_password: [{ description: 'Previous password: is incorrect' }] },
    });
    expect(told(server)).toHaveLength(2);
  });

  it('meet what is listed, and are refused without it', async () => {
    await using server = await testServer(OPEN);
    const path = `/users/${ann(server)}/password`;
    expect((await server.call('GET', `${path}/requirements`)).body).toEqual({
      requirements: ['must be at least 5 characters', 'must be different from email address'],
    });
    const status = async (body: unknown): Promise<number> => (await server.call('POST', path, body)).status;
    expect([await status({ password: 'abcd' }), await status({ password: 'Ann@acme.example' })]).toEqual([422, 422]);
    expect([await status({}), await status({ password: 12345 }), await status([])]).toEqual([400, 400, 400]);
    expect([await server.call('POST', '/users/1/password', { password: 'first one' })]).toMatchObject([{ status: 404 }]);
    expect(told(server)).toEqual([]);
  });

  it('come among the properties of a user too, who is not written without', async () => {
    await using server = await testServer(OPEN);
    const { support } = server;
    const user = { name: 'Ann', email: 'ann@acme.example', verified: true };
    const made = await server.call<{ user: Record<string, unknown> }>('POST', '/users', { user: { ...user, password: 'first one' } });
    expect([made.status, 'password' in made.body.user]).toEqual([201, false]);
    const path = `/users/${String(made.body.user['id'])}`;
    const name = async (password: string): Promise<unknown> => (await server.call('GET', '/users/me', undefined, as(password))).body;
    expect(await name('first one')).toMatchObject({ user: { name: 'Ann' } });
    const put = (more: object): Promise<{ status: number; body: object }> => server.call('PUT', path, { user: more });
    expect(await put({ name: 'Anna', password: 'abc' })).toMatchObject({ status: 422, body: { details: { password: [{}] } } });
    expect((await put({ password: null })).status).toBe(200);
    expect(await name('first one')).toMatchObject({ user: { name: 'Ann' } });
    expect((await put({ name: 'Anna', password: 1234567 })).status).toBe(200);
    expect(await name('1234567')).toMatchObject({ user: { name: 'Anna' } });
    expect((await server.call('POST', '/users/create_or_update', { user: { email: user.email, password: 'third one' } })).status).toBe(200);
    expect(await name('third one')).toMatchObject({ user: { name: 'Anna' } });
    expect(told(server)).toHaveLength(3);
    const refused = { name: 'Bob', email: 'bob@acme.example', password: 'ab1' };
    for (const path of ['/users', '/users/create_or_update']) expect((await server.call('POST', path, { user: refused })).status).toBe(422);
    expect(support.users.findByEmail('acme', 'bob@acme.example')).toBeUndefined();
    expect((await server.call('POST', '/users/create_many', { users: [{ ...refused, password: 'long enough' }] })).status).toBe(501);
    expect(JSON.stringify(server.core.journal.read())).not.toMatch(/first one|"abc|1234567|third one|ab1|long enough/);
    server.accounts.update('acme', { settings: { adminsCanSetUserPasswords: false } });
    expect([(await put({ name: 'X', password: 'fourth one' })).status, support.users.findByEmail('acme', user.email)?.name]).toEqual([403, 'Anna']); // prettier-ignore
  });

  it('are not set by agents among the properties either', async () => {
    await using server = await testServer(OPEN);
    const id = ann(server);
    server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
    const lee = { authorization: basic('lee@acme.example', 'test-api-token') };
    expect((await server.call('PUT', `/users/${id}`, { user: { name: 'X', password: 'first one' } }, lee)).status).toBe(403);
    expect((await server.call('POST', '/users', { user: { name: 'Bob', password: 'first one' } }, lee)).status).toBe(403);
    expect([told(server), server.support.users.get('acme', id)?.name]).toEqual([[], 'Ann']);
  });
});
