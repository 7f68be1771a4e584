import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Held {
  id: number;
  attachments: { content_url: string }[];
}

interface Row {
  id: number;
  [property: string]: unknown;
}

async function seeded(): Promise<TestServer & { ids: number[] }> {
  const server = await testServer();
  server.support.tickets.create('acme', { comment: 'x' }, server.api);
  server.support.seed('acme', {
    suspended_tickets: [
      { author: { name: 'Zoe', email: 'Zoe@x.example' }, subject: 'Offer', content: 'Buy', recipient: 'support@acme.example' },
      { author: { email: 'amy@x.example' }, content: 'More', ticket_id: 1, cause: 'User is suspended' },
    ],
  });
  return Object.assign(server, { ids: server.support.suspended.list('acme').map(({ id }) => id) });
}

describe('suspended tickets', () => {
  it('are listed, sorted and shown', async () => {
    await using server = await seeded();
    const [first, second] = server.ids;
    const listed = async (query = ''): Promise<number[]> => (await server.call<{ suspended_tickets: Row[] }>('GET', `/suspended_tickets${query}`)).body.suspended_tickets.map(({ id }) => id); // prettier-ignore
    expect(await listed()).toEqual([second, first]);
    expect(await listed('?sort_by=author_email&sort_order=desc')).toEqual([first, second]);
    const { suspended_tickets: shown } = (await server.call<{ suspended_tickets: Row[] }>('GET', `/suspended_tickets/${first}`)).body;
    expect(shown).toMatchObject([{ subject: 'Offer', content: 'Buy', cause: 'Detected as spam', author: { id: null, name: 'Zoe', email: 'zoe@x.example' }, via: { channel: 'email', source: { from: { address: 'zoe@x.example' } } } }]); // prettier-ignore
  });

  it('become tickets of whoever recovers one alone, of their author when there are more, or comments', async () => {
    await using server = await seeded();
    server.support.suspended.suspend('acme', { author: { email: 'alone@x.example' }, content: 'Alone' });
    const alone = server.support.suspended.list('acme').at(-1)?.id;
    const recovered = await server.call<{ ticket: Row[] }>('PUT', `/suspended_tickets/${alone}/recover`);
    expect(recovered.body.ticket).toMatchObject([{ id: 2, description: 'Alone', requester_id: server.ownerId, via: { channel: 'email' } }]);
    expect((await server.call('PUT', `/suspended_tickets/${alone}/recover`)).status).toBe(404);
    const many = await server.call<{ tickets: Row[] }>('PUT', `/suspended_tickets/recover_many?ids=${server.ids.join(',')},9`);
    const zoe = server.support.users.findByEmail('acme', 'zoe@x.example');
    expect(many.body.tickets[0]).toMatchObject({ id: 3, subject: 'Offer', description: 'Buy', requester_id: zoe?.id, via: { channel: 'email' }, recipient: 'support@acme.example' }); // prettier-ignore
    expect(many.body.tickets.map(({ id }) => id)).toEqual([3, 1]);
    const amy = server.support.users.findByEmail('acme', 'amy@x.example');
    expect(server.support.tickets.comments('acme', 1).at(-1)).toMatchObject({ body: 'More', author_id: amy?.id, public: true });
    expect(server.support.suspended.list('acme')).toEqual([]);
  });

  it('that cannot be recovered stay, and are told of; the others are recovered', async () => {
    await using server = await seeded();
    const { tickets } = server.support.context.collections;
    const full = tickets.get('acme', 1);
    if (full) tickets.put('acme', { ...full, comment_count: 5_000 });
    const [zoe, amy] = server.ids;
    const answer = await server.call<{ suspended_tickets: Row[] }>('PUT', `/suspended_tickets/recover_many?ids=${amy},${zoe}`);
    expect(answer.status).toBe(422);
    expect(answer.body.suspended_tickets).toMatchObject([{ id: amy, error_messages: [{ error: 'RecordInvalid' }] }]);
    expect(server.support.suspended.list('acme').map(({ id }) => id)).toEqual([amy]);
    expect(server.support.tickets.count('acme')).toBe(2);
  });

  it('keep their files, which become those of the comment', async () => {
    await using server = await seeded();
    const token = (await server.call<{ upload: { token: string } }>('POST', '/uploads?filename=b.txt', 'two')).body.upload.token;
    server.support.users.create('acme', { name: 'Bad', email: 'bad@x.example', suspended: true }, server.api);
    const request = { subject: 'S', comment: { body: 'B', uploads: [token] }, requester: { email: 'bad@x.example' } };
    const held = (await server.call<{ suspended_ticket: Held }>('POST', '/requests', { request }, { authorization: '' })).body
      .suspended_ticket;
    expect(held.attachments).toMatchObject([{ file_name: 'b.txt', size: 3 }]);
    const copied = await server.call<{ upload: Held & { token: string } }>('POST', `/suspended_tickets/attachments?id=${held.id}`);
    expect(copied.body.upload.attachments).toMatchObject([{ file_name: 'b.txt', content_type: 'application/json', size: 3 }]);
    const ticket = { comment: { body: 'By hand', uploads: [copied.body.upload.token] } };
    expect((await server.call('POST', '/tickets', { ticket })).status).toBe(201);
    await server.call('PUT', `/suspended_tickets/recover_many?ids=${held.id}`);
    const [said] = server.support.tickets.comments('acme', 3);
    expect(said?.attachments).toMatchObject([{ file_name: 'b.txt', size: 3 }]);
    const old = String(held.attachments[0]?.content_url);
    expect((await fetch(old)).status).toBe(404);
    for (const [query, status] of [
      ['', 400],
      ['?id=x', 400],
      ['?id=9', 404],
    ] as const)
      // prettier-ignore
      expect((await server.call('POST', `/suspended_tickets/attachments${query}`)).status).toBe(status);
    const { body: none } = await server.call('POST', `/suspended_tickets/attachments`, { id: server.ids[0] });
    expect(none).toEqual({ upload: { token: expect.stringMatching(/^\w{32}$/) as string, attachments: [] } });
  });

  it('are recovered by a job, with their sender or whoever is named as the requester', async () => {
    await using server = await seeded();
    const [zoe, amy] = server.ids;
    const bulk = async (query: string, body?: unknown): Promise<{ status: number; results: unknown }> => {
      const { status, body: { job_status } } = await server.call<{ job_status?: { id: string } }>('PUT', `/suspended_tickets/bulk_recover${query}`, body); // prettier-ignore
      server.advance(1_000);
      return { status, results: job_status && server.support.jobs.get('acme', job_status.id)?.results };
    };
    for (const author of [{ id: 9 }, { id: null }, { email: 'nobody@x.example' }, {}])
      expect((await bulk(`?ids=${zoe}`, { author })).status).toBe(422);
    expect((await bulk('')).status).toBe(400);
    expect((await bulk(`?ids=${zoe}`, { author: 'x' })).status).toBe(400);
    const done = await bulk(`?ids=${zoe},9`);
    expect(done.results).toEqual([{ index: 0, id: 2 }, { index: 1, action: 'recover', id: 9, success: false, error: 'RecordNotFound', details: 'Not found' }]); // prettier-ignore
    const sender = server.support.users.findByEmail('acme', 'zoe@x.example');
    expect(server.support.tickets.get('acme', 2)).toMatchObject({ requester_id: sender?.id, submitter_id: sender?.id });
    expect((await bulk(`?ids=${amy}`, { author: { email: 'ZOE@x.example' } })).results).toEqual([{ index: 0, id: 1 }]);
    expect(server.support.tickets.comments('acme', 1).at(-1)).toMatchObject({ body: 'More', author_id: sender?.id });
  });

  it('become a CSV file later, of which an e-mail would tell', async () => {
    await using server = await seeded();
    server.support.suspended.suspend('acme', { author: { email: 'q@x.example' }, content: 'one, "two"' });
    const asked = await server.call('POST', '/suspended_tickets/export');
    expect(asked).toMatchObject({ status: 200, body: { export: { status: 'enqueued', view_id: 'suspended' } } });
    server.advance(1_000);
    const mails = server.core.journal.read({ account: 'acme', kind: 'mail.due' });
    const [{ content_url, ...rest } = { content_url: '' }] = mails.map(({ data }) => data as { content_url: string });
    expect(rest).toEqual({ to: 'owner@acme.example', about: 'export of suspended tickets', file_name: 'suspended tickets.csv', rows: 3 });
    const lines = (await (await fetch(content_url)).text()).split('\r\n');
    expect(lines.map((line) => line.split(',')[1])).toEqual(['Subject', 'Offer', '', '', undefined]);
    expect(lines[3]).toContain(',"one, ""two""",');
    const { files } = server.support.context.collections;
    expect(files.count('acme')).toBe(1);
    server.advance(3 * 86_400_000 - 2_000);
    expect((await fetch(content_url)).status).toBe(200);
    server.advance(2_000);
    expect((await fetch(content_url)).status).toBe(404);
    await server.call('POST', '/suspended_tickets/export');
    server.advance(1_000);
    expect(files.count('acme')).toBe(1);
  });

  it('are not for agents who do not see every ticket', async () => {
    await using server = await seeded();
    const lee = { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true } as const;
    const { id } = server.support.users.create('acme', { ...lee, ticket_restriction: 'assigned' }, server.api);
    const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
    for (const path of ['', `/${server.ids[0]}`]) expect((await server.call('GET', `/suspended_tickets${path}`, undefined, headers)).status).toBe(403); // prettier-ignore
    expect((await server.call('DELETE', `/suspended_tickets/${server.ids[0]}`, undefined, headers)).status).toBe(403);
    server.support.users.update('acme', id, { ticket_restriction: null }, server.api);
    expect((await server.call('GET', '/suspended_tickets', undefined, headers)).status).toBe(200);
  });

  it('are made of requests by suspended users, and by strangers where one has to sign up', async () => {
    await using server = await testServer();
    const { users, suspended, tickets } = server.support;
    users.create('acme', { name: 'Bad', email: 'bad@x.example', suspended: true }, server.api);
    const ask = (email: string): ReturnType<typeof server.call> =>
      server.call(
        'POST',
        '/requests',
        { request: { subject: 'S', comment: { body: 'B' }, requester: { name: 'N', email } } },
        { authorization: '' },
      );
    const held = await ask('bad@x.example');
    expect(held.status).toBe(201);
    expect(held.body).toMatchObject({
      suspended_ticket: { cause: 'User is suspended', subject: 'S', content: 'B', author: { email: 'bad@x.example' } },
    });
    expect((await ask('new@x.example')).body).toHaveProperty('request');
    server.accounts.update('acme', { settings: { signUpRequired: true } });
    expect((await ask('other@x.example')).body).toMatchObject({ suspended_ticket: { cause: 'Sign-up required', author: { id: null } } });
    expect(tickets.count('acme')).toBe(1);
    expect(suspended.list('acme')).toHaveLength(2);
  });

  it('are deleted, by hand or after 14 days', async () => {
    await using server = await seeded();
    expect((await server.call('DELETE', `/suspended_tickets/${server.ids[0]}`)).status).toBe(204);
    expect((await server.call('GET', `/suspended_tickets/${server.ids[0]}`)).status).toBe(404);
    expect((await server.call('DELETE', '/suspended_tickets/destroy_many')).status).toBe(400);
    expect((await server.call('DELETE', `/suspended_tickets/destroy_many?ids=${server.ids.join(',')}`)).status).toBe(204);
    expect(server.support.suspended.list('acme')).toEqual([]);
    server.support.suspended.suspend('acme', { author: { email: 'a@x.example' }, content: 'x' });
    server.advance(14 * 86_400_000 + 1_000);
    expect(server.support.suspended.list('acme')).toEqual([]);
  });
});
