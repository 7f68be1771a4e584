import { expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

it('lists the tickets that the agent had before them in the agent interface, the last one first', async () => {
  await using server = await testServer();
  const { support, api } = server;
  const draft = { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true } as const;
  const lee = support.users.create('acme', draft, api).id;
  const caller = support.users.create('acme', { name: 'Cal', phone: '+14155550100' }, api).id;
  for (let made = 0; made < 4; made += 1)
    support.tickets.create('acme', { comment: 'x', requester_id: caller }, { userId: caller, via: 'talk' });
  const recent = async (query = ''): Promise<number[]> => {
    const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
    const { status, body } = await server.call<{ tickets: { id: number }[] }>('GET', `/tickets/recent${query}`, undefined, headers);
    expect(status).toBe(200);
    return body.tickets.map(({ id }) => id);
  };
  support.tickets.update('acme', 4, { subject: 'over REST' }, { userId: lee, via: 'api' });
  expect(await recent()).toEqual([]);
  for (const id of [1, 2, 3]) support.tickets.update('acme', id, { assignee_id: lee }, { userId: lee, via: 'talk' });
  support.tickets.update('acme', 1, { comment: 'reply' }, { userId: lee, via: 'web' });
  expect(await recent()).toEqual([1, 3, 2]);
  expect(await recent('?per_page=1&page=2')).toEqual([3]);
  expect((await server.call<{ tickets: unknown[] }>('GET', '/tickets/recent')).body.tickets).toEqual([]);
  support.tickets.delete('acme', 3, api);
  support.users.update('acme', lee, { ticket_restriction: 'assigned' }, api);
  support.tickets.update('acme', 2, { assignee_id: null }, api);
  expect(await recent()).toEqual([1]);
});
