import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

type Row = Record<string, unknown> & { id: number };

async function create(server: TestServer, path: string, name: string, record: Record<string, unknown>): Promise<Row> {
  const { status, body } = await server.call<Record<string, Row>>('POST', path, { [name]: record });
  expect(status).toBeLessThan(300);
  return body[name] as Row;
}

const organization = (server: TestServer, name: string, more = {}) => create(server, '/organizations', 'organization', { name, ...more });

async function results(server: TestServer, method: string, path: string, body?: unknown): Promise<Row[]> {
  const started = await server.call<{ job_status: { id: string } }>(method, path, body);
  expect(started.status).toBe(200);
  server.advance(1_000);
  const { job_status: job } = (await server.call<{ job_status: Row }>('GET', `/job_statuses/${started.body.job_status.id}`)).body;
  expect(job['status']).toBe('completed');
  return job['results'] as Row[];
}

describe('organizations in bulk', () => {
  it('are created, updated and deleted by jobs', async () => {
    await using server = await testServer();
    const made = await results(server, 'POST', '/organizations/create_many', {
      organizations: [{ name: 'Globex', external_id: 'g' }, { name: 'Hooli' }, { name: 'globex' }],
    });
    expect(made).toMatchObject([{ index: 0, status: 'Created' }, { index: 1 }, { index: 2, status: 'Failed', error: 'RecordInvalid' }]);
    const ids = `${made[0]?.id},${made[1]?.id}`;
    expect(await results(server, 'PUT', `/organizations/update_many?ids=${ids},99`, { organization: { notes: 'n' } })).toMatchObject([
      { action: 'update', status: 'Updated', success: true, id: made[0]?.id },
      { success: true },
      { success: false, error: 'RecordNotFound' },
    ]);
    await results(server, 'PUT', '/organizations/update_many?external_ids=G', { organization: { details: 'd' } });
    await results(server, 'PUT', '/organizations/update_many', {
      organizations: [
        { id: made[1]?.id, notes: 'm' },
        { external_id: 'g', tags: ['x'] },
      ],
    });
    expect((await server.call('GET', `/organizations/show_many?ids=${ids}`)).body).toMatchObject({
      organizations: [{ notes: 'n', details: 'd', tags: ['x'] }, { notes: 'm' }],
    });
    expect(await results(server, 'DELETE', `/organizations/destroy_many?ids=${made[1]?.id}`)).toMatchObject([{ status: 'Deleted' }]);
    await results(server, 'DELETE', '/organizations/destroy_many?external_ids=g');
    expect((await server.call('GET', '/organizations/count')).body).toMatchObject({ count: { value: 0 } });
  });

  it('are refused without organizations, and with too many', async () => {
    await using server = await testServer();
    const many = Array.from({ length: 101 }, (_, index) => ({ name: `O${index}` }));
    expect((await server.call('POST', '/organizations/create_many', { organizations: many })).body).toMatchObject({
      error: 'TooManyValues',
    });
    for (const [method, path] of [
      ['POST', 'create_many'],
      ['PUT', 'update_many'],
      ['PUT', 'update_many?ids=1'],
      ['DELETE', 'destroy_many'],
    ] as const)
      expect([path, (await server.call(method, `/organizations/${path}`, {})).status]).toEqual([path, 400]);
  });

  it('are created or updated, by id or external id', async () => {
    await using server = await testServer();
    const call = (record: unknown) =>
      server.call<{ organization: Row }>('POST', '/organizations/create_or_update', { organization: record });
    const made = await call({ name: 'Globex', external_id: 'g' });
    const { id } = made.body.organization;
    const byExternal = await call({ name: 'Globex Inc.', external_id: 'G' });
    const byId = await call({ id, notes: 'n' });
    expect([made.status, byExternal.status, byId.status]).toEqual([201, 200, 200]);
    expect(byId.headers.get('location')).toBe(`${server.url}/organizations/${id}.json`);
    expect(byId.body.organization).toMatchObject({ id, name: 'Globex Inc.', notes: 'n' });
    expect((await call({ name: 'Globex Inc.' })).status).toBe(422);
    expect((await call({ id: 99, name: 'X' })).status).toBe(404);
  });
});

