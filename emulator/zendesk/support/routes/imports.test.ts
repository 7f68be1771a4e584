import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

const PAST = {
  subject: 'Old',
  created_at: '2020-01-01T10:00:00+01:00',
  updated_at: '2020-01-03T09:00:00Z',
  solved_at: '2020-01-02T09:00:00Z',
  status: 'closed',
  comments: [
    { value: 'first', created_at: '2020-01-01T09:00:00Z' },
    { body: 'second', public: false, created_at: '2020-01-01T12:00:00Z' },
  ],
};

describe('imported tickets', () => {
  it('have the times and comments that they had elsewhere', async () => {
    await using server = await testServer();
    const { user } = (await server.call<{ user: { id: number } }>('POST', '/users', { user: { name: 'Ada' } })).body;
    const made = await server.call('POST', '/imports/tickets', { ticket: { ...PAST, requester_id: user.id, assignee_id: server.ownerId } });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toContain('/tickets/1.json');
    expect(made.body['ticket']).toMatchObject({
      created_at: '2020-01-01T09:00:00Z',
      updated_at: '2020-01-03T09:00:00Z',
      status: 'closed',
      description: 'first',
      requester_id: user.id,
    });
    const { comments } = (await server.call<{ comments: object[] }>('GET', '/tickets/1/comments')).body;
    expect(comments).toMatchObject([
      { body: 'first', author_id: user.id, created_at: '2020-01-01T09:00:00Z', public: true },
      { body: 'second', author_id: user.id, created_at: '2020-01-01T12:00:00Z', public: false },
    ]);
    const { audits } = (await server.call<{ audits: { events: object[] }[] }>('GET', '/tickets/1/audits')).body;
    expect(audits[0]?.events).toContainEqual(expect.objectContaining({ type: 'Create', field_name: 'status', value: 'open' }));
    expect(audits[2]).toMatchObject({ created_at: '2020-01-02T09:00:00Z', events: [{ type: 'Change', value: 'closed' }] });
  });

  it('are exported although they changed long ago', async () => {
    await using server = await testServer();
    await server.call('POST', '/imports/tickets', { ticket: PAST });
    const start = Math.floor(server.core.businessClock('acme').now() / 1_000) - 1;
    server.advance(120_000);
    const { tickets } = (await server.call<{ tickets: object[] }>('GET', `/incremental/tickets?start_time=${start}`)).body;
    expect(tickets).toMatchObject([{ id: 1, updated_at: '2020-01-03T09:00:00Z' }]);
  });

  it('come in bulk by a job', async () => {
    await using server = await testServer();
    const tickets = [PAST, { description: 'plain' }, { subject: 'nothing said' }];
    const { job_status: job } = (await server.call<{ job_status: { id: string } }>('POST', '/imports/tickets/create_many', { tickets }))
      .body;
    server.advance(1_000);
    const done = (await server.call<{ job_status: { results: object[] } }>('GET', `/job_statuses/${job.id}`)).body.job_status;
    expect(done).toMatchObject({ status: 'completed', total: 3 });
    expect(done.results).toContainEqual(expect.objectContaining({ index: 2, success: false }));
    expect(server.support.tickets.count('acme')).toBe(2);
  });

  it('are refused without a comment, with a bad time, to agents, and archived unless closed', async () => {
    await using server = await testServer();
    const status = async (ticket: object, query = ''): Promise<number> => (await server.call('POST', `/imports/tickets${query}`, { ticket })).status; // prettier-ignore
    expect(await status({ subject: 'x' })).toBe(422);
    expect(await status({ ...PAST, solved_at: 'yesterday' })).toBe(422);
    for (const year of ['+010000', '-000001', '+275000']) {
      const time = `${year}-01-01T00:00:00Z`;
      for (const wrong of [{ created_at: time }, { updated_at: time }, { solved_at: time }, { type: 'task', due_at: time }])
        expect([wrong, await status({ ...PAST, ...wrong })]).toEqual([wrong, 422]);
      expect(await status({ ...PAST, comments: [{ value: 'x', created_at: time }] })).toBe(422);
    }
    expect(await status({ ...PAST, group_id: 5 })).toBe(422);
    expect(await status({ ...PAST, custom_status_id: 5 })).toBe(422);
    expect(await status({ ...PAST, status: 'open' }, '?archive_immediately=true')).toBe(422);
    expect(await status(PAST, '?archive_immediately=true')).toBe(201);
    server.support.users.create('acme', { name: 'G', email: 'agent@x.example', role: 'agent', verified: true }, server.api);
    const authorization = basic('agent@x.example', 'test-api-token');
    expect((await server.call('POST', '/imports/tickets', { ticket: PAST }, { authorization })).status).toBe(403);
  });

  it('are told of by no event', async () => {
    await using server = await testServer();
    await server.call('POST', '/imports/tickets', { ticket: PAST });
    const kinds = server.core.journal.read().map(({ kind }) => kind);
    expect(kinds).toContain('ticket.imported');
    expect(kinds).not.toContain('comment.added');
  });
});
