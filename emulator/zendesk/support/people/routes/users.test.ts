import { describe, expect, it, vi } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

type Row = Record<string, unknown> & { id: number };
type Rows = Record<string, Row[]>;

async function create(server: TestServer, path: string, name: string, record: Record<string, unknown>): Promise<Row> {
  const { status, body } = await server.call<Record<string, Row>>('POST', path, { [name]: record });
  expect(status).toBeLessThan(300);
  return body[name] as Row;
}

const user = (server: TestServer, name: string, more = {}) => create(server, '/users', 'user', { name, ...more });
const ticket = (server: TestServer, more = {}) => create(server, '/tickets', 'ticket', { comment: 'x', ...more });

describe('merging users', () => {
  it('leaves one, with the identities, tickets and organizations of both', async () => {
    await using server = await testServer();
    const [a, b] = [
      await create(server, '/organizations', 'organization', { name: 'A' }),
      await create(server, '/organizations', 'organization', { name: 'B' }),
    ];
    const loser = await user(server, 'Bobby', { email: 'bobby@x.example', phone: '+14155550100', organization_id: a.id, tags: ['gone'] });
    const winner = await user(server, 'Bob', { email: 'bob@x.example', organization_id: b.id });
    const asked = await ticket(server, { requester_id: loser.id });
    const closed = await ticket(server, { requester_id: loser.id, status: 'closed' });
    const copied = await ticket(server, { email_ccs: [{ user_id: loser.id }] });
    const both = await ticket(server, { email_ccs: [{ user_id: loser.id }, { user_id: winner.id }] });
    const merged = await server.call<{ user: Row }>('PUT', `/users/${loser.id}/merge`, { user: { id: winner.id } });
    expect([merged.status, merged.body.user]).toMatchObject([
      200,
      {
        id: winner.id,
        name: 'Bob',
        email: 'bob@x.example',
        phone: '+14155550100',
        shared_phone_number: false,
        organization_id: b.id,
        tags: [],
      },
    ]);
    const { body } = await server.call<Rows>('GET', `/users/${winner.id}/identities`);
    expect(body['identities']?.map((row) => [row['value'], row['primary']]).toSorted()).toEqual([
      ['+14155550100', true],
      ['bob@x.example', true],
      ['bobby@x.example', false],
    ]);
    expect((await server.call('GET', `/users/${winner.id}/organizations`)).body).toMatchObject({ count: 2 });
    expect((await server.call('GET', '/organization_memberships')).body).toMatchObject({ count: 2 });
    for (const { id } of [asked, closed])
      expect((await server.call('GET', `/tickets/${id}`)).body).toMatchObject({ ticket: { requester_id: winner.id } });
    for (const { id } of [copied, both])
      expect((await server.call('GET', `/tickets/${id}`)).body).toMatchObject({ ticket: { email_cc_ids: [winner.id] } });
    expect((await server.call('GET', `/users/${loser.id}`)).body).toMatchObject({ user: { active: false, email: 'bobby@x.example' } });
    expect(server.support.users.findByEmail('acme', 'bobby@x.example')?.id).toBe(winner.id);
    expect(server.core.journal.read({ kind: 'user.merged' })).toMatchObject([
      { data: { record: { id: loser.id }, about: { into_id: winner.id } } },
    ]);
  });

  it('tells the history of what the loser asked for, closed or not, without triggers or another organization', async () => {
    await using server = await testServer();
    const [a, b] = [await create(server, '/organizations', 'organization', { name: 'A' }), await create(server, '/organizations', 'organization', { name: 'B' })]; // prettier-ignore
    const [loser, winner] = [await user(server, 'Bobby', { organization_id: a.id }), await user(server, 'Bob', { organization_id: b.id })];
    const asked = await ticket(server, { requester_id: loser.id, email_ccs: [{ user_id: winner.id }] });
    const closed = await ticket(server, { requester_id: loser.id, status: 'closed' });
    const all = [{ field: 'update_type', operator: 'is', value: 'Change' }];
    await create(server, '/triggers', 'trigger', {
      title: 'Any change',
      conditions: { all },
      actions: [{ field: 'set_tags', value: 'seen' }],
    });
    await server.call('PUT', `/users/${loser.id}/merge`, { user: { id: winner.id } });
    for (const { id } of [asked, closed]) {
      const { body } = await server.call<{ ticket: Row }>('GET', `/tickets/${id}`);
      expect(body.ticket).toMatchObject({ requester_id: winner.id, organization_id: a.id, email_cc_ids: [], tags: [] });
      const { audits } = (await server.call<{ audits: Row[] }>('GET', `/tickets/${id}/audits`)).body;
      const values = { field_name: 'requester_id', value: String(winner.id), previous_value: String(loser.id) };
      expect(audits.at(-1)?.['events']).toEqual([{ id: expect.any(Number), type: 'Change', ...values }]);
    }
  });

  it('leaves votes, comments and subscriptions of the Help Center as they were', async () => {
    await using server = await testServer();
    const { helpCenter } = server.support;
    const category = helpCenter.createCategory('acme', { name: 'Shop' }, server.api);
    const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, server.api);
    const article = helpCenter.createArticle('acme', section.id, { title: 'Returns' }, server.api);
    const [loser, winner] = [
      await user(server, 'Bobby', { email: 'bobby@x.example' }),
      await user(server, 'Bob', { email: 'bob@x.example' }),
    ];
    helpCenter.votes.cast('acme', { type: 'Article', id: article.id }, loser.id, 1);
    helpCenter.comments.create('acme', article, { body: 'Thanks', locale: 'en-us' }, { userId: loser.id, via: 'api' });
    helpCenter.subscriptions.create('acme', { type: 'Article', id: article.id }, { userId: loser.id, locale: 'en-us', includeComments: false }); // prettier-ignore
    await server.call('PUT', `/users/${loser.id}/merge`, { user: { id: winner.id } });
    const path = `/help_center/articles/${article.id}`;
    expect((await server.call('GET', path)).body).toMatchObject({ article: { vote_count: 1 } });
    for (const [kind, whose] of [['votes', 'user_id'], ['comments', 'author_id'], ['subscriptions', 'user_id']] as const)
      expect((await server.call<Rows>('GET', `${path}/${kind}`)).body[kind]).toMatchObject([{ [whose]: loser.id }]); // prettier-ignore
    helpCenter.comments.create('acme', article, { body: 'More', locale: 'en-us' }, server.api);
    expect(server.core.journal.read({ kind: 'mail.due' })).toEqual([]);
  });

  it('is refused for agents, oneself, strangers and the deleted', async () => {
    await using server = await testServer();
    const [bob, eve] = [await user(server, 'Bob'), await user(server, 'Eve')];
    const merge = async (loser: number | string, winner: unknown): Promise<number> =>
      (await server.call('PUT', `/users/${loser}/merge`, { user: { id: winner } })).status;
    expect([await merge(bob.id, server.ownerId), await merge(server.ownerId, bob.id)]).toEqual([403, 403]);
    expect([await merge(bob.id, bob.id), await merge(bob.id, 99), await merge(99, bob.id)]).toEqual([422, 404, 404]);
    expect([await merge(bob.id, null), await merge(bob.id, 'x'), await merge('me', bob.id)]).toEqual([400, 400, 501]);
    for (const many of [bob.id, eve.id]) {
      const count = vi
        .spyOn(server.support.tickets, 'count')
        .mockImplementation((_account, where) => (where?.['requester_id'] === many ? 10_001 : 0));
      expect([many, await merge(bob.id, eve.id)]).toEqual([many, 422]);
      count.mockRestore();
    }
    await server.call('DELETE', `/users/${eve.id}`);
    expect([await merge(eve.id, bob.id), await merge(bob.id, eve.id)]).toEqual([404, 404]);
    expect(server.core.journal.read({ kind: 'user.merged' })).toEqual([]);
  });
});

