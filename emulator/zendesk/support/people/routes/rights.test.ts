import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

type Written = Readonly<Record<string, unknown>>;

const LEE = { authorization: basic('lee@acme.example', 'test-api-token') };

/** Lee, and how their requests end. */
function staff(
  server: TestServer,
  more: Written = {},
): { id: number; call: (method: string, path: string, body?: Written) => Promise<number> } {
  const draft = { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true, ...more } as const;
  const { id } = server.support.users.create('acme', draft, server.api);
  return { id, call: async (method, path, body) => (await server.call(method, path, body, LEE)).status };
}

const group = (server: TestServer, name: string): number => server.support.groups.create('acme', { name }).id;
const organization = (server: TestServer, name: string): number => server.support.organizations.create('acme', { name }, server.api).id;

describe('the account owner', () => {
  it('is neither deleted nor demoted, by nobody', async () => {
    await using server = await testServer();
    const { call } = staff(server, { role: 'admin' });
    const path = `/users/${server.ownerId}`;
    expect(await call('DELETE', path)).toBe(422);
    expect((await server.call('DELETE', path)).body).toMatchObject({
      error: 'RecordInvalid',
      details: { base: [{ error: 'InvalidValue' }] },
    });
    for (const patch of [{ role: 'agent' }, { role: 'end-user' }, { suspended: true }]) expect(await call('PUT', path, { user: patch })).toBe(422); // prettier-ignore
    expect(await call('PUT', path, { user: { role: 'admin', suspended: false, alias: 'Boss' } })).toBe(200);
    const job = await server.call<{ job_status: { id: string } }>('DELETE', `/users/destroy_many?ids=${server.ownerId}`);
    server.advance(1_000);
    const done = await server.call('GET', `/job_statuses/${job.body.job_status.id}`);
    expect(done.body).toMatchObject({ job_status: { results: [{ status: 'Failed', error: 'RecordInvalid' }] } });
    expect(server.support.users.get('acme', server.ownerId)).toMatchObject({
      role: 'admin',
      active: true,
      suspended: false,
      alias: 'Boss',
    });
  });

  it('keeps the address that the account knows them by', async () => {
    await using server = await testServer();
    const [first] = server.support.users.identities('acme', server.ownerId);
    const root = `/users/${server.ownerId}/identities`;
    await server.call('POST', root, { identity: { type: 'email', value: 'second@acme.example', verified: true } });
    for (const identity of [{ value: 'other@acme.example' }, { verified: false }])
      expect((await server.call('PUT', `${root}/${first?.id}`, { identity })).status).toBe(422);
    expect((await server.call('DELETE', `${root}/${first?.id}`)).status).toBe(422);
    expect((await server.call('PUT', `${root}/${first?.id}`, { identity: { verified: true } })).status).toBe(200);
    const [, second] = server.support.users.identities('acme', server.ownerId);
    expect((await server.call('DELETE', `${root}/${second?.id}`)).status).toBe(204);
  });

  it('is the only admin of whom that is so', async () => {
    await using server = await testServer();
    const { id } = staff(server, { role: 'admin' });
    expect((await server.call('PUT', `/users/${id}`, { user: { role: 'agent' } })).status).toBe(200);
    expect((await server.call('DELETE', `/users/${id}`)).status).toBe(200);
  });
});

