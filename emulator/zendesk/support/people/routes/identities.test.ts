import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

type Row = Record<string, unknown> & { id: number };

const ROOT = (userId: number): string => `/users/${userId}/identities`;

async function made(server: TestServer, user: Record<string, unknown> = {}): Promise<Row> {
  const { body } = await server.call<{ user: Row }>('POST', '/users', { user: { name: 'Ada', email: 'ada@x.example', ...user } });
  return body.user;
}

async function listed(server: TestServer, userId: number): Promise<Row[]> {
  return (await server.call<{ identities: Row[] }>('GET', ROOT(userId))).body.identities;
}

const shown = async (server: TestServer, id: number): Promise<Row> => (await server.call<{ user: Row }>('GET', `/users/${id}`)).body.user;

describe('identities of a user', () => {
  it('are added, shown and deleted', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    const added = await server.call<{ identity: Row }>('POST', ROOT(id), { identity: { type: 'email', value: 'ADA.L@x.example' } });
    expect([added.status, added.headers.get('location')]).toEqual([201, `${server.url}${ROOT(id)}/${added.body.identity.id}.json`]);
    expect(added.body.identity).toMatchObject({
      user_id: id,
      type: 'email',
      value: 'ada.l@x.example',
      verified: false,
      verified_at: null,
      verification_method: 'none',
      primary: false,
      deliverable_state: 'deliverable',
    });
    const path = `${ROOT(id)}/${added.body.identity.id}`;
    expect((await server.call('GET', path)).body).toEqual(added.body);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('GET', path)).status).toBe(404);
    expect(await listed(server, id)).toHaveLength(1);
  });

  it('belong to one user, whatever their type', async () => {
    await using server = await testServer();
    const ada = await made(server);
    const bob = await made(server, { name: 'Bob', email: 'bob@x.example', phone: '+14155550100' });
    for (const [type, value] of [
      ['email', 'BOB@x.example'],
      ['email', 'ada@x.example'],
      ['phone_number', '+14155550100'],
    ]) {
      const refused = await server.call('POST', ROOT(ada.id), { identity: { type, value } });
      expect([refused.status, refused.body['error']]).toEqual([422, 'RecordInvalid']);
      expect(refused.body['details']).toMatchObject({ value: [{ error: 'DuplicateValue' }] });
    }
    expect((await server.call('POST', ROOT(ada.id), { identity: { type: 'twitter', value: 'bob' } })).status).toBe(201);
    expect((await server.call('POST', ROOT(bob.id), { identity: { type: 'twitter', value: 'BOB' } })).status).toBe(422);
    expect((await listed(server, ada.id)).map((row) => row['type'])).toEqual(['email', 'twitter']);
  });

  it.each([
    [{ type: 'messaging', value: 'x' }, 422],
    [{ type: 'pigeon', value: 'x' }, 422],
    [{ value: 'x@x.example' }, 422],
    [{ type: 'email', value: 'no mail' }, 422],
    [{ type: 'email', value: ' ' }, 422],
    [{ type: 'email' }, 422],
    [{ type: 'email', value: 'x@x.example', verification_method: 'sso' }, 400],
    [{ type: 'email', value: 'x@x.example', verification_method: 'full' }, 400],
    [{ type: 'email', value: 'x@x.example', verified: 'perhaps' }, 400],
  ])('cannot be %o', async (identity, status) => {
    await using server = await testServer();
    const { id } = await made(server);
    expect((await server.call('POST', ROOT(id), { identity })).status).toBe(status);
    expect(await listed(server, id)).toHaveLength(1);
  });

  it('have one primary of each type, which the user shows', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    const google = { type: 'google', value: 'ada@g.example' };
    expect((await server.call('POST', ROOT(id), { identity: google })).body).toMatchObject({ identity: { primary: true } });
    const second = await server.call<{ identity: Row }>('POST', ROOT(id), {
      identity: { type: 'email', value: 'new@x.example', primary: true, verified: true },
    });
    expect(second.body.identity).toMatchObject({
      primary: true,
      verified: true,
      verification_method: 'low',
      verified_at: '2026-01-05T09:00:00Z',
    });
    expect(await shown(server, id)).toMatchObject({ email: 'new@x.example', verified: true });
    const [first] = await listed(server, id);
    const answer = await server.call<{ identities: Row[] }>('PUT', `${ROOT(id)}/${first?.id}/make_primary`);
    expect(answer.body.identities.map((row) => [row['value'], row['primary']])).toEqual([
      ['ada@x.example', true],
      ['ada@g.example', true],
      ['new@x.example', false],
    ]);
    expect((await shown(server, id))['email']).toBe('ada@x.example');
    expect((await server.call('DELETE', `${ROOT(id)}/${first?.id}`)).status).toBe(204);
    expect(await listed(server, id)).toMatchObject([{ type: 'google' }, { value: 'new@x.example', primary: true }]);
    expect((await shown(server, id))['email']).toBe('new@x.example');
    const [, last] = await listed(server, id);
    await server.call('DELETE', `${ROOT(id)}/${last?.id}`);
    expect((await shown(server, id))['email']).toBeNull();
    const owner = (await listed(server, server.ownerId)).find((row) => row['type'] === 'email');
    expect((await server.call('DELETE', `${ROOT(server.ownerId)}/${owner?.id}`)).status).toBe(422);
  });

  it('are verified, renamed, and verified no more', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    const [email] = await listed(server, id);
    const path = `${ROOT(id)}/${email?.id}`;
    expect((await server.call('PUT', `${path}/request_verification`)).status).toBe(200);
    server.advance(60_000);
    const verified = await server.call<{ identity: Row }>('PUT', `${path}/verify`);
    expect(verified.body.identity).toMatchObject({ verified: true, verified_at: '2026-01-05T09:01:00Z' });
    expect((await shown(server, id))['verified']).toBe(true);
    const renamed = await server.call<{ identity: Row }>('PUT', path, { identity: { value: 'lovelace@x.example', primary: false } });
    expect(renamed.body.identity).toMatchObject({ value: 'lovelace@x.example', verified: true, primary: true });
    expect(renamed.headers.get('x-zendesk-api-warn')).toContain('identity.primary');
    expect((await shown(server, id))['email']).toBe('lovelace@x.example');
    for (const identity of [{ verified: false }, { verification_method: 'none' }]) {
      expect((await server.call('PUT', path, { identity })).body).toMatchObject({ identity: { verified: false, verified_at: null } });
      expect((await shown(server, id))['verified']).toBe(false);
      expect((await server.call('PUT', path, { identity: { verification_method: 'low' } })).body).toMatchObject({
        identity: { verified: true, verified_at: '2026-01-05T09:01:00Z' },
      });
    }
    expect((await server.call('PUT', path, { identity: { verification_method: 'embed' } })).status).toBe(400);
    for (const verb of ['', '/verify', '/make_primary', '/request_verification'])
      expect((await server.call('PUT', `${ROOT(id)}/99${verb}`, { identity: { verified: true } })).status).toBe(404);
    expect((await server.call('PUT', `${ROOT(server.ownerId)}/${email?.id}/verify`)).status).toBe(404);
  });

  it('make a number a direct line, and leave it behind as a shared one', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    const add = async (value: string): Promise<Row> =>
      (await server.call<{ identity: Row }>('POST', ROOT(id), { identity: { type: 'phone_number', value } })).body.identity;
    const first = await add('+14155550100');
    const second = await add('+14155550101');
    expect(await shown(server, id)).toMatchObject({ phone: '+14155550100', shared_phone_number: false });
    for (const text of ['4155550100', '4155550101'])
      expect((await server.call('GET', `/users/search?query=${text}`)).body).toMatchObject({ users: [{ id }] });
    await server.call('PUT', `${ROOT(id)}/${second.id}/make_primary`);
    expect((await shown(server, id))['phone']).toBe('+14155550101');
    await server.call('DELETE', `${ROOT(id)}/${second.id}`);
    expect(await shown(server, id)).toMatchObject({ phone: '+14155550101', shared_phone_number: true });
    await server.call('DELETE', `${ROOT(id)}/${first.id}`);
    expect(server.support.users.findByDirectPhone('acme', '+14155550100')).toBeUndefined();
    await server.call('PUT', `/users/${id}`, { user: { phone: '' } });
    expect(await shown(server, id)).toMatchObject({ phone: null, shared_phone_number: null });
  });

  it('of a number follow the phone of the user', async () => {
    await using server = await testServer();
    const numbers = [
      { type: 'phone_number', value: '+14155550100' },
      { type: 'phone_number', value: '+14155550101', primary: true, verified: true },
    ];
    const ada = await made(server, { identities: numbers });
    expect(ada).toMatchObject({ phone: '+14155550101', shared_phone_number: false });
    const phones = async (): Promise<unknown[]> =>
      (await listed(server, ada.id))
        .filter((row) => row['type'] === 'phone_number')
        .map((row) => [row['value'], row['primary'], row['verified']]);
    expect(await phones()).toEqual([
      ['+14155550100', false, false],
      ['+14155550101', true, true],
    ]);
    await server.call('PUT', `/users/${ada.id}`, { user: { phone: '+14155550102' } });
    expect(await phones()).toEqual([
      ['+14155550100', false, false],
      ['+14155550102', true, false],
    ]);
    await server.call('PUT', `/users/${ada.id}`, { user: { phone: '+14155550100' } });
    expect(await phones()).toEqual([['+14155550100', true, false]]);
    expect(await shown(server, ada.id)).toMatchObject({ phone: '+14155550100', shared_phone_number: false });
  });

  it('are journaled one by one, nothing when nothing changes', async () => {
    await using server = await testServer();
    const { id } = await made(server);
    const kinds = (): string[] =>
      server.core.journal
        .read({ kind: 'user.' })
        .filter(({ kind, data }) => kind.startsWith('user.identity') && (data as { record: Row }).record.id === id)
        .map(({ kind }) => kind);
    const [email] = await listed(server, id);
    await server.call('PUT', `${ROOT(id)}/${email?.id}`, { identity: { value: 'ADA@x.example' } });
    expect(kinds()).toEqual(['user.identity_created']);
    await server.call('POST', ROOT(id), { identity: { type: 'email', value: 'b@x.example', primary: true } });
    expect(kinds().slice(1)).toEqual(['user.identity_changed', 'user.identity_created']);
    await server.call('DELETE', `${ROOT(id)}/${email?.id}`);
    expect(kinds().at(-1)).toBe('user.identity_deleted');
  });
});

