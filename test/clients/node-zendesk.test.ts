import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { type Client, connect, failure, result as one, rows as many } from './connect.ts';

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await testServer();
  client = connect(server);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('node-zendesk', () => {
  it('signs in', async () => {
    expect(await one(client.users.me())).toMatchObject({ id: server.ownerId, email: 'owner@acme.example', role: 'admin' });
    const stranger = connect(server, { more: { token: 'wrong' } });
    expect(await failure(stranger.users.me())).toBe(401);
  });

  it('works on tickets', async () => {
    const made = await one(
      client.tickets.create({
        ticket: { subject: 'Hello', comment: { body: 'First' }, requester: { name: 'Bob', email: 'bob@x.example' } },
      } as never),
    );
    expect(made).toMatchObject({ subject: 'Hello', description: 'First', status: 'new' });
    expect(await one(client.tickets.show(made.id))).toMatchObject({ id: made.id, subject: 'Hello' });
    expect(await one(client.tickets.update(made.id, { ticket: { priority: 'high', comment: { body: 'Second' } } } as never))).toMatchObject(
      { priority: 'high' },
    );
    expect((await many(client.tickets.getComments(made.id))).map((comment) => comment['body'])).toEqual(['First', 'Second']);
    expect(await many(client.tickets.exportAudit(made.id))).toHaveLength(2);
    expect((await many(client.ticketaudits.list(made.id))).length).toBe(2);
    expect((await many(client.tickets.listByUserRequested(made['requester_id'] as number))).map(({ id }) => id)).toEqual([made.id]);
    const other = await one(client.tickets.create({ ticket: { comment: { body: 'x' } } } as never));
    expect(await client.tickets.showMany([made.id, other.id])).toMatchObject({ result: [{ id: made.id }, { id: other.id }] });
    await client.tickets.delete(other.id);
    expect(await failure(client.tickets.show(other.id))).toBe(404);
  });

  it('walks all cursor pages of a long list', async () => {
    for (let count = 0; count < 203; count++) server.support.tickets.create('acme', { comment: 'x' }, server.api);
    const all = await many(client.tickets.list());
    expect(all).toHaveLength(server.support.tickets.count('acme'));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('works on users and their identities', async () => {
    const made = await one(client.users.create({ user: { name: 'Ada', email: 'ada@x.example', phone: '+12079460018' } }));
    expect(await one(client.users.show(made.id))).toMatchObject({ name: 'Ada', shared_phone_number: false });
    expect(await one(client.users.update(made.id, { user: { notes: 'n' } }))).toMatchObject({ notes: 'n' });
    expect(await one(client.users.createOrUpdate({ user: { name: 'Ada L.', email: 'ada@x.example' } }))).toMatchObject({
      id: made.id,
      name: 'Ada L.',
    });
    expect((await many(client.users.list())).map(({ id }) => id)).toContain(made.id);
    expect(await many(client.users.listWithFilter('role', 'admin'))).toMatchObject([{ id: server.ownerId }]);
    expect(await client.users.showMany([made.id])).toMatchObject({ result: [{ id: made.id }] });
    expect((await many(client.useridentities.list(made.id))).map((identity) => identity['type'])).toEqual(['email', 'phone_number']);
    await client.users.delete(made.id);
    expect(await one(client.users.show(made.id))).toMatchObject({ active: false });
  });

  it('finds near-identical numbers by phone', async () => {
    for (const [name, phone] of [
      ['Us', '+13105550123'],
      ['Uk', '+443105550123'],
    ] as const) {
      // prettier-ignore
      await client.users.create({ user: { name, phone } });
    }
    const found = await many(client.users.search({ query: '+13105550123' }));
    expect(found.map((user) => user['name'])).toEqual(['Us', 'Uk']);
  });

  it('works on organizations', async () => {
    const made = await one(client.organizations.create({ organization: { name: 'Globex', external_id: 'g-1' } }));
    expect(await one(client.organizations.show(made.id))).toMatchObject({ name: 'Globex' });
    expect(await one(client.organizations.update(made.id, { organization: { notes: 'n' } }))).toMatchObject({ notes: 'n' });
    expect(await many(client.organizations.search('g-1' as never))).toMatchObject([{ id: made.id }]);
    expect((await many(client.organizations.list() as Promise<unknown>)).map(({ id }) => id)).toContain(made.id);
    expect(await many(client.users.listByOrganization(made.id))).toEqual([]);
    expect(await many(client.tickets.listByOrganization(made.id))).toEqual([]);
    await client.organizations.delete(made.id);
    expect(await failure(client.organizations.show(made.id))).toBe(404);
  });

  it('works on user and organization fields', async () => {
    const userField = await one(client.userfields.create({ user_field: { key: 'plan', type: 'text', title: 'Plan' } }));
    expect(await one(client.userfields.show(userField.id))).toMatchObject({ key: 'plan' });
    expect(await one(client.userfields.update(userField.id, { user_field: { title: 'Tier' } }))).toMatchObject({ title: 'Tier' });
    expect(await many(client.userfields.list() as Promise<unknown>)).toHaveLength(1);
    await client.userfields.delete(userField.id);
    const field = await one(client.organizationfields.create({ organization_field: { key: 'tier', type: 'text', title: 'Tier' } }));
    expect(await one(client.organizationfields.show(field.id))).toMatchObject({ key: 'tier' });
    expect(await many(client.organizationfields.list() as Promise<unknown>)).toHaveLength(1);
    await client.organizationfields.delete(field.id);
    expect(await many(client.organizationfields.list() as Promise<unknown>)).toEqual([]);
  });

  it('reads ticket fields and groups', async () => {
    const fields = await many(client.ticketfields.list());
    expect(fields.map((field) => field['type'])).toContain('custom_status');
    expect(await one(client.ticketfields.show(fields[0]?.id ?? 0))).toMatchObject({ type: 'subject' });
    const groups = await many(client.groups.list());
    expect(groups).toMatchObject([{ name: 'Support' }]);
    expect(await one(client.groups.show(groups[0]?.id ?? 0))).toMatchObject({ default: true });
  });

  it('sees that Ringback does not emulate a resource (the client passes a 501 on as a result)', async () => {
    expect(JSON.stringify(await client.targets.list())).toContain('NotEmulated');
    expect(JSON.stringify(await client.sessions.list())).toContain('NotEmulated');
  });
});