describe('a user', () => {
  it('has tickets in several ways, each listed and counted', async () => {
    await using server = await testServer();
    const bob = await user(server, 'Bob', { email: 'bob@x.example' });
    const own = await ticket(server, { requester_id: bob.id });
    const copied = await ticket(server, { email_ccs: [{ user_id: bob.id }] });
    const followed = await ticket(server, { followers: [{ user_id: server.ownerId }], assignee_id: server.ownerId });
    const ids = async (path: string): Promise<unknown[]> =>
      ((await server.call<Rows>('GET', path)).body['tickets'] ?? []).map((row) => row.id);
    const value = async (path: string): Promise<unknown> => (await server.call<{ count: { value: number } }>('GET', path)).body.count.value;
    expect(await ids(`/users/${bob.id}/tickets/ccd`)).toEqual([copied.id]);
    expect(await ids(`/users/${bob.id}/tickets/ccd?page[size]=5`)).toEqual([copied.id]);
    expect(await ids(`/users/${bob.id}/tickets/followed`)).toEqual([]);
    expect(await ids(`/users/${server.ownerId}/tickets/followed?sort_by=created_at&sort_order=desc`)).toEqual([followed.id]);
    expect(await value(`/users/${bob.id}/tickets/ccd/count`)).toBe(1);
    expect(await value(`/users/${server.ownerId}/tickets/assigned/count`)).toBe(1);
    await create(server, '/organization_subscriptions', 'organization_subscription', {
      user_id: bob.id,
      organization_id: (await create(server, '/organizations', 'organization', { name: 'A' })).id,
    });
    expect((await server.call('GET', `/users/${bob.id}/related`)).body).toEqual({
      user_related: { assigned_tickets: 0, requested_tickets: 1, ccd_tickets: 1, organization_subscriptions: 1 },
    });
    await server.call('DELETE', `/tickets/${own.id}`);
    expect((await server.call('GET', `/users/${bob.id}/related`)).body).toMatchObject({ user_related: { requested_tickets: 0 } });
    for (const path of [
      'tickets/ccd',
      'tickets/followed',
      'tickets/ccd/count',
      'tickets/assigned/count',
      'related',
      'groups',
      'groups/count',
      'organizations',
      'compliance_deletion_statuses',
    ])
      expect([path, (await server.call('GET', `/users/99/${path}`)).status]).toEqual([path, 404]);
  });

  it('is completed from the beginning of the name, or from a number', async () => {
    await using server = await testServer();
    await user(server, 'Robert', { phone: '+14155550100' });
    await user(server, 'Roberta', { role: 'agent' });
    const names = async (query: string, body?: unknown): Promise<unknown[]> =>
      ((await server.call<Rows>(body ? 'POST' : 'GET', `/users/autocomplete${query}`, body)).body['users'] ?? []).map((row) => row['name']);
    expect(await names('?name=rob')).toEqual(['Robert', 'Roberta']);
    expect(await names('?name=rob&filter=assignable')).toEqual(['Roberta']);
    expect(await names('?name=rob&per_page=1&page=2')).toEqual(['Roberta']);
    expect(await names('?name=r%25')).toEqual([]);
    expect(await names('?phone=415555')).toEqual(['Robert']);
    expect(await names('?phone=%2B1%20(415)%20555-0100')).toEqual(['Robert']);
    expect(await names('', { name: 'ROB', filter: 'requester' })).toEqual(['Robert', 'Roberta']);
    expect(await names('', { phone: '4155550100' })).toEqual(['Robert']);
    for (const query of ['', '?name=r', '?phone=x', '?name=rob&filter=all'])
      expect((await server.call('GET', `/users/autocomplete${query}`)).status).toBe(400);
    expect((await server.call('GET', '/users/autocomplete?name=rob&field_id=lookup')).status).toBe(501);
  });
});

