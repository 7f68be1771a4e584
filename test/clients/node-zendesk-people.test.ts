import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { type Client, connect, failure, result as one, type Row, rows as many } from './connect.ts';

let server: TestServer;
let client: Client;

beforeEach(async () => {
  server = await testServer();
  client = connect(server);
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

/** Jobs stay in their wrapper. */
const results = async (started: Row): Promise<Row[]> => {
  const { id } = started['job_status'] as Row;
  server.advance(1_000);
  const { job_status: job } = (await one(client.jobstatuses.show(String(id)))) as unknown as { job_status: Row };
  return job['results'] as Row[];
};
const user = (record: object): Promise<Row> => one(client.users.create({ user: record } as never));
const organization = (name: string): Promise<Row> => one(client.organizations.create({ organization: { name } }));

describe('node-zendesk on identities', () => {
  it('adds, verifies, makes primary, renames and deletes them', async () => {
    const { id } = await user({ name: 'Ada', email: 'ada@x.example' });
    const made = await one(client.useridentities.create(id, { type: 'email', value: 'b@x.example' } as never));
    expect(made).toMatchObject({ type: 'email', value: 'b@x.example', primary: false, verified: false });
    expect(await one(client.useridentities.show(id, made.id))).toEqual(made);
    await client.useridentities.requestVerification(id, made.id);
    expect(await one(client.useridentities.verify(id, made.id))).toMatchObject({ verified: true });
    await client.useridentities.makePrimary(id, made.id);
    expect(await one(client.users.show(id))).toMatchObject({ email: 'b@x.example', verified: true });
    expect(await one(client.useridentities.update(id, made.id, { identity: { value: 'c@x.example' } } as never))).toMatchObject({
      value: 'c@x.example',
    });
    expect(await failure(client.useridentities.create(id, { type: 'email', value: 'ADA@x.example' } as never))).toBe(422);
    await client.useridentities.delete(id, made.id);
    expect((await many(client.useridentities.list(id))).map((row) => [row['value'], row['primary']])).toEqual([['ada@x.example', true]]);
  });
});

describe('node-zendesk on users', () => {
  it('merges, suspends and finds them', async () => {
    const [loser, winner] = [await user({ name: 'Bobby', email: 'bobby@x.example' }), await user({ name: 'Bob' })];
    expect(await one(client.users.merge(loser.id, winner.id))).toMatchObject({ id: winner.id, email: 'bobby@x.example' });
    expect(await one(client.users.show(loser.id))).toMatchObject({ active: false });
    expect(await one(client.users.suspend(winner.id))).toMatchObject({ suspended: true });
    expect(await one(client.users.unsuspend(winner.id))).toMatchObject({ suspended: false });
    expect(await many(client.users.listWithFilter('permission_set', 77))).toEqual([]);
  });
});

describe('node-zendesk on group memberships', () => {
  it('works them one by one, below users and groups, and in bulk', async () => {
    const [sales, help] = [
      await one(client.groups.create({ group: { name: 'Sales' } } as never)),
      await one(client.groups.create({ group: { name: 'Help' } } as never)),
    ];
    const lee = await user({ name: 'Lee', role: 'agent' });
    const first = await one(client.groupmemberships.create({ group_membership: { user_id: lee.id, group_id: sales.id } } as never));
    const second = await one(client.groupmemberships.createByUser(lee.id, { group_membership: { group_id: help.id } } as never));
    expect([first['default'], second['default']]).toEqual([true, false]);
    expect(await one(client.groupmemberships.show(first.id))).toEqual(first);
    expect(await one(client.groupmemberships.showByUser(lee.id, second.id))).toEqual(second);
    expect(await many(client.groupmemberships.list())).toHaveLength(3);
    expect(await many(client.groupmemberships.listByUser(lee.id))).toHaveLength(2);
    expect(await many(client.groupmemberships.listByGroup(sales.id))).toMatchObject([{ id: first.id }]);
    expect(await many(client.groupmemberships.listAssignable())).toHaveLength(3);
    expect(await many(client.groupmemberships.listAssignableByGroup(help.id))).toMatchObject([{ id: second.id }]);
    await client.groupmemberships.makeDefault(lee.id, second.id);
    expect(await one(client.users.show(lee.id))).toMatchObject({ default_group_id: help.id });
    expect(await many(client.users.listByGroup(help.id))).toMatchObject([{ id: lee.id }]);
    expect(((await one(client.groups.countByUser(lee.id) as Promise<unknown>))['count'] ?? {}) as object).toMatchObject({ value: 2 });
    await client.groupmemberships.deleteByUser(lee.id, second.id);
    await client.groupmemberships.delete(first.id);
    expect(await failure(client.groupmemberships.show(first.id))).toBe(404);
    const made = await results(
      await one(client.groupmemberships.bulkCreate([{ user_id: lee.id, group_id: sales.id }] as never) as Promise<unknown>),
    );
    expect(made).toMatchObject([{ status: 'Created' }]);
    await client.groupmemberships.bulkDelete([made[0]?.id ?? 0]);
    server.advance(1_000);
    expect(await many(client.groupmemberships.listByUser(lee.id))).toEqual([]);
  });
});

describe('node-zendesk on organizations', () => {
  it('works their memberships', async () => {
    const [globex, hooli] = [await organization('Globex'), await organization('Hooli')];
    const bob = await user({ name: 'Bob' });
    const first = await one(client.organizationmemberships.create({ user_id: bob.id, organization_id: globex.id } as never));
    const second = await one(client.organizationmemberships.createByUser(bob.id, { organization_id: hooli.id } as never));
    expect([first['default'], second['default']]).toEqual([true, null]);
    expect(await one(client.organizationmemberships.show(first.id))).toEqual(first);
    expect(await one(client.organizationmemberships.showByUser(bob.id, second.id))).toEqual(second);
    expect(await many(client.organizationmemberships.list())).toHaveLength(2);
    expect(await many(client.organizationmemberships.listByUser(bob.id))).toHaveLength(2);
    expect(await many(client.organizationmemberships.listByOrganization(hooli.id))).toMatchObject([{ id: second.id }]);
    await client.organizationmemberships.makeDefault(bob.id, second.id);
    expect(await one(client.users.show(bob.id))).toMatchObject({ organization_id: hooli.id });
    expect(await many(client.organizations.listByUser(bob.id))).toMatchObject([{ id: globex.id }, { id: hooli.id }]);
    expect(await many(client.users.listByOrganization(globex.id))).toMatchObject([{ id: bob.id }]);
    await client.organizationmemberships.deleteByUser(bob.id, second.id);
    await client.organizationmemberships.delete(first.id);
    const made = await results(
      await one(client.organizationmemberships.createMany([{ user_id: bob.id, organization_id: globex.id }] as never) as Promise<unknown>),
    );
    await client.organizationmemberships.deleteMany([made[0]?.id ?? 0]);
    server.advance(1_000);
    expect(await many(client.organizationmemberships.list())).toEqual([]);
  });

  it('works them in bulk and by the beginning of their name', async () => {
    const made = await results(
      await one(client.organizations.createMany({ organizations: [{ name: 'Globex', external_id: 'g' }, { name: 'Hooli' }] } as never)),
    );
    expect(made).toMatchObject([{ status: 'Created' }, { status: 'Created' }]);
    expect(await one(client.organizations.createOrUpdate({ organization: { name: 'Globex Inc.', external_id: 'g' } }))).toMatchObject({
      id: made[0]?.id,
    });
    expect(await one(client.organizations.upsert({ organization: { name: 'Third' } }))).toMatchObject({ name: 'Third' });
    expect(await many(client.organizations.autocomplete({ name: 'glo' }) as Promise<unknown>)).toMatchObject([{ name: 'Globex Inc.' }]);
    expect(await one(client.organizations.related(made[0]?.id ?? 0))).toMatchObject({
      organization_related: { users_count: 0, tickets_count: 0 },
    });
    await client.organizations.updateMany({ organizations: [{ id: made[1]?.id, notes: 'n' }] } as never);
    server.advance(1_000);
    expect(await one(client.organizations.show(made[1]?.id ?? 0))).toMatchObject({ notes: 'n' });
    await client.organizations.bulkDelete([made[1]?.id ?? 0]);
    await client.organizations.bulkDeleteByExternalId(['g'] as never);
    server.advance(1_000);
    expect((await many(client.organizations.list() as Promise<unknown>)).map((row) => row['name'])).toEqual(['Third']);
  });
});
