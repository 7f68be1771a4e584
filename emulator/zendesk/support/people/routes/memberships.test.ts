import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

type Row = Record<string, unknown> & { id: number };
type Body = Record<string, Row> & Record<string, Row[]>;

async function create(server: TestServer, path: string, name: string, record: Record<string, unknown>): Promise<Row> {
  const { status, body } = await server.call<Record<string, Row>>('POST', path, { [name]: record });
  expect(status).toBeLessThan(300);
  return body[name] as Row;
}

const group = (server: TestServer, name: string) => create(server, '/groups', 'group', { name });
const organization = (server: TestServer, name: string) => create(server, '/organizations', 'organization', { name });
const agent = (server: TestServer, name: string, more = {}) => create(server, '/users', 'user', { name, role: 'agent', ...more });
const shown = async (server: TestServer, id: number): Promise<Row> => (await server.call<{ user: Row }>('GET', `/users/${id}`)).body.user;
const rows = async (server: TestServer, path: string, key: string): Promise<Row[]> =>
  (await server.call<Record<string, Row[]>>('GET', path)).body[key] ?? [];
const ticket = async (server: TestServer, id: number): Promise<Row> =>
  (await server.call<{ ticket: Row }>('GET', `/tickets/${id}`)).body.ticket;

describe('group memberships', () => {
  it('are created, listed everywhere, and deleted', async () => {
    await using server = await testServer();
    const [sales, lee] = [await group(server, 'Sales'), await agent(server, 'Lee')];
    const made = await server.call<{ group_membership: Row }>('POST', '/group_memberships', {
      group_membership: { user_id: lee.id, group_id: String(sales.id) },
    });
    const membership = made.body.group_membership;
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.url}/group_memberships/${membership.id}.json`]);
    expect(membership).toEqual({
      url: `${server.url}/group_memberships/${membership.id}.json`,
      id: membership.id,
      user_id: lee.id,
      group_id: sales.id,
      default: true,
      created_at: '2026-01-05T09:00:00Z',
      updated_at: '2026-01-05T09:00:00Z',
    });
    expect((await shown(server, lee.id))['default_group_id']).toBe(sales.id);
    for (const path of [
      `/users/${lee.id}/group_memberships`,
      `/groups/${sales.id}/memberships`,
      `/groups/${sales.id}/memberships/assignable`,
    ])
      expect((await server.call('GET', path)).body).toMatchObject({ group_memberships: [membership], count: 1 });
    expect((await server.call('GET', `/users/${lee.id}/group_memberships/${membership.id}`)).body).toEqual(made.body);
    expect((await server.call('GET', `/users/${server.ownerId}/group_memberships/${membership.id}`)).status).toBe(404);
    expect((await server.call('DELETE', `/users/${server.ownerId}/group_memberships/${membership.id}`)).status).toBe(404);
    const beside = await server.call<Body>('GET', '/group_memberships?page[size]=1&include=users,groups');
    expect([beside.body['users']?.length, beside.body['groups']?.length]).toEqual([1, 1]);
    expect((await server.call('DELETE', `/group_memberships/${membership.id}`)).status).toBe(204);
    expect((await shown(server, lee.id))['default_group_id']).toBeNull();
    for (const method of ['GET', 'DELETE']) expect((await server.call(method, `/group_memberships/${membership.id}`)).status).toBe(404);
    expect((await server.call('GET', '/groups/99/memberships')).status).toBe(404);
  });

  it('are refused for end users, unknown parties and twice', async () => {
    await using server = await testServer();
    const [sales, lee, bob] = [await group(server, 'Sales'), await agent(server, 'Lee'), await agent(server, 'Bob', { role: 'end-user' })];
    const call = (record: unknown) => server.call('POST', '/group_memberships', { group_membership: record });
    expect((await call({ user_id: lee.id, group_id: sales.id })).status).toBe(201);
    for (const record of [
      { user_id: lee.id, group_id: sales.id },
      { user_id: bob.id, group_id: sales.id },
      { user_id: 9, group_id: sales.id },
      { user_id: lee.id, group_id: 9 },
      {},
    ])
      expect([record, (await call(record)).status]).toEqual([record, 422]);
    for (const body of [{ user_id: 'x' }, 'text', null]) expect((await call(body)).status).toBe(400);
  });

  it('have one default, which moves when it is left', async () => {
    await using server = await testServer();
    const [sales, support, lee] = [await group(server, 'Sales'), await group(server, 'Help'), await agent(server, 'Lee')];
    const path = `/users/${lee.id}/group_memberships`;
    const [first, second] = [
      await create(server, path, 'group_membership', { group_id: sales.id }),
      await create(server, path, 'group_membership', { group_id: support.id, default: true }),
    ];
    expect(await rows(server, path, 'group_memberships')).toMatchObject([{ default: false }, { id: second.id, default: true }]);
    const answer = await server.call<Body>('PUT', `${path}/${first.id}/make_default`);
    expect(answer.body['group_memberships']).toMatchObject([{ id: first.id, default: true }, { default: false }]);
    expect((await shown(server, lee.id))['default_group_id']).toBe(sales.id);
    await server.call('DELETE', `${path}/${first.id}`);
    expect((await shown(server, lee.id))['default_group_id']).toBe(support.id);
    expect((await server.call('PUT', `/users/${server.ownerId}/group_memberships/${second.id}/make_default`)).status).toBe(404);
  });

  it('leave working tickets without assignee when they end', async () => {
    await using server = await testServer();
    const [sales, lee] = [await group(server, 'Sales'), await agent(server, 'Lee')];
    const membership = await create(server, `/users/${lee.id}/group_memberships`, 'group_membership', { group_id: sales.id });
    const open = (status: string) =>
      create(server, '/tickets', 'ticket', { comment: 'x', assignee_id: lee.id, group_id: sales.id, status });
    const [working, solved] = [await open('pending'), await open('solved')];
    await server.call('DELETE', `/group_memberships/${membership.id}`);
    expect(await ticket(server, working.id)).toMatchObject({ assignee_id: null, group_id: sales.id });
    expect(await ticket(server, solved.id)).toMatchObject({ assignee_id: lee.id });
  });

  it('are written in bulk by jobs', async () => {
    await using server = await testServer();
    const [sales, lee] = [await group(server, 'Sales'), await agent(server, 'Lee')];
    const draft = { user_id: lee.id, group_id: sales.id };
    const job = async (method: string, path: string, body?: unknown): Promise<Row[]> => {
      const started = await server.call<{ job_status: { id: string } }>(method, path, body);
      server.advance(1_000);
      const done = await server.call<{ job_status: Row }>('GET', `/job_statuses/${started.body.job_status.id}`);
      return done.body.job_status['results'] as Row[];
    };
    const results = await job('POST', '/group_memberships/create_many', { group_memberships: [draft, draft] });
    expect(results).toMatchObject([
      { index: 0, status: 'Created' },
      { index: 1, status: 'Failed', error: 'RecordInvalid' },
    ]);
    expect(await job('DELETE', `/group_memberships/destroy_many?ids=${results[0]?.id},99`)).toMatchObject([
      { success: true },
      { success: false },
    ]);
    for (const [method, path] of [
      ['POST', 'create_many'],
      ['DELETE', 'destroy_many'],
    ] as const)
      expect((await server.call(method, `/group_memberships/${path}`, {})).status).toBe(400);
  });

  it('make only unsuspended agents assignable', async () => {
    await using server = await testServer();
    const lee = await agent(server, 'Lee', { group_ids: [(await group(server, 'Sales')).id] });
    const assignable = async (): Promise<unknown[]> =>
      (await rows(server, '/group_memberships/assignable', 'group_memberships')).map((row) => row['user_id']);
    expect(await assignable()).toEqual([server.ownerId, lee.id]);
    await server.call('PUT', `/users/${lee.id}`, { user: { suspended: true } });
    expect(await assignable()).toEqual([server.ownerId]);
  });

  it('follow from what is written of a user', async () => {
    await using server = await testServer();
    const [a, b, c] = [await group(server, 'A'), await group(server, 'B'), await group(server, 'C')];
    const lee = await agent(server, 'Lee', { group_ids: [a.id, b.id], default_group_id: b.id });
    const ids = async (): Promise<unknown[]> => (await rows(server, `/users/${lee.id}/groups`, 'groups')).map((row) => row.id).toSorted();
    expect(await ids()).toEqual([a.id, b.id]);
    expect(lee['default_group_id']).toBe(b.id);
    await server.call('PUT', `/users/${lee.id}`, { user: { default_group_id: c.id } });
    expect(await ids()).toEqual([a.id, b.id, c.id]);
    await server.call('PUT', `/users/${lee.id}`, { user: { group_ids: [a.id] } });
    expect([await ids(), (await shown(server, lee.id))['default_group_id']]).toEqual([[a.id], a.id]);
    expect((await server.call('PUT', `/users/${lee.id}`, { user: { group_ids: [99] } })).status).toBe(422);
    await server.call('PUT', `/users/${lee.id}`, { user: { role: 'end-user' } });
    expect([await ids(), (await shown(server, lee.id))['default_group_id']]).toEqual([[], null]);
  });
});

describe('the users of a group', () => {
  it('are filtered by role and permission set', async () => {
    await using server = await testServer();
    const sales = await group(server, 'Sales');
    await agent(server, 'Lee', { group_ids: [sales.id] });
    await agent(server, 'Ann', { group_ids: [sales.id], role: 'admin' });
    const names = async (query: string): Promise<unknown[]> =>
      (await rows(server, `/groups/${sales.id}/users${query}`, 'users')).map((row) => row['name']);
    expect(await names('')).toEqual(['Lee', 'Ann']);
    expect(await names('?sort=-name&page[size]=1')).toEqual(['Lee']);
    expect(await names('?role=admin')).toEqual(['Ann']);
    expect(await names('?permission_set=77')).toEqual([]);
    expect((await server.call('GET', `/groups/${sales.id}/users/count?role=admin`)).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', `/groups/${sales.id}/users?permission_set=x`)).status).toBe(400);
    expect((await server.call('GET', '/users?permission_set=77')).body).toMatchObject({ users: [] });
  });
});

describe('a deleted group', () => {
  it('leaves its tickets without group and assignee, closed ones aside', async () => {
    await using server = await testServer();
    const sales = await group(server, 'Sales');
    const lee = await agent(server, 'Lee', { group_ids: [sales.id] });
    const open = (status: string) =>
      create(server, '/tickets', 'ticket', { comment: 'x', assignee_id: lee.id, group_id: sales.id, status });
    const [working, solved, closed] = [await open('open'), await open('solved'), await open('closed')];
    expect((await server.call('DELETE', `/groups/${sales.id}`)).status).toBe(204);
    for (const { id } of [working, solved]) expect(await ticket(server, id)).toMatchObject({ group_id: null, assignee_id: null });
    expect(await ticket(server, closed.id)).toMatchObject({ group_id: sales.id, assignee_id: lee.id });
    const audits = await rows(server, `/tickets/${working.id}/audits`, 'audits');
    expect(audits).toHaveLength(2);
    const events = (audits[1]?.['events'] ?? []) as Row[];
    expect(events.map((event) => event['field_name']).toSorted()).toEqual(['assignee_id', 'group_id']);
  });
});

describe('organization memberships', () => {
  it('are created, shown with null for false, made default, and deleted', async () => {
    await using server = await testServer();
    const [globex, hooli] = [await organization(server, 'Globex'), await organization(server, 'Hooli')];
    const bob = await create(server, '/users', 'user', { name: 'Bob', organization_id: globex.id });
    const path = `/users/${bob.id}/organization_memberships`;
    const [first] = await rows(server, path, 'organization_memberships');
    const second = await create(server, path, 'organization_membership', { organization_id: hooli.id });
    expect(first).toMatchObject({ default: true, organization_name: 'Globex', organization_id: globex.id, view_tickets: false });
    expect(second['default']).toBeNull();
    expect((await server.call('POST', path, { organization_membership: { organization_id: hooli.id } })).status).toBe(422);
    expect((await server.call('GET', `/organizations/${hooli.id}/organization_memberships`)).body).toMatchObject({
      organization_memberships: [second],
    });
    expect((await server.call('GET', `/organizations/${hooli.id}/users`)).body).toMatchObject({ users: [{ id: bob.id }] });
    expect((await server.call('GET', `/organizations/${hooli.id}/users/count`)).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', `/users/${bob.id}/organizations`)).body).toMatchObject({
      organizations: [{ name: 'Globex' }, { name: 'Hooli' }],
    });
    expect((await server.call('GET', `/users/${bob.id}/organizations/count`)).body).toMatchObject({ count: { value: 2 } });
    const made = await server.call<Body>('PUT', `${path}/${second.id}/make_default`);
    expect(made.body['organization_memberships']).toMatchObject([{ default: null }, { default: true }]);
    expect((await shown(server, bob.id))['organization_id']).toBe(hooli.id);
    const back = await server.call('PUT', `/users/${bob.id}/organizations/${globex.id}/make_default`);
    expect(back.body).toMatchObject({ organization_membership: { id: first?.id, default: true } });
    expect((await server.call('DELETE', `/users/${bob.id}/organizations/${globex.id}`)).status).toBe(204);
    expect((await shown(server, bob.id))['organization_id']).toBe(hooli.id);
    expect((await server.call('DELETE', `/users/${bob.id}/organizations/${globex.id}`)).status).toBe(404);
  });

  it('are replaced by one organization, or by a list', async () => {
    await using server = await testServer();
    const [a, b, c] = [await organization(server, 'A'), await organization(server, 'B'), await organization(server, 'C')];
    const bob = await create(server, '/users', 'user', { name: 'Bob', organization_ids: [a.id, b.id] });
    const ids = async (): Promise<unknown[]> =>
      (await rows(server, `/users/${bob.id}/organizations`, 'organizations')).map((row) => row.id).toSorted();
    expect([bob['organization_id'], await ids()]).toEqual([a.id, [a.id, b.id]]);
    await server.call('PUT', `/users/${bob.id}`, { user: { organization_ids: [b.id, c.id], organization_id: c.id } });
    expect([(await shown(server, bob.id))['organization_id'], await ids()]).toEqual([c.id, [b.id, c.id]]);
    await server.call('PUT', `/users/${bob.id}`, { user: { organization_id: a.id } });
    expect([(await shown(server, bob.id))['organization_id'], await ids()]).toEqual([a.id, [a.id]]);
    await server.call('PUT', `/users/${bob.id}`, { user: { organization_id: null } });
    expect([(await shown(server, bob.id))['organization_id'], await ids()]).toEqual([null, []]);
    expect((await server.call('PUT', `/users/${bob.id}`, { user: { organization_ids: [a.id, 99] } })).status).toBe(422);
    await server.call('PUT', `/users/${bob.id}`, { user: { organization_ids: [b.id, a.id] } });
    await server.call('DELETE', `/organizations/${b.id}`);
    expect([(await shown(server, bob.id))['organization_id'], await ids()]).toEqual([a.id, [a.id]]);
  });

  it('are told of with the user as they are then', async () => {
    await using server = await testServer();
    const globex = await organization(server, 'Globex');
    const bob = await create(server, '/users', 'user', { name: 'Bob' });
    const path = `/users/${bob.id}/organization_memberships`;
    const { id } = await create(server, path, 'organization_membership', { organization_id: globex.id });
    await server.call('DELETE', `${path}/${id}`);
    const told = server.core.journal.read({ kind: 'user.organization*' }).map(({ kind, data }) => {
      const { record, about } = data as { record: Row; about: unknown };
      return [kind, record['organization_id'], about];
    });
    const about = { organization_id: globex.id };
    expect(told).toEqual([
      ['user.organization_membership_created', globex.id, about],
      ['user.organization_membership_deleted', null, about],
    ]);
  });

  it('take the organization from working tickets when they end', async () => {
    await using server = await testServer();
    const globex = await organization(server, 'Globex');
    const bob = await create(server, '/users', 'user', { name: 'Bob', organization_id: globex.id });
    const mine = await create(server, '/tickets', 'ticket', { comment: 'x', requester_id: bob.id });
    expect(mine['organization_id']).toBe(globex.id);
    const [membership] = await rows(server, '/organization_memberships', 'organization_memberships');
    await server.call('DELETE', `/organization_memberships/${membership?.id}`);
    expect((await ticket(server, mine.id))['organization_id']).toBeNull();
  });

  it('show end users their own', async () => {
    await using server = await testServer();
    const globex = await organization(server, 'Globex');
    for (const name of ['ada', 'bob'])
      await create(server, '/users', 'user', { name, email: `${name}@x.example`, verified: true, organization_id: globex.id });
    const authorization = basic('ada@x.example', 'test-api-token');
    const mine = await server.call<Body>('GET', '/organization_memberships', undefined, { authorization });
    expect([mine.status, mine.body['organization_memberships']?.length]).toEqual([200, 1]);
  });
});
