import { describe, expect, it, vi } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface JobBody {
  job_status: Record<string, unknown> & { id: string; results: (Record<string, unknown> & { id: number })[] };
}

async function done(server: TestServer, method: string, path: string, body?: unknown): Promise<JobBody['job_status']> {
  const started = await server.call<JobBody>(method, path, body);
  expect(started.status).toBe(200);
  server.advance(1_000);
  return (await server.call<JobBody>('GET', `/job_statuses/${started.body.job_status.id}`)).body.job_status;
}

const PEOPLE = [
  { name: 'Ada', email: 'ada@x.example', external_id: 'a' },
  { name: 'Bob', email: 'bob@x.example', external_id: 'b' },
];

describe('users in bulk', () => {
  it('are created, but for those that cannot be', async () => {
    await using server = await testServer();
    const job = await done(server, 'POST', '/users/create_many', { users: [...PEOPLE, { name: 'Twin', email: 'ada@x.example' }] });
    const ids = ['ada', 'bob'].map((name) => server.support.users.findByEmail('acme', `${name}@x.example`)?.id);
    expect(job).toMatchObject({ job_type: 'Bulk Create User', total: 3, progress: 3 });
    expect(job.results).toEqual([
      { id: ids[0], status: 'Created' },
      { id: ids[1], status: 'Created' },
      {
        index: 2,
        status: 'Failed',
        success: false,
        error: 'RecordInvalid',
        details: 'Email: ada@x.example is already being used by another user',
      },
    ]);
    expect(server.core.journal.read({ kind: 'user.created' })).toHaveLength(3);
  });

  it('are created or updated, by e-mail or external id', async () => {
    await using server = await testServer();
    await done(server, 'POST', '/users/create_many', { users: PEOPLE });
    const users = [{ name: 'Ada L.', email: 'ada@x.example' }, { name: 'Bob B.', external_id: 'B' }, { name: 'Cy' }];
    const job = await done(server, 'POST', '/users/create_or_update_many', { users });
    expect(job.results.map(({ status }) => status)).toEqual(['Updated', 'Updated', 'Created']);
    expect(job.results.map(({ id }) => server.support.users.get('acme', id)?.name)).toEqual(['Ada L.', 'Bob B.', 'Cy']);
  });

  it('are updated alike or each their own way, and deleted', async () => {
    await using server = await testServer();
    const { results } = await done(server, 'POST', '/users/create_many', { users: PEOPLE });
    const [ada, bob] = results.map(({ id }) => id) as [number, number];
    await done(server, 'PUT', `/users/update_many?ids=${ada},${bob}`, { user: { notes: 'both' } });
    await done(server, 'PUT', '/users/update_many?external_ids=a', { user: { details: 'one' } });
    await done(server, 'PUT', '/users/update_many', {
      users: [
        { id: ada, alias: 'A' },
        { external_id: 'b', alias: 'B' },
      ],
    });
    expect(server.support.users.get('acme', ada)).toMatchObject({ notes: 'both', details: 'one', alias: 'A' });
    expect(server.support.users.get('acme', bob)).toMatchObject({ notes: 'both', details: null, alias: 'B' });
    const job = await done(server, 'DELETE', `/users/destroy_many?ids=${ada},99`);
    expect(job.results).toMatchObject([
      { action: 'delete', status: 'Deleted', success: true, id: ada },
      { action: 'delete', status: 'Failed', success: false, id: 99, error: 'RecordNotFound' },
    ]);
    await done(server, 'DELETE', '/users/destroy_many?external_ids=b');
    expect([ada, bob].map((id) => server.support.users.get('acme', id)?.active)).toEqual([false, false]);
  });

  it('are refused above 100, without records, and where an agent would make an admin', async () => {
    await using server = await testServer();
    const users = Array.from({ length: 101 }, () => ({ name: 'X' }));
    expect((await server.call('POST', '/users/create_many', { users })).body).toEqual({
      error: 'TooManyValues',
      description: 'Maximum 100 users may be created per call',
      max_count: 100,
    });
    expect((await server.call('PUT', '/users/update_many', {})).status).toBe(400);
    expect((await server.call('DELETE', '/users/destroy_many')).status).toBe(400);
    server.support.users.create('acme', { name: 'Agent', email: 'agent@acme.example', role: 'agent', verified: true }, server.api);
    const authorization = basic('agent@acme.example', 'test-api-token');
    const promoted = { users: [{ name: 'X', role: 'admin' }] };
    expect((await server.call('POST', '/users/create_many', promoted, { authorization })).status).toBe(403);
  });

  it('are completed by the beginning of their name', async () => {
    await using server = await testServer();
    for (const name of ['Adam', 'Ada', 'Bada']) await server.call('POST', '/users', { user: { name } });
    expect((await server.call('GET', '/users/autocomplete?name=ad')).body).toMatchObject({ users: [{ name: 'Adam' }, { name: 'Ada' }], count: 2 }); // prettier-ignore
    expect((await server.call('GET', '/users/autocomplete?name=a%25')).body).toMatchObject({ users: [] });
    for (const query of ['', '?name=a']) expect((await server.call('GET', `/users/autocomplete${query}`)).status).toBe(400);
    const ready = vi.spyOn(server.support.search, 'ready');
    await server.call('GET', '/users/autocomplete?phone=555');
    await server.call('POST', '/users/autocomplete', { phone: '555' });
    expect(ready.mock.calls).toEqual([['acme', ['user']], ['acme', ['user']]]); // prettier-ignore
  });
});
