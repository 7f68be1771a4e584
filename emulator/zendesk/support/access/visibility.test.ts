import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface World {
  readonly server: TestServer;
  /** The ids of the tickets that an agent of this restriction lists. */
  listed(patch: object, path?: string): Promise<number[]>;
  /** And the ids of those that they find. */
  found(patch: object, path: string): Promise<number[]>;
  status(patch: object, method: string, path: string): Promise<number>;
  send(patch: object, method: string, path: string, body: object): Promise<number>;
  readonly me: number;
}

/** Ticket 1 is the agent's, 2 of the agent's group, 3 of the agent's organization, 4 none of it. */
async function world(server: TestServer): Promise<World> {
  const { support, api } = server;
  const organization = support.organizations.create('acme', { name: 'Globex' }, api);
  const me = support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true, organization_id: organization.id }, api); // prettier-ignore
  const group = support.groups.create('acme', { name: 'Mine', is_public: false });
  const other = support.groups.create('acme', { name: 'Open' });
  support.groups.addMember('acme', group.id, me.id);
  support.groups.addMember('acme', other.id, server.ownerId);
  const ticket = (draft: object): number => support.tickets.create('acme', { comment: 'x', group_id: other.id, ...draft }, api).ticket.id;
  ticket({ assignee_id: me.id, group_id: group.id });
  ticket({ group_id: group.id });
  ticket({ requester: { name: 'Hank', email: 'hank@x.example' }, organization_id: organization.id });
  ticket({});
  const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
  const restrict = async (patch: object): Promise<void> => {
    await server.call('PUT', `/users/${me.id}`, { user: { ticket_restriction: null, custom_role_id: null, ...patch } });
  };
  return {
    server,
    me: me.id,
    async listed(patch, path = '/tickets') {
      await restrict(patch);
      const { body } = await server.call<{ tickets: { id: number }[] }>('GET', path, undefined, headers);
      return body.tickets.map(({ id }) => id);
    },
    async found(patch, path) {
      await restrict(patch);
      const { body } = await server.call<{ results: { id: number }[] }>('GET', path, undefined, headers);
      return body.results.map(({ id }) => id);
    },
    async send(patch, method, path, body) {
      await restrict(patch);
      return (await server.call(method, path, body, headers)).status;
    },
    async status(patch, method, path) {
      await restrict(patch);
      return (await server.call(method, path, method === 'PUT' ? { ticket: { subject: 'y' } } : undefined, headers)).status;
    },
  };
}

describe('ticket_restriction', () => {
  it.each([
    [null, [1, 2, 3, 4]],
    ['assigned', [1]],
    ['groups', [1, 2]],
    ['organization', [3]],
  ])('%s lists tickets %o, by offset and by cursor, and counts them', async (ticket_restriction, tickets) => {
    await using server = await testServer();
    const { listed, found } = await world(server);
    expect(await listed({ ticket_restriction })).toEqual(tickets);
    expect(await listed({ ticket_restriction }, '/tickets?page[size]=10')).toEqual(tickets);
    expect(await listed({ ticket_restriction }, '/tickets/show_many?ids=1,2,3,4')).toEqual(tickets);
    expect((await found({ ticket_restriction }, '/search?query=type:ticket')).toSorted()).toEqual(tickets);
    expect(await found({ ticket_restriction }, '/search/export?query=x&filter[type]=ticket')).toEqual(tickets);
  });

  it('refuses whatever is below a ticket that is not seen', async () => {
    await using server = await testServer();
    const { status } = await world(server);
    const assigned = { ticket_restriction: 'assigned' };
    for (const path of ['/tickets/2', '/tickets/2/comments', '/tickets/2/audits', '/tickets/2/tags']) {
      expect([path, await status(assigned, 'GET', path)]).toEqual([path, 403]);
    }
    expect(await status(assigned, 'PUT', '/tickets/2')).toBe(403);
    expect(await status(assigned, 'GET', '/tickets/1')).toBe(200);
    expect(await status(assigned, 'GET', '/tickets/99')).toBe(404);
  });

  it('refuses what is done to many when one of them is not seen', async () => {
    await using server = await testServer();
    const { status, send } = await world(server);
    const assigned = { ticket_restriction: 'assigned' };
    expect(await status(assigned, 'PUT', '/tickets/update_many?ids=1,2')).toBe(403);
    expect(await status(assigned, 'PUT', '/tickets/update_many?ids=1')).toBe(200);
    expect(await send(assigned, 'PUT', '/tickets/update_many', { tickets: [{ id: 2, subject: 'y' }] })).toBe(403);
    expect(await send(assigned, 'POST', '/tickets/1/merge', { ids: [2] })).toBe(403);
    expect(await status(assigned, 'DELETE', '/tickets/destroy_many?ids=2')).toBe(403);
  });

  it('narrows lists that are about somebody already', async () => {
    await using server = await testServer();
    const { listed, me } = await world(server);
    const assigned = { ticket_restriction: 'assigned' };
    expect(await listed(assigned, `/users/${me}/tickets/assigned`)).toEqual([1]);
    expect(await listed(assigned, `/users/${server.ownerId}/tickets/assigned`)).toEqual([]);
    expect(await listed({ ticket_restriction: 'groups' }, `/users/${server.ownerId}/tickets/requested?page[size]=5`)).toEqual([1, 2]);
  });

  it('narrows what is counted of tickets beside others', async () => {
    await using server = await testServer();
    const { status, me } = await world(server);
    const { tickets } = server.support;
    tickets.update('acme', 1, { type: 'problem' }, server.api);
    tickets.update('acme', 2, { type: 'incident', problem_id: 1, assignee_id: server.ownerId }, server.api);
    const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
    const counted = async (ticket_restriction: string | null): Promise<unknown[]> => {
      expect(await status({ ticket_restriction }, 'GET', '/tickets/1')).toBe(200);
      const beside = `/users/show_many?ids=${me},${server.ownerId}&include=open_ticket_count`;
      const { body } = await server.call<{ open_ticket_count: Record<string, number> }>('GET', beside, undefined, headers);
      const within = await server.call<{ ticket: { incident_count: number } }>(
        'GET',
        '/tickets/1?include=incident_counts',
        undefined,
        headers,
      );
      return [body.open_ticket_count[me], body.open_ticket_count[server.ownerId], within.body.ticket.incident_count];
    };
    expect(await counted(null)).toEqual([1, 1, 1]);
    expect(await counted('groups')).toEqual([1, 1, 1]);
    expect(await counted('assigned')).toEqual([1, 0, 0]);
  });

  it('is read from the ticket access of a custom role first', async () => {
    await using server = await testServer();
    const { listed } = await world(server);
    const role = async (ticket_access: string): Promise<object> => {
      const { id } = server.support.roles.create('acme', { name: ticket_access, configuration: { ticket_access } });
      return { custom_role_id: id, ticket_restriction: 'organization' };
    };
    expect(await listed(await role('all'))).toEqual([1, 2, 3, 4]);
    expect(await listed(await role('assigned-only'))).toEqual([1]);
    expect(await listed(await role('within-groups'))).toEqual([1, 2]);
    expect(await listed(await role('within-groups-and-public-groups'))).toEqual([1, 2, 3, 4]);
    expect(await listed(await role('within-organization'))).toEqual([3]);
  });
});
