import { describe, expect, it } from 'vitest';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { connect, result, type Row, rows } from './connect.ts';

describe('node-zendesk in bulk', () => {
  it('creates and changes tickets by jobs, which it polls', async () => {
    await using server = await testServer();
    const client = connect(server);
    /** The client leaves jobs in their wrapper. */
    const finished = async (started: Row): Promise<Row> => {
      const job = started['job_status'] as Row;
      server.advance(1_000);
      return (await result(client.jobstatuses.show(String(job.id))))['job_status'] as Row;
    };
    const tickets = [
      { subject: 'One', comment: { body: 'x' } },
      { subject: 'Two', comment: { body: 'x' } },
    ];
    const created = await finished(await result(client.tickets.createMany({ tickets } as never)));
    expect(created).toMatchObject({ status: 'completed', total: 2 });
    expect((created['results'] as Row[]).map(({ id }) => id).toSorted()).toEqual([1, 2]);
    const updated = await finished(await result(client.tickets.updateMany([1, 2], { ticket: { additional_tags: ['bulk'] } })));
    expect(updated['results']).toMatchObject([{ status: 'Updated' }, { status: 'Updated' }]);
    expect(await rows(client.tags.list())).toEqual([{ name: 'bulk', count: 2 }]);
    const users = await finished(await result(client.users.createMany({ users: [{ name: 'A' }, { name: 'B' }] } as never)));
    expect(users['results']).toMatchObject([{ status: 'Created' }, { status: 'Created' }]);
  });

  it('writes groups', async () => {
    await using server = await testServer();
    const client = connect(server);
    const made = await result(client.groups.create({ group: { name: 'Sales' } } as never));
    expect(await result(client.groups.update(made.id, { group: { name: 'Renewals' } } as never))).toMatchObject({ name: 'Renewals' });
    await client.groups.delete(made.id);
    expect((await rows(client.groups.list())).map((group) => group['name'])).toEqual(['Support']);
  });
});
