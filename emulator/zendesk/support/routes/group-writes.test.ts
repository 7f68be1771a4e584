import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface GroupBody {
  group: Record<string, unknown> & { id: number };
}

describe('groups to write', () => {
  it('are created and updated', async () => {
    await using server = await testServer();
    const made = await server.call<GroupBody>('POST', '/groups', { group: { name: ' Sales ', description: 'd', is_public: false } });
    expect(made).toMatchObject({ status: 201, body: { group: { name: 'Sales', description: 'd', is_public: false, default: false } } });
    const { id } = made.body.group;
    expect(made.headers.get('location')).toBe(`${server.url}/groups/${id}.json`);
    server.advance(1_000);
    const updated = await server.call<GroupBody>('PUT', `/groups/${id}`, { group: { name: 'Renewals' } });
    expect(updated.body.group).toEqual({ ...made.body.group, name: 'Renewals', updated_at: '2026-01-05T09:00:01Z' });
    expect((await server.call('GET', `/groups/${id}`)).body).toEqual(updated.body);
    expect((await server.call('POST', '/groups', { group: {} })).status).toBe(422);
    expect((await server.call('PUT', `/groups/${id}`, { group: { name: ' ' } })).status).toBe(422);
    expect((await server.call('PUT', '/groups/9', { group: { name: 'x' } })).status).toBe(404);
  });

  it('are deleted: no longer listed nor assigned, without members; the default group stays', async () => {
    await using server = await testServer();
    const { support } = server;
    const { body } = await server.call<GroupBody>('POST', '/groups', { group: { name: 'Sales' } });
    const { id } = body.group;
    const agent = support.users.create('acme', { name: 'A', email: 'a@acme.example', role: 'agent', verified: true }, server.api);
    support.groups.addMember('acme', id, agent.id);
    expect((await server.call('GET', `/groups/${id}/users`)).body).toMatchObject({ users: [{ id: agent.id, default_group_id: id }] });
    expect((await server.call('GET', `/groups/${id}/users/count`)).body).toMatchObject({ count: { value: 1 } });
    expect((await server.call('DELETE', `/groups/${id}`)).status).toBe(204);
    expect((await server.call('GET', '/groups')).body).toMatchObject({ groups: [{ name: 'Support' }], count: 1 });
    expect((await server.call('GET', `/groups/${id}`)).body).toMatchObject({ group: { deleted: true } });
    expect(support.groups.of('acme', agent.id)).toEqual([]);
    const told = server.core.journal.read({ kind: 'user.updated' }).at(-1);
    expect(told?.data).toMatchObject({ changes: [{ field: 'default_group_id', previous: id, current: null }], actorId: server.ownerId });
    expect(support.users.get('acme', agent.id)?.default_group_id).toBeNull();
    expect((await server.call('POST', '/tickets', { ticket: { comment: 'x', group_id: id } })).status).toBe(422);
    for (const path of [`/groups/${id}/users`, '/groups/9/users']) expect((await server.call('GET', path)).status).toBe(404);
    expect((await server.call('DELETE', `/groups/${id}`)).status).toBe(404);
    expect((await server.call('DELETE', `/groups/${support.groups.default('acme').id}`)).status).toBe(422);
  });

  it('are for admins', async () => {
    await using server = await testServer();
    server.support.users.create('acme', { name: 'A', email: 'a@acme.example', role: 'agent', verified: true }, server.api);
    const authorization = basic('a@acme.example', 'test-api-token');
    expect((await server.call('POST', '/groups', { group: { name: 'x' } }, { authorization })).status).toBe(403);
  });
});
