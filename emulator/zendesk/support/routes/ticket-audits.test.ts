import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Audits {
  audits: { id: number; ticket_id: number; events: { type: string }[] }[];
}

async function world() {
  const server = await testServer();
  for (const subject of ['A', 'B', 'C']) await server.call('POST', '/tickets', { ticket: { subject, comment: 'x' } });
  await server.call('PUT', '/tickets/1', { ticket: { priority: 'high' } });
  return server;
}

describe('audits', () => {
  it('of all tickets come by cursor, for admins', async () => {
    await using server = await world();
    const first = await server.call<Audits & { links: { next: string }; meta: object }>('GET', '/ticket_audits?page[size]=3');
    expect(first.body.audits.map(({ ticket_id }) => ticket_id)).toEqual([1, 2, 3]);
    expect(first.body.meta).toMatchObject({ has_more: true });
    const next = await server.call<Audits>('GET', first.body.links.next);
    expect(next.body.audits.map(({ ticket_id }) => ticket_id)).toEqual([1]);
    server.support.users.create('acme', { name: 'G', email: 'agent@x.example', role: 'agent', verified: true }, server.api);
    const authorization = basic('agent@x.example', 'test-api-token');
    expect((await server.call('GET', '/ticket_audits', undefined, { authorization })).status).toBe(403);
  });

  it('of all tickets without a page size have the older form, whose links lead on', async () => {
    await using server = await world();
    const { body } = await server.call<Audits & { after_url: string; after_cursor: string; before_url: string }>('GET', '/ticket_audits');
    expect(body.audits).toHaveLength(4);
    expect(Object.keys(body).toSorted()).toEqual(['after_cursor', 'after_url', 'audits', 'before_cursor', 'before_url']);
    expect((await server.call<Audits>('GET', body.after_url)).body.audits).toEqual([]);
    await server.call('POST', '/tickets', { ticket: { comment: 'later' } });
    expect((await server.call<Audits>('GET', body.after_url)).body.audits).toMatchObject([{ ticket_id: 4 }]);
  });

  it('of a ticket can be narrowed to types of events, and side-load what they name', async () => {
    await using server = await world();
    const comments = await server.call<Audits>('GET', '/tickets/1/audits?filter_events[]=Comment');
    expect(comments.body.audits.map(({ events }) => events.map(({ type }) => type))).toEqual([['Comment']]);
    const loaded = await server.call('GET', '/tickets/1/audits?include=users,tickets,organizations,groups');
    expect(loaded.body).toMatchObject({ users: [{ id: server.ownerId }], tickets: [{ id: 1 }], organizations: [], groups: [] });
  });
});

describe('creation at leisure', () => {
  it('answers at once with the id that the ticket will have, and a job', async () => {
    await using server = await testServer();
    const started = await server.call<{ ticket: { id: number }; job_status: { id: string } }>('POST', '/tickets?async=true', { ticket: { comment: 'x' } }); // prettier-ignore
    expect([started.status, started.body.ticket.id]).toEqual([202, 1]);
    expect(started.headers.get('location')).toContain(started.body.job_status.id);
    expect((await server.call('GET', '/tickets/1')).status).toBe(404);
    expect((await server.call<{ ticket: { id: number } }>('POST', '/tickets', { ticket: { comment: 'y' } })).body.ticket.id).toBe(2);
    server.advance(1_000);
    expect((await server.call('GET', `/job_statuses/${started.body.job_status.id}`)).body).toMatchObject({
      job_status: { status: 'completed', results: [{ id: 1 }] },
    });
    expect((await server.call('GET', '/tickets/1')).body).toMatchObject({ ticket: { id: 1, description: 'x' } });
  });

  it('keeps to the idempotency key', async () => {
    await using server = await testServer();
    const again = () => server.call('POST', '/tickets?async=true', { ticket: { comment: 'x' } }, { 'idempotency-key': 'k' });
    const [first, second] = [await again(), await again()];
    expect([second.status, second.body, second.headers.get('x-idempotency-lookup')]).toEqual([202, first.body, 'hit']);
    server.advance(1_000);
    expect((await server.call('GET', '/job_statuses')).status).toBe(200);
    expect(server.support.tickets.count('acme')).toBe(1);
  });
});