describe('beside users', () => {
  it('stand all their groups, organizations and identities', async () => {
    await using server = await testServer();
    const sales = await create(server, '/groups', 'group', { name: 'Sales' });
    const [a, b] = [
      await create(server, '/organizations', 'organization', { name: 'A' }),
      await create(server, '/organizations', 'organization', { name: 'B' }),
    ];
    const lee = await user(server, 'Lee', { role: 'agent', email: 'lee@x.example', group_ids: [sales.id], organization_ids: [a.id, b.id] });
    const { body } = await server.call<Rows>(
      'GET',
      `/users/show_many?ids=${lee.id},${server.ownerId}&include=groups,organizations,identities`,
    );
    expect(body['groups']?.map((row) => row['name'])).toEqual(['Sales', 'Support']);
    expect(body['organizations']?.map((row) => row['name'])).toEqual(['A', 'B']);
    expect(body['identities']?.map((row) => row['value'])).toEqual(['lee@x.example', 'owner@acme.example']);
  });
});

describe('groups', () => {
  it('are listed and counted of a user, completed by name, and one is the default', async () => {
    await using server = await testServer();
    const sales = await create(server, '/groups', 'group', { name: 'Sales' });
    expect((await server.call('GET', '/groups/default')).body).toMatchObject({ group: { name: 'Support', default: true } });
    expect((await server.call('GET', '/groups/autocomplete?name=SA')).body).toMatchObject({ groups: [{ id: sales.id }], count: 1 });
    expect((await server.call('GET', '/groups/autocomplete')).status).toBe(400);
    expect((await server.call('GET', `/users/${server.ownerId}/groups`)).body).toMatchObject({ groups: [{ name: 'Support' }] });
    expect((await server.call('GET', `/users/${server.ownerId}/groups/count`)).body).toMatchObject({ count: { value: 1 } });
  });
});