describe('agents', () => {
  it('write themselves, but for what they may do and see', async () => {
    await using server = await testServer();
    const [mine, other, acme] = [group(server, 'Mine'), group(server, 'Other'), organization(server, 'Acme')];
    const lee = staff(server, { group_ids: [group(server, 'First'), mine] });
    const put = (user: Written): Promise<number> => lee.call('PUT', `/users/${lee.id}`, { user });
    for (const user of [
      { group_ids: [other] },
      { default_group_id: other },
      { organization_id: acme },
      { organization_ids: [acme] },
      { organization: { name: 'Acme' } },
      { suspended: true },
      { only_private_comments: true },
    ])
      expect([user, await put(user)]).toEqual([user, 403]);
    expect(await put({ alias: 'L', default_group_id: mine, organization_id: null, suspended: false })).toBe(200);
    expect(server.support.users.get('acme', lee.id)).toMatchObject({ alias: 'L', default_group_id: mine });
    expect(server.support.groups.of('acme', lee.id).map(({ name }) => name)).toEqual(['First', 'Mine']);
    expect((await server.call('PUT', `/users/${lee.id}`, { user: { group_ids: [other] } })).status).toBe(200);
  });

  it('put nobody but end users into organizations', async () => {
    await using server = await testServer();
    const acme = organization(server, 'Acme');
    const lee = staff(server);
    const { id: endUser } = server.support.users.create('acme', { name: 'Bob' }, server.api);
    const membership = (user_id: number): Written => ({ organization_membership: { user_id, organization_id: acme } });
    expect(await lee.call('POST', '/organization_memberships', membership(lee.id))).toBe(403);
    expect(await lee.call('POST', `/users/${lee.id}/organization_memberships`, membership(endUser))).toBe(403);
    expect(await lee.call('POST', '/organization_memberships/create_many', { organization_memberships: [{ user_id: lee.id, organization_id: acme }] })).toBe(403); // prettier-ignore
    expect(await lee.call('POST', '/organization_memberships', membership(endUser))).toBe(201);
    expect((await server.call('POST', '/organization_memberships', membership(lee.id))).status).toBe(201);
  });

  it('note things on organizations and change nothing else, unless their role lets them', async () => {
    await using server = await testServer();
    const acme = organization(server, 'Acme');
    const role = server.support.roles.create('acme', { name: 'Editor', configuration: { organization_editing: true } });
    const lee = staff(server);
    const put = (patch: Written): Promise<number> => lee.call('PUT', `/organizations/${acme}`, { organization: patch });
    expect([await put({ notes: 'n', name: 'Acme' }), await put({ name: 'Other' }), await put({ tags: ['a'] })]).toEqual([200, 403, 403]);
    const all = (verb: string): string => `/organizations/${verb}_many`;
    expect(await lee.call('PUT', `${all('update')}?ids=${acme},99`, { organization: { details: 'd' } })).toBe(403);
    expect(await lee.call('PUT', `${all('update')}?ids=${acme},99`, { organization: { notes: 'm' } })).toBe(200);
    expect(await lee.call('POST', all('create'), { organizations: [{ name: 'New' }] })).toBe(403);
    expect(await lee.call('POST', '/organizations/create_or_update', { organization: { id: acme, notes: 'o' } })).toBe(200);
    expect(await lee.call('POST', '/organizations/create_or_update', { organization: { id: acme, name: 'O' } })).toBe(403);
    expect(await lee.call('POST', '/organizations/create_or_update', { organization: { name: 'New' } })).toBe(403);
    server.support.users.update('acme', lee.id, { custom_role_id: role.id }, server.api);
    expect(await put({ name: 'Other' })).toBe(200);
    expect(await lee.call('PUT', '/organizations/99', { organization: { notes: 'x' } })).toBe(404);
  });

  it('who are agents no more let go of their tickets', async () => {
    await using server = await testServer();
    const lee = staff(server, { group_ids: [group(server, 'A')] });
    const { id } = server.support.tickets.create('acme', { comment: 'x', assignee_id: lee.id }, server.api).ticket;
    await server.call('PUT', `/users/${lee.id}`, { user: { role: 'end-user' } });
    expect(server.support.tickets.get('acme', id)?.assignee_id).toBeNull();
  });
});

describe('an organization', () => {
  it('is of a group that there is', async () => {
    await using server = await testServer();
    const [there, gone] = [group(server, 'There'), group(server, 'Gone')];
    const { id } = server.support.organizations.create('acme', { name: 'A', group_id: gone }, server.api);
    await server.call('DELETE', `/groups/${gone}`);
    const put = async (patch: Written): Promise<number> =>
      (await server.call('PUT', `/organizations/${id}`, { organization: patch })).status;
    expect(await put({ notes: 'n', group_id: gone })).toBe(200);
    expect([await put({ group_id: 7 }), await put({ group_id: there }), await put({ group_id: gone }), await put({ group_id: null })]).toEqual([422, 200, 422, 200]); // prettier-ignore
    expect((await server.call('POST', '/organizations', { organization: { name: 'B', group_id: 7 } })).body).toMatchObject({ details: { group: [{ error: 'InvalidValue' }] } }); // prettier-ignore
  });
});

describe('merging end users', () => {
  it('moves subscriptions, copies nobody in what they asked for, and is seen by exports', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const [a, b] = [organization(server, 'A'), organization(server, 'B')];
    const [loser, winner] = ['Bobby', 'Bob'].map((name) => support.users.create('acme', { name, organization_ids: [a] }, api).id);
    if (loser === undefined || winner === undefined) throw new Error('two users');
    for (const [user_id, organization_id] of [[loser, a], [loser, b], [winner, a]] as const) support.people.subscriptions.create('acme', { user_id, organization_id }); // prettier-ignore
    const asked = support.tickets.create('acme', { comment: 'x', requester_id: winner, email_ccs: [{ user_id: loser }] }, api).ticket.id;
    const closed = support.tickets.create('acme', { comment: 'x', requester_id: loser, status: 'closed' }, api).ticket.id;
    server.advance(60_000);
    support.people.userMerge.merge('acme', loser, winner, api);
    const rows = support.people.subscriptions.list('acme');
    expect(rows.map(({ user_id, organization_id }) => [user_id, organization_id])).toEqual([[winner, b], [winner, a]]); // prettier-ignore
    const [one, two] = [asked, closed].map((id) => support.tickets.get('acme', id));
    expect([one, two]).toMatchObject([{ email_cc_ids: [] }, { requester_id: winner }]);
    const now = Math.floor(Date.parse(support.now('acme')) / 1_000);
    expect([one?.generated_timestamp, two?.generated_timestamp]).toEqual([now, now]);
  });

  it('takes a deleted organization out of closed tickets, and exports see that too', async () => {
    await using server = await testServer();
    const { support, api } = server;
    const acme = organization(server, 'A');
    const { id: requester_id } = support.users.create('acme', { name: 'Bob', organization_id: acme }, api);
    const { id } = support.tickets.create('acme', { comment: 'x', requester_id, status: 'closed' }, api).ticket;
    server.advance(60_000);
    support.organizations.delete('acme', acme, api);
    const now = Math.floor(Date.parse(support.now('acme')) / 1_000);
    expect(support.tickets.get('acme', id)).toMatchObject({ organization_id: null, generated_timestamp: now });
  });
});
