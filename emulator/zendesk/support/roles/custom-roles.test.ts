import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Role {
  readonly id: number;
  readonly name: string;
  readonly role_type: number;
  readonly team_member_count: number;
  readonly configuration: Readonly<Record<string, unknown>>;
}

const create = async (server: TestServer, draft: object): Promise<Role> =>
  (await server.call<{ custom_role: Role }>('POST', '/custom_roles', { custom_role: draft })).body.custom_role;

/** An agent, and the headers with which they call. */
function agent(server: TestServer, patch: object = {}): { id: number; headers: Record<string, string> } {
  const email = `agent${Object.values(patch).join('')}@acme.example`;
  const { id } = server.support.users.create('acme', { name: 'Lee', email, role: 'agent', verified: true, ...patch }, server.api);
  return { id, headers: { authorization: basic(email, 'test-api-token') } };
}

describe('custom roles', () => {
  it('are made, changed and deleted by admins', async () => {
    await using server = await testServer();
    const role = await create(server, {
      name: 'Merger',
      configuration: { ticket_merge: true, group_access: true, view_access_logs: true, nonsense: 1 },
    });
    expect(role).toMatchObject({ role_type: 0, team_member_count: 0, configuration: { ticket_merge: true, ticket_deletion: false } });
    expect(role.configuration).toMatchObject({ group_access: false, view_access_logs: true, manage_ticket_settings: false });
    expect(role.configuration).not.toHaveProperty('nonsense');
    const path = `/custom_roles/${role.id}`;
    const changed = await server.call('PUT', path, { custom_role: { description: 'd', configuration: { ticket_deletion: true } } });
    expect(changed.body).toMatchObject({
      custom_role: { name: 'Merger', description: 'd', configuration: { ticket_merge: true, ticket_deletion: true } },
    });
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('GET', path)).status).toBe(404);
  });

  it('list the vendor’s own, which stay as they are', async () => {
    await using server = await testServer();
    const { custom_roles: roles } = (await server.call<{ custom_roles: Role[] }>('GET', '/custom_roles')).body;
    expect(roles.map(({ name, role_type }) => [name, role_type])).toEqual([
      ['Light agent', 1],
      ['Contributor', 3],
    ]);
    expect((await server.call('GET', `/custom_roles/${roles[0]?.id}`)).body).toEqual({ custom_role: roles[0] });
    for (const method of ['PUT', 'DELETE']) {
      expect((await server.call(method, `/custom_roles/${roles[0]?.id}`, { custom_role: { name: 'x' } })).status).toBe(403);
    }
  });

  it('refuse bad names and values, and to go while agents have them', async () => {
    await using server = await testServer();
    const post = async (draft: object): Promise<number> => (await server.call('POST', '/custom_roles', { custom_role: draft })).status;
    expect(await post({})).toBe(422);
    expect(await post({ name: 'light agent' })).toBe(422);
    expect(await post({ name: 'A', configuration: { ticket_access: 'some' } })).toBe(400);
    expect(await post({ name: 'A', configuration: { ticket_merge: 'yes' } })).toBe(400);
    const role = await create(server, { name: 'A' });
    agent(server, { custom_role_id: role.id });
    expect((await server.call('GET', `/custom_roles/${role.id}`)).body).toMatchObject({ custom_role: { team_member_count: 1 } });
    expect((await server.call('DELETE', `/custom_roles/${role.id}`)).status).toBe(422);
  });

  it('are for admins, but for the list', async () => {
    await using server = await testServer();
    const role = await create(server, { name: 'A' });
    const { headers } = agent(server);
    expect((await server.call('GET', '/custom_roles', undefined, headers)).status).toBe(200);
    expect((await server.call('GET', `/custom_roles/${role.id}`, undefined, headers)).status).toBe(403);
    expect((await server.call('POST', '/custom_roles', { custom_role: { name: 'B' } }, headers)).status).toBe(403);
  });
});