describe('an organization', () => {
  it('is found by the beginning of its name', async () => {
    await using server = await testServer();
    for (const name of ['Globex', 'Globalis', 'Hooli', '100%', '1000']) await organization(server, name);
    const names = async (name: string): Promise<unknown[]> =>
      (await server.call<{ organizations: Row[] }>('GET', `/organizations/autocomplete?name=${name}`)).body.organizations.map(
        (row) => row['name'],
      );
    expect(await names('GLOB')).toEqual(['Globex', 'Globalis']);
    expect(await names('100%25')).toEqual(['100%']);
    for (const query of ['', '?name=g']) expect((await server.call('GET', `/organizations/autocomplete${query}`)).status).toBe(400);
  });

  it('counts its users and tickets', async () => {
    await using server = await testServer();
    const { id } = await organization(server, 'Globex');
    const bob = await create(server, '/users', 'user', { name: 'Bob', organization_id: id });
    await create(server, '/tickets', 'ticket', { comment: 'x', requester_id: bob.id });
    expect((await server.call('GET', `/organizations/${id}/related`)).body).toEqual({
      organization_related: { tickets_count: 1, users_count: 1 },
    });
    expect((await server.call('GET', `/organizations/${id}/tickets/count`)).body).toMatchObject({ count: { value: 1 } });
    for (const path of ['related', 'tickets/count', 'users/count', 'organization_memberships', 'subscriptions'])
      expect((await server.call('GET', `/organizations/99/${path}`)).status).toBe(404);
  });
});

describe('merged organizations', () => {
  it('become one, after a while', async () => {
    await using server = await testServer();
    const loser = await organization(server, 'Hooli', { domain_names: ['hooli.example'] });
    const winner = await organization(server, 'Globex', { domain_names: ['globex.example'] });
    const bob = await create(server, '/users', 'user', { name: 'Bob', organization_id: loser.id });
    const { id } = await create(server, '/tickets', 'ticket', { comment: 'x', requester_id: bob.id });
    const path = `/organizations/${loser.id}/merge`;
    const started = await server.call<{ organization_merge: Row }>('POST', path, { organization_merge: { winner_id: winner.id } });
    const merge = started.body.organization_merge;
    expect([started.status, merge]).toEqual([
      200,
      { id: merge.id, url: `${server.url}/organization_merges/${merge.id}.json`, winner_id: winner.id, loser_id: loser.id, status: 'new' },
    ]);
    expect((await server.call('GET', `/organization_merges/${merge.id}`)).body).toEqual(started.body);
    expect((await server.call('GET', `/organizations/${loser.id}`)).status).toBe(200);
    server.advance(1_000);
    expect((await server.call('GET', `/organization_merges/${merge.id}`)).body).toMatchObject({
      organization_merge: { status: 'complete' },
    });
    expect((await server.call('GET', `/organizations/${winner.id}/merges`)).body).toMatchObject({
      organization_merges: [{ id: merge.id }],
    });
    expect((await server.call('GET', `/organizations/${loser.id}`)).status).toBe(404);
    expect((await server.call('GET', `/organizations/${winner.id}`)).body).toMatchObject({
      organization: { domain_names: ['globex.example', 'hooli.example'] },
    });
    expect((await server.call('GET', `/users/${bob.id}`)).body).toMatchObject({ user: { organization_id: winner.id } });
    expect((await server.call('GET', `/tickets/${id}`)).body).toMatchObject({ ticket: { organization_id: winner.id } });
  });

  it('take closed and deleted tickets along', async () => {
    await using server = await testServer();
    const [loser, winner] = [await organization(server, 'Hooli'), await organization(server, 'Globex')];
    const ticket = (status: string) => create(server, '/tickets', 'ticket', { comment: 'x', organization_id: loser.id, status });
    const [closed, deleted] = [await ticket('closed'), await ticket('open')];
    await server.call('DELETE', `/tickets/${deleted.id}`);
    await server.call('POST', `/organizations/${loser.id}/merge`, { organization_merge: { winner_id: winner.id } });
    server.advance(1_000);
    for (const { id } of [closed, deleted])
      expect(server.support.context.collections.tickets.get('acme', id)?.organization_id).toBe(winner.id);
  });

  it('stay two when something goes wrong, once and for all', async () => {
    await using server = await testServer();
    const [loser, winner] = [await organization(server, 'Hooli'), await organization(server, 'Globex')];
    const { id: ticket } = await create(server, '/tickets', 'ticket', { comment: 'x', organization_id: loser.id });
    const path = `/organizations/${loser.id}/merge`;
    const { body } = await server.call<{ organization_merge: Row }>('POST', path, { organization_merge: { winner_id: winner.id } });
    const { id } = body.organization_merge;
    let tries = 0;
    const { tickets } = server.support;
    tickets.update = () => {
      tries += 1;
      throw new Error('no');
    };
    server.advance(1_000);
    for (let look = 0; look < 2; look += 1)
      expect((await server.call('GET', `/organization_merges/${id}`)).body).toMatchObject({ organization_merge: { status: 'error' } });
    expect(tries).toBe(1);
    expect(tickets.get('acme', ticket)?.organization_id).toBe(loser.id);
    expect((await server.call('GET', `/organizations/${loser.id}`)).status).toBe(200);
  });

  it('must both exist, and differ', async () => {
    await using server = await testServer();
    const { id } = await organization(server, 'Globex');
    const merge = (loser: number, winner_id: unknown) =>
      server.call('POST', `/organizations/${loser}/merge`, { organization_merge: { winner_id } });
    expect([(await merge(id, id)).status, (await merge(id, 99)).status, (await merge(99, id)).status]).toEqual([422, 422, 404]);
    expect([(await merge(id, null)).status, (await merge(id, 'x')).status]).toEqual([400, 400]);
    expect((await server.call('GET', '/organization_merges/01ARZ3NDEKTSV4RRFFQ69G5FAV')).status).toBe(404);
  });
});

