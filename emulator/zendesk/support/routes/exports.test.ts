import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Export {
  tickets: { id: number; status: string; subject: string; description: string }[];
  users: { name: string; active: boolean; permanently_deleted?: boolean }[];
  organizations: { name: string }[];
  ticket_events: Record<string, unknown>[];
  next_page: string;
  end_time: number;
  count: number;
  end_of_stream: boolean;
  after_url: string | null;
  after_cursor: string | null;
}

/** 2026-01-05T09:00:00Z, where the test account's clock begins. */
const BEGIN = 1_767_603_600;

async function world() {
  const server = await testServer();
  const ticket = (subject: string): number =>
    server.support.tickets.create('acme', { subject, comment: `about ${subject}` }, server.api).ticket.id;
  const get = async (path: string): Promise<Export> => (await server.call<Export>('GET', path)).body;
  return { server, ticket, get };
}

describe('incremental exports', () => {
  it('by time: a page holds all of its last second, repeats it on the next, and always has a next', async () => {
    const { server, ticket, get } = await world();
    await using _ = server;
    for (const subject of ['a', 'b', 'c']) ticket(subject);
    server.advance(5_000);
    ticket('d');
    server.advance(61_000);
    const first = await get('/incremental/tickets.json?start_time=0&per_page=1');
    expect(first).toMatchObject({ count: 3, end_time: BEGIN, end_of_stream: false });
    expect(first.tickets.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(first.next_page).toBe(`${server.url}/incremental/tickets.json?start_time=${BEGIN}&per_page=1`);
    const second = await get(first.next_page);
    expect([second.tickets.map(({ id }) => id), second.end_of_stream, second.end_time]).toEqual([[1, 2, 3, 4], true, BEGIN + 5]);
    const third = await get(second.next_page);
    expect([third.tickets.map(({ id }) => id), third.end_of_stream, third.next_page]).toEqual([[4], true, second.next_page]);
  });

  it('by cursor: no row twice, and a cursor to go on from at the end', async () => {
    const { server, ticket, get } = await world();
    await using _ = server;
    for (const subject of ['a', 'b', 'c']) ticket(subject);
    server.advance(61_000);
    const first = await get('/incremental/tickets/cursor?start_time=0&per_page=2');
    expect(first).toMatchObject({ end_of_stream: false, before_url: null, before_cursor: null });
    expect(Buffer.from(first.after_cursor ?? '', 'base64').toString()).toBe(`${BEGIN}.0||2|`);
    const second = await get(first.after_url ?? '');
    expect([second.tickets.map(({ id }) => id), second.end_of_stream]).toEqual([[3], true]);
    const end = await get(second.after_url ?? '');
    expect([end.tickets, end.end_of_stream, end.after_cursor]).toEqual([[], true, second.after_cursor]);
    await server.call('PUT', '/tickets/1', { ticket: { priority: 'high' } });
    expect((await get(end.after_url ?? '')).tickets).toEqual([]);
    server.advance(60_000);
    expect((await get(end.after_url ?? '')).tickets.map(({ id }) => id)).toEqual([1]);
  });

  it('exports deleted tickets without their text, unless told not to', async () => {
    const { server, ticket, get } = await world();
    await using _ = server;
    await server.call('DELETE', `/tickets/${ticket('secret')}`);
    server.advance(61_000);
    const { tickets } = await get('/incremental/tickets?start_time=0');
    expect(tickets).toMatchObject([{ id: 1, status: 'deleted', subject: 'SCRUBBED', description: 'X' }]);
    expect((await get('/incremental/tickets?start_time=0&exclude_deleted=true')).tickets).toEqual([]);
  });

  it('exports users, deleted ones too, and organizations', async () => {
    const { server, get } = await world();
    await using _ = server;
    const { id } = server.support.users.create('acme', { name: 'Gone' }, server.api);
    server.support.organizations.create('acme', { name: 'Globex' }, server.api);
    server.support.users.delete('acme', id, server.api);
    server.advance(61_000);
    for (const path of ['/incremental/users', '/incremental/users/cursor']) {
      const { users } = await get(`${path}?start_time=0`);
      expect(users.find(({ name }) => name === 'Gone')).toMatchObject({ active: false, permanently_deleted: false });
      expect(users.find(({ active }) => active)).not.toHaveProperty('permanently_deleted');
    }
    expect((await get('/incremental/organizations?start_time=0')).organizations).toMatchObject([{ name: 'Globex' }]);
  });

  it('exports ticket events, comments on request', async () => {
    const { server, ticket, get } = await world();
    await using _ = server;
    ticket('a');
    await server.call('PUT', '/tickets/1', { ticket: { priority: 'high', comment: 'said' } });
    server.advance(61_000);
    const [, update] = (await get('/incremental/ticket_events?start_time=0')).ticket_events;
    expect(update).toMatchObject({
      ticket_id: 1,
      timestamp: BEGIN,
      updater_id: server.ownerId,
      via: 'Web service',
      event_type: 'Audit',
      child_events: [
        { event_type: 'Comment', comment_present: true, comment_public: true },
        { event_type: 'Change', priority: 'high', previous_value: null },
      ],
    });
    const [, whole] = (await get('/incremental/ticket_events?start_time=0&include=comment_events')).ticket_events;
    expect(whole).toMatchObject({ child_events: [{ event_type: 'Comment', body: 'said', public: true }, {}] });
  });

  it.each([
    ['/incremental/tickets', 400],
    ['/incremental/tickets?start_time=x', 400],
    [`/incremental/tickets?start_time=${BEGIN - 59}`, 422],
    [`/incremental/tickets?start_time=${BEGIN - 60}`, 200],
    ['/incremental/tickets/cursor?cursor=x', 400],
    ['/incremental/tickets/sample?start_time=0', 200],
    ['/incremental/groups/sample?start_time=0', 404],
    ['/incremental/routing/attributes?start_time=0', 501],
  ])('%s is %i', async (path, status) => {
    await using server = await testServer();
    expect((await server.call('GET', path)).status).toBe(status);
  });

  it('is for admins, ten times a minute', async () => {
    await using server = await testServer({ settings: {} });
    server.support.users.create('acme', { name: 'A', email: 'agent@acme.example', role: 'agent', verified: true }, server.api);
    const authorization = basic('agent@acme.example', 'test-api-token');
    expect((await server.call('GET', '/incremental/tickets?start_time=0', undefined, { authorization })).status).toBe(403);
    const statuses: number[] = [];
    for (let at = 0; at < 11; at += 1) statuses.push((await server.call('GET', '/incremental/tickets?start_time=0')).status);
    expect([statuses.slice(0, 10).every((status) => status === 200), statuses[10]]).toEqual([true, 429]);
  });

  it('side-loads what tickets name beside them, and what they have of their own in them', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    server.advance(120_000);
    const include = 'users,metric_sets,dates,last_audits,comment_count,unknown';
    const { body } = await server.call<{ tickets: object[]; users: object[] }>('GET', `/incremental/tickets/cursor?start_time=0&include=${include}`); // prettier-ignore
    expect(body.users).toMatchObject([{ id: server.ownerId }]);
    expect(body.tickets).toMatchObject([
      { id: 1, comment_count: 1, metric_set: { ticket_id: 1, replies: 0 }, dates: { solved_at: null }, last_audit: { ticket_id: 1 } },
    ]);
    const sample = await server.call<{ users: object[]; groups: object[] }>('GET', '/incremental/users/sample?start_time=0&include=groups');
    expect([sample.body.users.length, sample.body.groups.length]).toEqual([1, 1]);
  });
});