describe('end users', () => {
  it('see to their own identities, and only those', async () => {
    await using server = await testServer();
    const ada = await made(server, { verified: true });
    const bob = await made(server, { name: 'Bob', email: 'bob@x.example' });
    const hers = { authorization: basic('ada@x.example', 'test-api-token') };
    const call = (method: string, path: string, body?: unknown) => server.call<{ identity: Row }>(method, path, body, hers);
    const root = `/end_users/${ada.id}/identities`;
    const added = await call('POST', root, { identity: { type: 'email', value: 'b@x.example', verified: true } });
    expect([added.status, added.body.identity['verified']]).toEqual([201, false]);
    expect((await call('PUT', `${root}/${added.body.identity.id}/make_primary`)).status).toBe(403);
    expect((await call('PUT', `${root}/${added.body.identity.id}/request_verification`)).status).toBe(200);
    expect((await call('GET', `${root}/${added.body.identity.id}`)).status).toBe(200);
    expect((await call('DELETE', `${root}/${added.body.identity.id}`)).status).toBe(204);
    expect((await call('GET', root)).status).toBe(200);
    expect((await call('GET', `/end_users/${bob.id}/identities`)).status).toBe(403);
    const identity = { type: 'email', value: 'unseen@x.example', primary: true, verified: true };
    expect((await call('POST', root, { identity })).body).toMatchObject({ identity: { primary: false, verified: false } });
    expect((await call('POST', ROOT(ada.id), { identity: { type: 'email', value: 'c@x.example' } })).status).toBe(403);
  });
});
