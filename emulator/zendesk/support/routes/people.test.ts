import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

type Json = Record<string, unknown> & { id: number };

describe('users over REST', () => {
  it('creates, shows, updates and deletes; deleting answers 200 with the user', async () => {
    await using server = await testServer();
    const made = await server.call<{ user: Json }>('POST', '/users.json', {
      user: { name: 'Bob', email: 'bob@x.example', phone: '+14155550100' },
    });
    const { id } = made.body.user;
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.url}/users/${id}.json`]);
    expect(made.body.user).toMatchObject({
      role: 'end-user',
      verified: false,
      shared_phone_number: false,
      locale: 'en-US',
      user_fields: {},
    });
    expect((await server.call<{ user: Json }>('GET', `/users/${id}`)).body.user).toEqual(made.body.user);
    const updated = await server.call<{ user: Json }>('PUT', `/users/${id}`, { user: { notes: 'n' } });
    expect([updated.status, updated.body.user['notes']]).toEqual([200, 'n']);
    const deleted = await server.call<{ user: Json }>('DELETE', `/users/${id}.json`);
    expect([deleted.status, deleted.body.user['active']]).toEqual([200, false]);
  });

  it('shows every defined field, null when unset', async () => {
    await using server = await testServer();
    await server.call('POST', '/user_fields', { user_field: { key: 'plan', type: 'text', title: 'Plan' } });
    await server.call('POST', '/organization_fields', { organization_field: { key: 'tier', type: 'text', title: 'Tier' } });
    const { body: organization } = await server.call<{ organization: Json }>('POST', '/organizations', {
      organization: { name: 'Globex' },
    });
    const { body } = await server.call<{ user: Json }>('POST', '/users', {
      user: { name: 'Bob', organization_id: organization.organization.id },
    });
    expect([body.user['user_fields'], organization.organization['organization_fields']]).toEqual([{ plan: null }, { tier: null }]);
  });

  it('upserts by e-mail or external id, never by phone', async () => {
    await using server = await testServer();
    const upsert = (user: Record<string, unknown>) => server.call<{ user: Json }>('POST', '/users/create_or_update.json', { user });
    const made = await upsert({ name: 'Bob', email: 'bob@x.example', external_id: 'c1', phone: '+14155550100' });
    const byEmail = await upsert({ name: 'Robert', email: 'BOB@x.example' });
    const byId = await upsert({ name: 'Rob', external_id: 'C1' });
    const byPhone = await upsert({ name: 'Eve', phone: '+14155550100' });
    expect([made.status, byEmail.status, byId.status, byPhone.status]).toEqual([201, 200, 200, 201]);
    expect([byEmail.body.user.id, byId.body.user.id]).toEqual([made.body.user.id, made.body.user.id]);
    expect(byId.headers.get('location')).toBe(`${server.url}/users/${made.body.user.id}.json`);
    expect(byPhone.body.user['shared_phone_number']).toBe(true);
  });

  it('searches fuzzily by query and exactly by external id, with offset pages only', async () => {
    await using server = await testServer();
    for (const [name, phone] of [
      ['Ada', '+12079460018'],
      ['Bob', '+442079460018'],
    ] as const) {
      // prettier-ignore
      await server.call('POST', '/users', { user: { name, phone, external_id: `ext-${name}` } });
    }
    const names = async (query: string): Promise<unknown[]> =>
      (await server.call<{ users: Json[] }>('GET', `/users/search.json?${query}`)).body.users.map((user) => user['name']);
    expect(await names('query=%2B442079460018')).toEqual(['Bob', 'Ada']);
    expect(await names('query=+442079460018')).toEqual(['Bob', 'Ada']);
    expect(await names('query=phone%3A12079460018&per_page=1')).toEqual(['Ada']);
    expect(await names('external_id=EXT-bob')).toEqual(['Bob']);
    expect(await names('external_id=ext')).toEqual([]);
    const { body } = await server.call<{ count: number; next_page: string }>('GET', '/users/search?query=2079460018&per_page=1');
    expect([body.count, body.next_page]).toEqual([2, `${server.url}/users/search.json?query=2079460018&per_page=1&page=2`]);
    expect((await server.call('GET', '/users/search')).status).toBe(400);
  });

  it('lists by role, counts, and shows many by external id', async () => {
    await using server = await testServer();
    await server.call('POST', '/users', { user: { name: 'Bob', external_id: 'b' } });
    await server.call('POST', '/users', { user: { name: 'Lee', role: 'agent' } });
    const names = async (path: string): Promise<unknown[]> =>
      (await server.call<{ users: Json[] }>('GET', path)).body.users.map((user) => user['name']);
    expect(await names('/users?role=agent')).toEqual(['Lee']);
    expect(await names('/users?role[]=agent&role[]=admin&page[size]=10&sort=-name')).toEqual(['owner', 'Lee']);
    expect(await names('/users/show_many?external_ids=B,zzz')).toEqual(['Bob']);
    expect((await server.call('GET', '/users/count?role=end-user')).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', '/users?role=boss')).status).toBe(400);
  });

  it('lists identities by type, and groups', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ user: Json }>('POST', '/users', {
      user: { name: 'Bob', email: 'bob@x.example', phone: '+14155550100' },
    });
    const path = `/users/${body.user.id}/identities.json`;
    const all = await server.call<{ identities: Json[]; count: number }>('GET', path);
    expect(all.body.identities.map((identity) => identity['type'])).toEqual(['email', 'phone_number']);
    expect(all.body.identities[0]).toMatchObject({
      url: expect.stringContaining(path.replace('.json', '/')),
      primary: true,
      verified: false,
      verification_method: 'none',
    });
    const phones = await server.call<{ identities: Json[] }>('GET', `${path}?type[]=phone_number`);
    expect(phones.body.identities.map((identity) => identity['value'])).toEqual(['+14155550100']);
    expect((await server.call('GET', '/users/99/identities')).status).toBe(404);
    const groups = await server.call<{ groups: Json[] }>('GET', `/users/${server.ownerId}/groups`);
    expect(groups.body.groups.map((group) => group['name'])).toEqual(['Support']);
  });

  it('remembers when an agent last used the token', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ user: Json }>('GET', '/users/me');
    expect(body.user['last_login_at']).toBe('2026-01-05T09:00:00Z');
  });
});

describe('users/me', () => {
  it('answers 200 to nobody, 401 to wrong credentials', async () => {
    await using server = await testServer();
    const anonymous = await server.call<{ user: Json }>('GET', '/users/me.json', undefined, { authorization: '' });
    expect([anonymous.status, anonymous.body.user.id, anonymous.body.user['name']]).toEqual([200, null, 'Anonymous user']);
    expect((await server.call('GET', '/users/me.json', undefined, { authorization: 'Basic eA==' })).status).toBe(401);
  });

  it('answers 200 to wrong credentials when the account says so', async () => {
    await using server = await testServer({ settings: { usersMeWithWrongCredentials: 'anonymous' } });
    const { status, body } = await server.call<{ user: Json }>('GET', '/users/me.json', undefined, { authorization: 'Basic eA==' });
    expect([status, body.user['name']]).toEqual([200, 'Anonymous user']);
    expect((await server.call('GET', '/tickets', undefined, { authorization: 'Basic eA==' })).status).toBe(401);
  });
});

describe('organizations over REST', () => {
  it('creates, shows, updates, lists, searches and deletes', async () => {
    await using server = await testServer();
    const made = await server.call<{ organization: Json }>('POST', '/organizations.json', {
      organization: { name: 'Globex', external_id: 'g' },
    });
    const { id } = made.body.organization;
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.url}/organizations/${id}.json`]);
    expect((await server.call('PUT', `/organizations/${id}`, { organization: { notes: 'n' } })).body).toMatchObject({
      organization: { notes: 'n' },
    });
    expect((await server.call('GET', `/organizations/${id}.json`)).body).toMatchObject({ organization: { name: 'Globex', notes: 'n' } });
    for (const path of [
      '/organizations',
      '/organizations/search?name=globex',
      '/organizations/search?external_id=G',
      `/organizations/show_many?ids=${id}`,
    ]) {
      expect((await server.call('GET', path)).body).toMatchObject({ organizations: [{ id }], count: 1 });
    }
    expect((await server.call('GET', '/organizations/count')).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', `/organizations/${id}/users`)).body).toMatchObject({ users: [], count: 0 });
    expect((await server.call('GET', `/organizations/${id}/tickets`)).body).toMatchObject({ tickets: [], count: 0 });
    expect((await server.call('DELETE', `/organizations/${id}`)).status).toBe(204);
    for (const path of ['', '/users', '/tickets']) expect((await server.call('GET', `/organizations/${id}${path}`)).status).toBe(404);
  });
});

