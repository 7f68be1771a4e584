import { describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../testing/test-server.ts';

interface JobBody {
  job_status: Record<string, unknown> & { id: string };
}

async function done(server: TestServer, method: string, path: string, body?: unknown): Promise<JobBody['job_status']> {
  const started = await server.call<JobBody>(method, path, body);
  expect(started.status).toBe(200);
  server.advance(1_000);
  return (await server.call<JobBody>('GET', `/job_statuses/${started.body.job_status.id}`)).body.job_status;
}

async function withTickets(count: number): Promise<TestServer> {
  const server = await testServer();
  for (let id = 1; id <= count; id++)
    await server.call('POST', '/tickets', {
      ticket: { subject: `S${id}`, comment: 'x', requester: { name: `R${id}`, email: `r${id}@x.example` } },
    });
  return server;
}

const kinds = (server: TestServer, kind: string): string[] => server.core.journal.read({ kind }).map((entry) => entry.kind);

describe('deleted tickets', () => {
  it('are listed with who deleted them, and restored', async () => {
    await using server = await withTickets(2);
    await server.call('DELETE', '/tickets/1');
    const listed = await server.call('GET', '/deleted_tickets');
    expect(listed.headers.get('zendesk-ratelimit-deleted-tickets-index')).toMatch(/^total=10; remaining=9/);
    const actor = { id: server.ownerId, name: 'owner' };
    const row = { id: 1, subject: 'S1', actor, deleted_at: '2026-01-05T09:00:00Z', previous_state: 'new' };
    expect(listed.body).toEqual({ deleted_tickets: [row], next_page: null, previous_page: null, count: 1 });
    expect((await server.call('GET', '/deleted_tickets?page[size]=1')).body).toMatchObject({ meta: { has_more: false } });
    expect(await server.call('PUT', '/deleted_tickets/1/restore')).toMatchObject({ status: 200, body: {} });
    expect((await server.call('GET', '/tickets/1')).body).toMatchObject({ ticket: { subject: 'S1', status: 'new' } });
    expect((await server.call('GET', '/deleted_tickets')).body).toMatchObject({ deleted_tickets: [] });
    expect((await server.call('PUT', '/deleted_tickets/2/restore')).status).toBe(404);
    expect(kinds(server, 'ticket.restored')).toHaveLength(1);
  });

  it('are restored many at a time, or none of them', async () => {
    await using server = await withTickets(3);
    for (const id of [1, 2]) await server.call('DELETE', `/tickets/${id}`);
    expect((await server.call('PUT', '/deleted_tickets/restore_many?ids=1,3')).status).toBe(404);
    expect(server.support.tickets.get('acme', 1)).toBeUndefined();
    expect((await server.call('PUT', '/deleted_tickets/restore_many')).status).toBe(400);
    expect(await server.call('PUT', '/deleted_tickets/restore_many?ids=1,2')).toMatchObject({ status: 200, body: {} });
    expect(server.support.tickets.count('acme')).toBe(3);
  });

  it('are deleted for good by a job whose results are one object', async () => {
    await using server = await withTickets(3);
    expect((await server.call('DELETE', '/deleted_tickets/1')).status).toBe(404);
    for (const id of [1, 2, 3]) await server.call('DELETE', `/tickets/${id}`);
    const job = await done(server, 'DELETE', '/deleted_tickets/1');
    expect(job).toMatchObject({ status: 'completed', total: null, progress: null, results: { success: true } });
    expect((await server.call('PUT', '/deleted_tickets/1/restore')).body).toEqual({ error: 'RecordNotFound', description: 'Not found' });
    expect(server.support.tickets.audits('acme', 1)).toEqual([]);
    await done(server, 'DELETE', '/deleted_tickets/destroy_many?ids=2,3');
    expect((await server.call('GET', '/deleted_tickets')).body).toMatchObject({ count: 0 });
    expect(kinds(server, 'ticket.permanently_deleted')).toHaveLength(3);
    expect((await server.call('POST', '/tickets', { ticket: { comment: 'x' } })).body).toMatchObject({ ticket: { id: 4 } });
  });

  it('come of spam too, whose end users are suspended', async () => {
    await using server = await withTickets(3);
    expect((await server.call('PUT', '/tickets/1/mark_as_spam')).status).toBe(200);
    const sender = server.support.users.findByEmail('acme', 'r1@x.example');
    expect(sender?.suspended).toBe(true);
    expect(server.support.tickets.get('acme', 1)).toBeUndefined();
    const job = await done(server, 'PUT', '/tickets/mark_many_as_spam?ids=2,9');
    expect(job['results']).toMatchObject([{ id: 2, success: true }, { id: 9, success: false }]); // prettier-ignore
    await server.call('POST', '/tickets', { ticket: { comment: 'the owner’s own' } });
    await server.call('PUT', '/tickets/4/mark_as_spam');
    expect(server.support.users.get('acme', server.ownerId)?.suspended).toBe(false);
    expect(kinds(server, 'ticket.marked_as_spam')).toHaveLength(3);
    expect((await server.call('PUT', '/tickets/1/mark_as_spam')).status).toBe(404);
  });
});

describe('tickets and others', () => {
  it('merge: the files of the sources are the target’s too', async () => {
    await using server = await withTickets(2);
    const { upload } = (await server.call<{ upload: { token: string } }>('POST', '/uploads?filename=a.txt', 'text')).body;
    await server.call('PUT', '/tickets/2', { ticket: { comment: { body: 'see', uploads: [upload.token] } } });
    await done(server, 'POST', '/tickets/1/merge', { ids: [2] });
    const { comments } = (await server.call<{ comments: { attachments: { content_url: string }[] }[] }>('GET', '/tickets/1/comments')).body;
    expect(comments.at(-1)?.attachments).toMatchObject([{ file_name: 'a.txt', size: 4 }]);
    expect(await (await fetch(comments.at(-1)?.attachments[0]?.content_url ?? '')).text()).toBe('text');
  });

  it('merge: sources are closed, both sides told', async () => {
    await using server = await withTickets(3);
    const job = await done(server, 'POST', '/tickets/1/merge', { ids: [2, 3], target_comment: 'T', target_comment_is_public: true });
    expect(job).toMatchObject({ status: 'completed', results: [{ action: 'merge', status: 'Merged', success: true, id: 1 }] });
    for (const id of [2, 3]) expect(server.support.tickets.get('acme', id)).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] });
    expect(server.support.tickets.comments('acme', 1).at(-1)).toMatchObject({ body: 'T', public: true });
    expect(server.support.tickets.comments('acme', 2).at(-1)).toMatchObject({
      body: 'This request was closed and merged into request #1 "S1".',
      public: false,
    });
    expect(server.support.tickets.get('acme', 1)?.email_cc_ids).toHaveLength(2);
    expect(kinds(server, 'ticket.merged')).toHaveLength(2);
    expect((await server.call('POST', '/tickets/1/merge', { ids: [2] })).status).toBe(422);
    expect((await server.call('POST', '/tickets/1/merge', { ids: [1] })).status).toBe(422);
    expect((await server.call('POST', '/tickets/1/merge', { ids: [9] })).status).toBe(404);
    expect((await server.call('POST', '/tickets/1/merge', {})).status).toBe(400);
  });

  it('problems, incidents, what is related', async () => {
    await using server = await withTickets(2);
    await server.call('PUT', '/tickets/1', { ticket: { type: 'problem' } });
    await server.call('PUT', '/tickets/2', { ticket: { type: 'incident', problem_id: 1 } });
    expect((await server.call('GET', '/tickets/1/incidents')).body).toMatchObject({ tickets: [{ id: 2 }], count: 1 });
    expect((await server.call('GET', '/problems')).body).toMatchObject({ tickets: [{ id: 1 }], count: 1 });
    expect((await server.call('POST', '/problems/autocomplete', { text: 's1' })).body).toMatchObject({ tickets: [{ id: 1 }] });
    expect((await server.call('POST', '/problems/autocomplete', { text: 's2' })).body).toMatchObject({ tickets: [] });
    expect((await server.call('GET', '/tickets/1/related')).body).toEqual({
      topic_id: null,
      jira_issue_ids: [],
      followup_source_ids: [],
      from_archive: false,
      incidents: 1,
    });
    await server.call('PUT', '/tickets/1', { ticket: { status: 'closed' } });
    await server.call('POST', '/tickets', { ticket: { comment: 'again', via_followup_source_id: 1 } });
    expect((await server.call('GET', '/tickets/3/related')).body).toMatchObject({ followup_source_ids: ['1'], incidents: 0 });
    expect((await server.call('GET', '/tickets/9/incidents')).status).toBe(404);
  });

  it('problems: those last updated first, in pages', async () => {
    await using server = await withTickets(4);
    for (const id of [3, 1, 2]) {
      server.advance(1_000);
      await server.call('PUT', `/tickets/${id}`, { ticket: { type: 'problem' } });
    }
    const ids = async (query: string): Promise<number[]> =>
      (await server.call<{ tickets: { id: number }[] }>('GET', `/problems${query}`)).body.tickets.map(({ id }) => id);
    expect([await ids(''), await ids('?per_page=2&page=2')]).toEqual([[2, 1, 3], [3]]);
    await server.call('PUT', '/tickets/2', { ticket: { type: 'question' } });
    expect([await ids('?page[size]=1'), await ids('?page[size]=5'), await ids('?page[size]=5&sort=updated_at')]).toEqual([
      [1],
      [1, 3],
      [3, 1],
    ]);
    const { meta } = (await server.call<{ meta: { after_cursor: string } }>('GET', '/problems?page[size]=1')).body;
    expect(await ids(`?page[size]=1&page[after]=${encodeURIComponent(meta.after_cursor)}`)).toEqual([3]);
    await server.call('DELETE', '/tickets/1');
    expect(await ids('')).toEqual([3]);
  });

  it('people: copied, following, both', async () => {
    await using server = await withTickets(1);
    await server.call('PUT', '/tickets/1', {
      ticket: { email_ccs: [{ user_email: 'cc@x.example', action: 'put' }], followers: [{ user_id: server.ownerId, action: 'put' }] },
    });
    const emails = async (name: string): Promise<unknown[]> =>
      (await server.call<{ users: { email: string }[] }>('GET', `/tickets/1/${name}`)).body.users.map(({ email }) => email);
    expect(await emails('email_ccs')).toEqual(['cc@x.example']);
    expect(await emails('followers')).toEqual(['owner@acme.example']);
    expect(await emails('collaborators')).toEqual(['owner@acme.example', 'cc@x.example']);
  });
});