describe('deleted users', () => {
  it('are listed until they are deleted for good', async () => {
    await using server = await testServer();
    const bob = await user(server, 'Bob', { email: 'bob@x.example', phone: '+14155550100', external_id: 'b' });
    expect((await server.call('DELETE', `/deleted_users/${bob.id}`)).status).toBe(404);
    await server.call('DELETE', `/users/${bob.id}`);
    const { body } = await server.call<Rows>('GET', '/deleted_users');
    expect(body['deleted_users']).toMatchObject([{ id: bob.id, name: 'Bob', email: 'bob@x.example', active: false }]);
    expect(Object.keys(body['deleted_users']?.[0] ?? {})).not.toContain('notes');
    expect((await server.call('GET', `/deleted_users/${bob.id}`)).body).toEqual({ deleted_user: body['deleted_users']?.[0] });
    expect((await server.call('GET', '/deleted_users/count')).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('GET', `/users/${bob.id}/compliance_deletion_statuses`)).body).toEqual({ compliance_deletion_statuses: [] });
    const erased = await server.call('DELETE', `/deleted_users/${bob.id}`);
    expect([erased.status, erased.body]).toMatchObject([200, { deleted_user: { id: bob.id, name: 'Bob' } }]);
    for (const method of ['GET', 'DELETE']) expect((await server.call(method, `/deleted_users/${bob.id}`)).status).toBe(404);
    expect((await server.call('GET', '/deleted_users?page[size]=5')).body).toMatchObject({ deleted_users: [] });
    expect((await server.call('GET', `/users/${bob.id}`)).body).toMatchObject({
      user: { name: 'Permanently Deleted User', email: null, phone: null, external_id: null, active: false },
    });
    const { body: steps } = await server.call<Rows>('GET', `/users/${bob.id}/compliance_deletion_statuses`);
    expect(steps['compliance_deletion_statuses']?.map((step) => [step['action'], step['application'], step['executer_id']])).toEqual([
      ['request_deletion', 'all', server.ownerId],
      ['started', 'support', null],
      ['complete', 'support', null],
    ]);
    expect(
      (await server.call<Rows>('GET', `/users/${bob.id}/compliance_deletion_statuses?application=all`)).body[
        'compliance_deletion_statuses'
      ],
    ).toHaveLength(1);
  });

  it('leave neither password nor settings once they are deleted for good', async () => {
    await using server = await testServer();
    const { passwords } = server.accounts;
    const { settings } = server.support.people;
    const [bob, eve] = [await user(server, 'Bob'), await user(server, 'Eve')];
    for (const { id } of [bob, eve]) {
      passwords.set('acme', id, 'first one');
      settings.update('acme', id, { shared_views_order: [1] });
    }
    await server.call('DELETE', `/users/${bob.id}`);
    await server.call('DELETE', `/deleted_users/${bob.id}`);
    expect([bob, eve].map(({ id }) => passwords.fits('acme', id, 'first one'))).toEqual([false, true]);
    expect([bob, eve].map(({ id }) => settings.get('acme', id).shared_views_order)).toEqual([null, [1]]);
  });

  it('are exported as gone for good or not', async () => {
    await using server = await testServer();
    const [bob, eve] = [await user(server, 'Bob'), await user(server, 'Eve')];
    for (const { id } of [bob, eve]) await server.call('DELETE', `/users/${id}`);
    await server.call('DELETE', `/deleted_users/${eve.id}`);
    server.advance(61_000);
    const { body } = await server.call<Rows>('GET', '/incremental/users?start_time=0');
    const told = body['users']?.filter((row) => row['active'] === false).map((row) => [row.id, row['permanently_deleted']]);
    expect(told).toEqual(
      expect.arrayContaining([
        [bob.id, false],
        [eve.id, true],
      ]),
    );
  });
});