describe('fields over REST', () => {
  it.each(['user', 'organization'])('keeps %s fields, by id or key', async (owner) => {
    await using server = await testServer();
    const [one, many] = [`${owner}_field`, `${owner}_fields`];
    const options = [{ name: 'Gold', value: 'gold' }];
    const made = await server.call<Record<string, Json>>('POST', `/${many}.json`, {
      [one]: { key: 'tier', type: 'dropdown', title: 'Tier', custom_field_options: options },
    });
    const field = made.body[one];
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.url}/${many}/${field?.id}.json`]);
    expect(field).toMatchObject({
      key: 'tier',
      title: 'Tier',
      raw_title: 'Tier',
      custom_field_options: [{ name: 'Gold', raw_name: 'Gold', value: 'gold', position: 0 }],
    });
    expect((await server.call<Record<string, Json>>('GET', `/${many}/tier`)).body[one]?.id).toBe(field?.id);
    expect((await server.call('PUT', `/${many}/${field?.id}`, { [one]: { title: 'Level', key: 'ignored' } })).body).toMatchObject({
      [one]: { title: 'Level', key: 'tier' },
    });
    expect((await server.call('GET', `/${many}?page[size]=5`)).body).toMatchObject({
      [many]: [{ key: 'tier' }],
      meta: { has_more: false },
    });
    expect((await server.call('DELETE', `/${many}/tier`)).status).toBe(204);
    expect((await server.call('GET', `/${many}/tier`)).status).toBe(404);
  });

  it('shows ticket fields with their options', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ ticket_fields: Json[]; count: number }>('GET', '/ticket_fields');
    expect(body.count).toBe(8);
    const byType = new Map(body.ticket_fields.map((field) => [field['type'], field]));
    expect(byType.get('priority')?.['system_field_options']).toHaveLength(4);
    expect(byType.get('custom_status')?.['custom_statuses']).toHaveLength(5);
    const id = byType.get('subject')?.id;
    expect((await server.call('GET', `/ticket_fields/${id}`)).body).toMatchObject({ ticket_field: { type: 'subject', removable: false } });
    expect((await server.call('GET', '/ticket_fields/count')).body).toMatchObject({ count: { value: 8 } });
  });
});

describe('groups over REST', () => {
  it('lists, counts and shows', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ groups: Json[] }>('GET', '/groups.json');
    expect(body.groups).toMatchObject([{ name: 'Support', default: true, deleted: false, is_public: true }]);
    expect((await server.call('GET', '/groups/assignable')).body).toMatchObject({ groups: [{ name: 'Support' }] });
    expect((await server.call('GET', '/groups/count')).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', `/groups/${body.groups[0]?.id}`)).body).toEqual({ group: body.groups[0] });
    expect((await server.call('GET', '/groups/99')).status).toBe(404);
  });
});