describe('organization subscriptions', () => {
  it('are made, listed three ways, and ended', async () => {
    await using server = await testServer();
    const { id } = await organization(server, 'Globex');
    const body = { organization_subscription: { organization_id: id, user_id: server.ownerId } };
    const made = await server.call<{ organization_subscription: Row }>('POST', '/organization_subscriptions', body);
    const row = made.body.organization_subscription;
    expect([made.status, row]).toEqual([
      200,
      { id: row.id, organization_id: id, user_id: server.ownerId, created_at: '2026-01-05T09:00:00Z' },
    ]);
    for (const path of ['', `/organizations/${id}/subscriptions`, `/users/${server.ownerId}/organization_subscriptions`])
      expect((await server.call('GET', path || '/organization_subscriptions')).body).toMatchObject({
        organization_subscriptions: [row],
        count: 1,
      });
    expect((await server.call('GET', `/organization_subscriptions/${row.id}`)).body).toEqual(made.body);
    expect((await server.call('POST', '/organization_subscriptions', body)).status).toBe(422);
    for (const wrong of [
      { organization_id: 9, user_id: server.ownerId },
      { organization_id: id, user_id: 9 },
      { organization_id: null },
      {},
    ])
      expect((await server.call('POST', '/organization_subscriptions', { organization_subscription: wrong })).status).toBe(422);
    expect((await server.call('DELETE', `/organization_subscriptions/${row.id}`)).status).toBe(204);
    expect((await server.call('DELETE', `/organization_subscriptions/${row.id}`)).status).toBe(404);
    const bob = await create(server, '/users', 'user', { name: 'Bob' });
    await create(server, '/organization_subscriptions', 'organization_subscription', { organization_id: id, user_id: bob.id });
    await create(server, '/organization_subscriptions', 'organization_subscription', { organization_id: id, user_id: server.ownerId });
    const count = async (): Promise<unknown> => (await server.call('GET', '/organization_subscriptions')).body['count'];
    await server.call('DELETE', `/users/${bob.id}`);
    expect(await count()).toBe(1);
    await server.call('DELETE', `/organizations/${id}`);
    expect(await count()).toBe(0);
  });

  it('of others are not for end users', async () => {
    await using server = await testServer();
    const [{ id }, { id: strange }] = [await organization(server, 'Globex'), await organization(server, 'Hooli')];
    const ada = await create(server, '/users', 'user', { name: 'Ada', email: 'ada@x.example', verified: true, organization_id: id });
    const other = await create(server, '/organization_subscriptions', 'organization_subscription', {
      organization_id: id,
      user_id: server.ownerId,
    });
    const call = (method: string, path: string, body?: unknown) =>
      server.call<Record<string, Row[]>>(method, path, body, { authorization: basic('ada@x.example', 'test-api-token') });
    const root = '/organization_subscriptions';
    expect((await call('GET', `${root}/${other.id}`)).status).toBe(404);
    expect((await call('POST', root, { organization_subscription: { organization_id: id, user_id: server.ownerId } })).status).toBe(403);
    for (const organization_id of [strange, 99])
      expect((await call('POST', root, { organization_subscription: { organization_id } })).status).toBe(403);
    expect((await call('POST', root, { organization_subscription: { organization_id: id } })).status).toBe(200);
    expect((await call('GET', root)).body['organization_subscriptions']).toMatchObject([{ user_id: ada.id }]);
  });
});
