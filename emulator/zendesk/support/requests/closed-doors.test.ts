import { expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Made {
  readonly ticket: { readonly id: number; readonly followup_ids: number[] };
}

it('a stranger does not follow up on somebody’s ticket', async () => {
  await using server = await testServer();
  const closed = { subject: 'Secret', status: 'closed', comment: { body: 'x' }, tags: ['inner'] };
  const { ticket } = (await server.call<Made>('POST', '/imports/tickets', { ticket: closed })).body;
  const requester = { name: 'Eve', email: 'eve@else.example' };
  const request = { subject: 'Hi', comment: { body: 'b' }, requester, via_followup_source_id: ticket.id };
  const { status, body } = await server.call('POST', '/requests', { request }, { authorization: '' });
  expect([status, JSON.stringify(body).includes('Secret')]).toEqual([201, false]);
  expect((await server.call<Made>('GET', `/tickets/${ticket.id}`)).body.ticket.followup_ids).toEqual([]);
});

it.each([491_234, {}, ['+1']])('a requester whose phone is %j is refused', async (phone) => {
  await using server = await testServer();
  const requester = { name: 'Eve', phone };
  expect((await server.call('POST', '/tickets', { ticket: { comment: { body: 'b' }, requester } })).status).toBe(422);
});

it('an OAuth client speaks for somebody else only when an admin says so', async () => {
  await using server = await testServer();
  const { support } = server;
  const system = { userId: null, via: 'system' } as const;
  const role = support.roles.create('acme', { name: 'Keys', configuration: { manage_api_credentials: true } } as never) as { id: number };
  const agent = { name: 'Al', email: 'al@acme.example', role: 'agent', verified: true, custom_role_id: role.id } as const;
  const { id } = support.users.create('acme', agent, system);
  const headers = { authorization: basic(agent.email, 'test-api-token') };
  const owner = (await server.call<{ user: { id: number } }>('GET', '/users/me')).body.user.id;
  const client = (user: number): Promise<{ status: number }> =>
    server.call('POST', '/oauth/clients', { client: { name: 'c', identifier: `c${user}`, user_id: user } }, headers);
  expect([(await client(owner)).status, (await client(id)).status]).toEqual([403, 201]);
});

it('a request says nothing that was said in private', async () => {
  await using server = await testServer();
  const comment = { body: 'inner', public: false };
  const { ticket } = (await server.call<Made>('POST', '/tickets', { ticket: { subject: 'S', comment } })).body;
  await server.call('PUT', `/tickets/${ticket.id}`, { ticket: { comment: { body: 'outer', public: true } } });
  const { body } = await server.call<{ request: { description: string } }>('GET', `/requests/${ticket.id}`);
  expect(body.request.description).toBe('outer');
});

it('an agent who sees their own tickets alone sees no other problem, incident or deleted ticket', async () => {
  await using server = await testServer();
  const agent = { name: 'Al', email: 'al@acme.example', role: 'agent', verified: true, ticket_restriction: 'assigned' } as const;
  server.support.users.create('acme', agent, { userId: null, via: 'system' });
  const headers = { authorization: basic(agent.email, 'test-api-token') };
  const make = async (ticket: object): Promise<number> =>
    (await server.call<Made>('POST', '/tickets', { ticket: { comment: { body: 'b' }, ...ticket } })).body.ticket.id;
  const problem = await make({ type: 'problem' });
  const gone = await make({});
  await server.call('DELETE', `/tickets/${gone}`);
  expect((await server.call('GET', '/problems', undefined, headers)).body['tickets']).toEqual([]);
  expect((await server.call('GET', '/deleted_tickets', undefined, headers)).body['deleted_tickets']).toEqual([]);
  const refused = [`/deleted_tickets/${gone}/restore`, `/deleted_tickets/restore_many?ids=${gone}`];
  for (const path of refused) expect((await server.call('PUT', path, undefined, headers)).status).toBe(403);
  expect((await server.call('GET', `/tickets/${problem}/incidents`, undefined, headers)).status).toBe(403);
});
