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
});