describe('an agent with a custom role', () => {
  it('may do what the role grants and nothing else', async () => {
    await using server = await testServer();
    const { id: ticket } = server.support.tickets.create('acme', { comment: 'x' }, server.api).ticket;
    const few = await create(server, { name: 'Few' });
    const many = await create(server, {
      name: 'Many',
      configuration: { ticket_deletion: true, organization_editing: true, export_views: true },
    });
    const [poor, rich, plain] = [agent(server, { custom_role_id: few.id }), agent(server, { custom_role_id: many.id }), agent(server)];
    const organization = (name: string): object => ({ organization: { name } });
    const status = async (who: { headers: Record<string, string> }, method: string, path: string, body?: object): Promise<number> =>
      (await server.call(method, path, body, who.headers)).status;
    expect(await status(poor, 'DELETE', `/tickets/${ticket}`)).toBe(403);
    expect(await status(poor, 'POST', '/organizations', organization('A'))).toBe(403);
    expect(await status(plain, 'POST', '/organizations', organization('A'))).toBe(403);
    expect(await status(rich, 'POST', '/organizations', organization('A'))).toBe(201);
    expect(await status(rich, 'DELETE', `/tickets/${ticket}`)).toBe(204);
    expect(await status(poor, 'GET', '/tickets')).toBe(200);
    const conditions = { all: [{ field: 'status', operator: 'less_than', value: 'solved' }] };
    const { view } = (await server.call<{ view: { id: number } }>('POST', '/views', { view: { title: 'V', ...conditions } })).body;
    expect(await status(poor, 'GET', `/views/${view.id}/export`)).toBe(403);
    expect(await status(rich, 'GET', `/views/${view.id}/export`)).toBe(200);
  });

  it('is listed with the role beside', async () => {
    await using server = await testServer();
    const role = await create(server, { name: 'A' });
    agent(server, { custom_role_id: role.id });
    const { body } = await server.call<{ roles: object[] }>('GET', '/users?include=roles');
    expect(body.roles).toMatchObject([{ id: role.id, name: 'A', team_member_count: 1, configuration: { ticket_editing: true } }]);
    expect(body.roles).toHaveLength(1);
  });

  it('loses a right as soon as the role does', async () => {
    await using server = await testServer();
    const role = await create(server, { name: 'A', configuration: { organization_editing: true } });
    const { headers } = agent(server, { custom_role_id: role.id });
    const post = async (name: string): Promise<number> =>
      (await server.call('POST', '/organizations', { organization: { name } }, headers)).status;
    expect(await post('A')).toBe(201);
    await server.call('PUT', `/custom_roles/${role.id}`, { custom_role: { configuration: { organization_editing: false } } });
    expect(await post('B')).toBe(403);
  });
});

describe('a light agent', () => {
  it('comments in private, and changes nothing else', async () => {
    await using server = await testServer();
    const { id: ticket } = server.support.tickets.create('acme', { comment: 'x' }, server.api).ticket;
    const [light] = server.support.roles.list('acme');
    const { headers } = agent(server, { custom_role_id: light?.id });
    const put = async (patch: object): Promise<number> =>
      (await server.call('PUT', `/tickets/${ticket}`, { ticket: patch }, headers)).status;
    expect(await put({ comment: { body: 'note', public: true } })).toBe(200);
    expect(await put({ comment: 'note' })).toBe(200);
    expect(await put({ status: 'open', comment: 'note' })).toBe(403);
    expect(server.support.tickets.comments('acme', ticket).map((comment) => comment.public)).toEqual([true, false, false]);
    const made = await server.call<{ ticket: { is_public: boolean } }>('POST', '/tickets', { ticket: { comment: 'y' } }, headers);
    expect([made.status, made.body.ticket.is_public]).toEqual([201, false]);
  });

  it('is any agent with only_private_comments', async () => {
    await using server = await testServer();
    const { id: ticket } = server.support.tickets.create('acme', { comment: 'x' }, server.api).ticket;
    const { headers } = agent(server, { only_private_comments: true });
    expect((await server.call('PUT', `/tickets/${ticket}`, { ticket: { priority: 'high', comment: 'note' } }, headers)).status).toBe(200);
    expect(server.support.tickets.comments('acme', ticket).at(-1)?.public).toBe(false);
  });
});