describe('user search', () => {
  it('compares times', async () => {
    await using server = await testServer();
    server.advance(10 * 86_400_000);
    await user(server, 'Bob');
    const names = async (query: string): Promise<unknown[]> =>
      ((await server.call<Rows>('GET', `/users/search?query=${encodeURIComponent(query)}`)).body['users'] ?? []).map((row) => row['name']);
    expect(await names('created>2026-01-10')).toEqual(['Bob']);
    expect(await names('created<2026-01-10')).toEqual(['owner']);
    expect(await names('created>2hours role:end-user')).toEqual(['Bob']);
    expect((await server.call('GET', '/users/search?query=created%3Esoon')).status).toBe(422);
  });
});

describe('agents', () => {
  it('write end users and themselves, nobody else of the staff, and not what they may do', async () => {
    await using server = await testServer();
    const lee = await user(server, 'Lee', { email: 'lee@x.example', role: 'agent', verified: true });
    const kim = await user(server, 'Kim', { role: 'agent' });
    const bob = await user(server, 'Bob');
    const headers = { authorization: basic('lee@x.example', 'test-api-token') };
    const put = async (id: number, patch: object): Promise<number> =>
      (await server.call('PUT', `/users/${id}`, { user: patch }, headers)).status;
    expect(await put(bob.id, { notes: 'n', ticket_restriction: 'organization' })).toBe(200);
    expect(await put(bob.id, { role: 'agent' })).toBe(403);
    expect(await put(lee.id, { alias: 'L', role: 'agent' })).toBe(200);
    for (const patch of [{ role: 'end-user' }, { role: 'admin' }, { custom_role_id: 1 }, { ticket_restriction: 'groups' }])
      expect(await put(lee.id, patch)).toBe(403);
    for (const id of [kim.id, server.ownerId]) {
      expect(await put(id, { role: 'end-user' })).toBe(403);
      expect(await put(id, { notes: 'n' })).toBe(403);
      const identity = { type: 'email', value: 'other@x.example' };
      expect((await server.call('POST', `/users/${id}/identities`, { identity }, headers)).status).toBe(403);
      const change = { user: { suspended: true } };
      expect((await server.call('PUT', `/users/update_many?ids=${bob.id},${id}`, change, headers)).status).toBe(403);
    }
    expect(await put(99, { notes: 'n' })).toBe(404);
    expect(server.support.users.get('acme', server.ownerId)).toMatchObject({ role: 'admin', suspended: false });
    expect((await server.call('PUT', `/users/update_many?ids=${bob.id}`, { user: { notes: 'm' } }, headers)).status).toBe(200);
  });

  it('delete no staff, whatever their role lets them delete', async () => {
    await using server = await testServer();
    const { id: custom_role_id } = server.support.roles.create('acme', { name: 'R', configuration: { end_user_profile_access: 'full' } });
    await user(server, 'Lee', { email: 'lee@x.example', role: 'agent', verified: true, custom_role_id });
    const bob = await user(server, 'Bob');
    const headers = { authorization: basic('lee@x.example', 'test-api-token') };
    expect((await server.call('DELETE', `/users/${bob.id}`, undefined, headers)).status).toBe(200);
    expect((await server.call('DELETE', `/users/${server.ownerId}`, undefined, headers)).status).toBe(403);
  });
});
