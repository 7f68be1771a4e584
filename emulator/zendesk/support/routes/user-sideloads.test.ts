import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

describe('beside users', () => {
  it('stands what the caller may do with them', async () => {
    await using server = await testServer();
    const create = (name: string, role: 'agent' | 'end-user'): number =>
      server.support.users.create('acme', { name, email: `${name}@x.example`, role, verified: true }, server.api).id;
    const [lee, ada] = [create('lee', 'agent'), create('ada', 'end-user')];
    const abilities = async (path: string, who?: string): Promise<unknown> => {
      const headers = who === undefined ? undefined : { authorization: basic(`${who}@x.example`, 'test-api-token') };
      return (await server.call<Record<string, unknown>>('GET', `${path}?include=abilities`, undefined, headers)).body['abilities'];
    };
    const may = (user_id: number, [can_edit, can_edit_password, can_verify_identities]: boolean[]): object[] => [
      expect.objectContaining({ can_edit, can_edit_password, can_manage_identities_of: can_edit, can_verify_identities, user_id }),
    ];
    expect(await abilities('/users/me')).toEqual(may(server.ownerId, [true, true, false]));
    expect(await abilities('/users/me')).toMatchObject([{ url: expect.stringMatching(`/api/v2/users/${server.ownerId}.json$`) }]);
    expect(await abilities(`/users/${lee}`)).toEqual(may(lee, [true, false, true]));
    expect(await abilities(`/users/${server.ownerId}`, 'lee')).toEqual(may(server.ownerId, [false, false, false]));
    expect(await abilities(`/users/${ada}`, 'lee')).toEqual(may(ada, [true, false, true]));
    expect(await abilities('/users/me', 'ada')).toEqual(may(ada, [true, true, false]));
    expect(await abilities('/users')).toHaveLength(3);
  });

  it('stands how many open tickets they have, which end users are not told', async () => {
    await using server = await testServer();
    const { tickets, users } = server.support;
    const draft = { comment: 'x', assignee_id: server.ownerId };
    for (const status of ['open', 'pending', 'solved', 'closed'] as const) tickets.create('acme', { ...draft, status }, server.api);
    const { id } = users.create('acme', { name: 'Ada', email: 'ada@x.example', verified: true }, server.api);
    const path = '/users/me?include=open_ticket_count,organizations';
    expect((await server.call('GET', path)).body).toMatchObject({ open_ticket_count: { [server.ownerId]: 2 }, organizations: [] });
    const many = `/users/show_many?ids=${server.ownerId},${id}&include=open_ticket_count`;
    expect((await server.call('GET', many)).body['open_ticket_count']).toEqual({ [server.ownerId]: 2, [id]: 0 });
    const asAda = { authorization: basic('ada@x.example', 'test-api-token') };
    expect(Object.keys((await server.call('GET', path, undefined, asAda)).body)).toEqual(['user']);
  });
});
