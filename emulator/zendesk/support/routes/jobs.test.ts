import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../testing/test-server.ts';

interface JobBody {
  job_status: Record<string, unknown> & { id: string; results: Record<string, unknown>[] };
}

/** Starts a job and lets it come to its end. */
async function done(server: TestServer, method: string, path: string, body?: unknown): Promise<JobBody['job_status']> {
  const started = await server.call<JobBody>(method, path, body);
  expect(started).toMatchObject({ status: 200, body: { job_status: { status: 'queued' } } });
  server.advance(1_000);
  return (await server.call<JobBody>('GET', `/job_statuses/${started.body.job_status.id}`)).body.job_status;
}

const drafts = (count: number): { comment: string; subject: string }[] =>
  Array.from({ length: count }, (_, index) => ({ comment: 'x', subject: `S${index}` }));

describe('jobs', () => {
  it('are queued, then working, then completed, on the account’s clock', async () => {
    await using server = await testServer({ settings: { rateLimits: false, jobDelayMs: 2_000 } });
    const { body } = await server.call<JobBody>('POST', '/tickets/create_many', { tickets: drafts(2) });
    const { id } = body.job_status;
    expect(id).toMatch(/^V3-[0-9a-f]{32}$/);
    const url = `${server.url}/job_statuses/${id}.json`;
    const queued = { id, job_type: 'Bulk Create Ticket', url, total: 2, progress: null, status: 'queued', message: null, results: null };
    expect(body.job_status).toEqual(queued);
    expect(Object.keys(body.job_status)).toEqual(Object.keys(queued));
    server.advance(1_000);
    expect((await server.call('GET', `/job_statuses/${id}`)).body).toMatchObject({ job_status: { status: 'working', results: null } });
    expect(server.support.tickets.count('acme')).toBe(0);
    server.advance(1_000);
    expect(server.support.tickets.count('acme')).toBe(2);
    expect((await server.call('GET', url)).body).toMatchObject({
      job_status: { status: 'completed', message: 'Completed at 2026-01-05 09:00:02 +0000', progress: 2 },
    });
    expect(server.core.journal.read({ kind: 'job.completed' })).toHaveLength(1);
    server.advance(86_400_000);
    expect((await server.call('GET', url)).status).toBe(404);
    expect((await server.call('GET', '/job_statuses')).body).toMatchObject({ job_statuses: [], count: 0 });
  });

  it('create tickets, telling them in another order than asked, and tell of those that are refused', async () => {
    await using server = await testServer();
    const tickets = [...drafts(20), { subject: 'no comment', requester: { name: 'Ghost', email: 'ghost@x.example' } }];
    const job = await done(server, 'POST', '/tickets/create_many', { tickets });
    const accountId = server.accounts.expect('acme').id;
    const made = job.results.filter((result) => result['success'] !== false);
    expect(made).toHaveLength(20);
    expect(Object.keys(made[0] ?? {})).toEqual(['index', 'id', 'account_id']);
    expect(made[0]?.['account_id']).toBe(accountId);
    for (const { index, id } of made) expect(server.support.tickets.get('acme', Number(id))?.subject).toBe(`S${Number(index)}`);
    expect(made.map(({ index }) => index)).not.toEqual(made.map((_, index) => index));
    expect(job.results.filter((result) => result['success'] === false)).toEqual([
      { index: 20, success: false, error: 'RecordInvalid', details: 'Description: cannot be blank' },
    ]);
    expect(server.support.users.findByEmail('acme', 'ghost@x.example')).toBeUndefined();
  });

  it('update many tickets alike, tags included', async () => {
    await using server = await testServer();
    await done(server, 'POST', '/tickets/create_many', { tickets: [{ comment: 'x', tags: ['a', 'b'] }, { comment: 'x' }] });
    const ticket = { priority: 'high', additional_tags: ['c'], remove_tags: ['a'] };
    const job = await done(server, 'PUT', '/tickets/update_many?ids=1,2,9', { ticket });
    expect(job).toMatchObject({ job_type: 'Bulk Update Ticket', total: 3, progress: 3 });
    expect(job.results).toEqual([
      { action: 'update', status: 'Updated', success: true, id: 1 },
      { action: 'update', status: 'Updated', success: true, id: 2 },
      { index: 2, action: 'update', status: 'Failed', id: 9, success: false, error: 'RecordNotFound', details: 'Not found' },
    ]);
    expect(server.support.tickets.get('acme', 1)).toMatchObject({ priority: 'high', tags: ['b', 'c'] });
    expect(server.support.tickets.get('acme', 2)).toMatchObject({ priority: 'high', tags: ['c'] });
  });

  it('update many tickets each its own way, and delete', async () => {
    await using server = await testServer();
    await done(server, 'POST', '/tickets/create_many', { tickets: drafts(3) });
    await done(server, 'PUT', '/tickets/update_many', { tickets: [{ id: 1, priority: 'low' }, { id: '2', priority: 'urgent' }] }); // prettier-ignore
    expect([1, 2, 3].map((id) => server.support.tickets.get('acme', id)?.priority)).toEqual(['low', 'urgent', null]);
    const job = await done(server, 'DELETE', '/tickets/destroy_many?ids=1,3');
    expect(job.results).toEqual([
      { action: 'delete', status: 'Deleted', success: true, id: 1 },
      { action: 'delete', status: 'Deleted', success: true, id: 3 },
    ]);
    expect(server.support.tickets.list('acme').map(({ id }) => id)).toEqual([2]);
  });

  it('take at most 100 records, and only what can be read', async () => {
    await using server = await testServer();
    const many = await server.call('POST', '/tickets/create_many', { tickets: drafts(101) });
    expect(many).toMatchObject({
      status: 400,
      body: { error: 'TooManyValues', description: 'Maximum 100 tickets may be created per call' },
    });
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',');
    expect((await server.call('DELETE', `/tickets/destroy_many?ids=${ids}`)).status).toBe(400);
    for (const body of [{}, { tickets: 'x' }, { tickets: [1] }, { tickets: [{ comment: 'x', group_id: 'y' }] }])
      expect((await server.call('POST', '/tickets/create_many', body)).status).toBe(400);
    expect((await server.call('PUT', '/tickets/update_many', { tickets: [{ subject: 'no id' }] })).status).toBe(400);
    expect((await server.call('DELETE', '/tickets/destroy_many')).status).toBe(400);
    expect((await server.call('GET', '/job_statuses/V3-none')).status).toBe(404);
  });

  it('are at most 30 at a time', async () => {
    await using server = await testServer();
    for (let count = 0; count < 30; count++) await server.call('DELETE', '/tickets/destroy_many?ids=1');
    const refused = await server.call('DELETE', '/tickets/destroy_many?ids=1');
    expect(refused).toMatchObject({ status: 429, body: { error: 'TooManyJobs' } });
    expect(refused.headers.get('retry-after')).toBe('10');
    server.advance(1_000);
    expect((await server.call('DELETE', '/tickets/destroy_many?ids=1')).status).toBe(200);
    const { body } = await server.call<{ job_statuses: { id: string }[]; count: number }>('GET', '/job_statuses');
    expect(body.count).toBe(31);
    const next = await server.call<{ job_statuses: { id: string }[] }>('GET', '/job_statuses?page[size]=31');
    expect(next.body.job_statuses).toEqual(body.job_statuses);
    expect(body.job_statuses[0]).toMatchObject({ status: 'queued' });
    const wanted = body.job_statuses.slice(0, 2).map(({ id }) => id);
    const shown = await server.call('GET', `/job_statuses/show_many?ids=${wanted.join(',')}`);
    expect(shown.body).toMatchObject({ job_statuses: wanted.map((id) => ({ id })), count: 2 });
  });
});
