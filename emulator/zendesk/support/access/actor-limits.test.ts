import { describe, expect, it } from 'vitest';
import type { Comment, Ticket } from '../entities.ts';
import { basic, testServer, type Answer, type TestServer } from '../testing/test-server.ts';

type Made = { readonly ticket: { readonly id: number } };

/** Calls of an agent of this kind. */
function agent(
  server: TestServer,
  patch: object,
): <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<Answer<Body>> {
  const draft = { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true, ...patch } as const;
  server.support.users.create('acme', draft, server.api);
  const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
  return (method, path, body) => server.call(method, path, body, headers);
}

const role = (server: TestServer, configuration: Record<string, unknown>): object => ({
  custom_role_id: server.support.roles.create('acme', { name: 'Role', configuration }).id,
});

const make = async (server: TestServer, ticket: object = {}): Promise<number> =>
  (await server.call<Made>('POST', '/tickets', { ticket: { comment: 'x', ...ticket } })).body.ticket.id;

const stored = (server: TestServer, id: number): Ticket | undefined => server.support.tickets.get('acme', id);

describe('an agent whose comments are private', () => {
  const PRIVATE = { only_private_comments: true };
  const said = (server: TestServer, id: number): readonly Comment[] => server.support.tickets.comments('acme', id);
  const later = async (server: TestServer): Promise<void> => {
    server.advance(1_000);
    await server.call('GET', '/job_statuses');
  };

  it('says nothing in public when they make a ticket, whatever they say it with', async () => {
    await using server = await testServer();
    const as = agent(server, PRIVATE);
    const voice_comment = { from: '+14155550100', to: '+14155550101', public: true, call_duration: 5 };
    for (const ticket of [{ description: 'd' }, { comment: { body: 'b', public: true } }, { comment: 'c', voice_comment }]) {
      const { id } = (await as<Made>('POST', '/tickets', { ticket })).body.ticket;
      expect([said(server, id).some((comment) => comment.public), stored(server, id)?.is_public]).toEqual([false, false]);
      expect(said(server, id).some(({ data }) => data?.public)).toBe(false);
    }
    await as('POST', '/tickets/create_many', { tickets: [{ comment: 'many' }] });
    await later(server);
    expect(said(server, 4).map((comment) => comment.public)).toEqual([false]);
  });

  it('says nothing in public in updates, requests, bulk and merges', async () => {
    await using server = await testServer();
    const [one, two] = [await make(server), await make(server)];
    const as = agent(server, { ...PRIVATE });
    const voice_comment = { from: '+14155550100', public: true };
    expect((await as('PUT', `/tickets/${one}`, { ticket: { voice_comment } })).status).toBe(200);
    expect((await as('PUT', `/requests/${one}`, { request: { comment: 'request' } })).status).toBe(200);
    await as('PUT', `/tickets/update_many?ids=${one}`, { ticket: { comment: { body: 'bulk', public: true } } });
    const merge = {
      ids: [two],
      target_comment: 'merge',
      source_comment: 'merge',
      target_comment_is_public: true,
      source_comment_is_public: true,
    };
    await as('POST', `/tickets/${one}/merge`, merge);
    await later(server);
    const comments = [...said(server, one).slice(1), ...said(server, two).slice(1)];
    expect([comments.length, comments.some((comment) => comment.public)]).toEqual([5, false]);
  });
});

describe('an agent who sees their own tickets alone', () => {
  const ASSIGNED = { ticket_restriction: 'assigned' };

  it('follows up on, and links to, nothing else', async () => {
    await using server = await testServer();
    const as = agent(server, ASSIGNED);
    const problem = await make(server, { type: 'problem' });
    const closed = { subject: 'Secret', status: 'closed', comment: { body: 'x' }, tags: ['inner'] };
    const source = (await server.call<Made>('POST', '/imports/tickets', { ticket: closed })).body.ticket.id;
    const followup = await as('POST', '/tickets', { ticket: { comment: 'c', via_followup_source_id: source } });
    expect([followup.status, /Secret|inner/.test(JSON.stringify(followup.body))]).toEqual([201, false]);
    expect(stored(server, source)?.followup_ids).toEqual([]);
    expect((await as('POST', '/tickets', { ticket: { comment: 'c', type: 'incident', problem_id: problem } })).status).toBe(422);
    expect(stored(server, problem)?.has_incidents).toBe(false);
  });

  it('writes nothing else, also when a job comes to it later', async () => {
    await using server = await testServer();
    const as = agent(server, ASSIGNED);
    const lee = server.support.users.findByEmail('acme', 'lee@acme.example');
    const id = await make(server, { assignee_id: lee?.id });
    expect((await as('PUT', `/tickets/update_many?ids=${id}`, { ticket: { subject: 'late' } })).status).toBe(200);
    await server.call('PUT', `/tickets/${id}`, { ticket: { assignee_id: server.ownerId } });
    server.advance(1_000);
    await server.call('GET', '/job_statuses');
    expect(stored(server, id)?.subject).toBeNull();
  });
});

describe('an agent of a role', () => {
  it('without ticket_tag_editing leaves tags alone in updates too, but those of fields', async () => {
    await using server = await testServer();
    const options = [{ name: 'Red', value: 'red' }];
    const { id: field } = server.support.fields.create('acme', 'ticket', {
      type: 'tagger',
      title: 'Colour',
      custom_field_options: options,
    });
    const id = await make(server, { tags: ['a'] });
    const as = agent(server, role(server, { ticket_tag_editing: false }));
    const put = async (ticket: object): Promise<number> => (await as('PUT', `/tickets/${id}`, { ticket })).status;
    expect([await put({ tags: ['b'] }), await put({ additional_tags: ['b'] }), await put({ remove_tags: ['a'] })]).toEqual([403, 403, 403]);
    expect([await put({ tags: ['a'], subject: 's' }), await put({ remove_tags: ['z'] })]).toEqual([200, 200]);
    expect(await put({ custom_fields: [{ id: field, value: 'red' }] })).toBe(200);
    expect(stored(server, id)?.tags).toEqual(['a', 'red']);
    expect((await as('POST', '/tickets', { ticket: { comment: 'c', tags: ['b'] } })).status).toBe(403);
  });

  it('without ticket_deletion neither marks as spam nor redacts', async () => {
    await using server = await testServer();
    const id = await make(server);
    const comment = server.support.tickets.comments('acme', id)[0]?.id;
    const as = agent(server, role(server, { ticket_deletion: false }));
    const calls: [path: string, body: object][] = [
      [`/tickets/${id}/mark_as_spam`, {}],
      [`/tickets/mark_many_as_spam?ids=${id}`, {}],
      [`/tickets/${id}/comments/${comment}/redact`, { text: 'x' }],
      [`/tickets/${id}/comments/${comment}/attachments/1/redact`, {}],
      [`/comment_redactions/${comment}`, { ticket_id: id }],
    ];
    for (const [path, body] of calls) expect([path, (await as('PUT', path, body)).status]).toEqual([path, 403]);
    expect((await server.call('PUT', `/tickets/${id}/comments/${comment}/redact`, { text: 'x' })).status).toBe(200);
  });

  it('that may merge and edits no tags merges all the same', async () => {
    await using server = await testServer();
    const [one, two] = [await make(server), await make(server)];
    const as = agent(server, role(server, { ticket_merge: true, ticket_tag_editing: false }));
    expect((await as('POST', `/tickets/${one}/merge`, { ids: [two] })).status).toBe(200);
    server.advance(1_000);
    await server.call('GET', '/job_statuses');
    expect(stored(server, two)).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] });
  });
});

describe('closed tickets', () => {
  it('are no spam', async () => {
    await using server = await testServer();
    const closed = { status: 'closed', comment: { body: 'x' } };
    const { id } = (await server.call<Made>('POST', '/imports/tickets', { ticket: closed })).body.ticket;
    expect((await server.call('PUT', `/tickets/${id}/mark_as_spam`)).status).toBe(422);
    expect(stored(server, id)?.deleted_at).toBeNull();
  });
});

describe('X-Zendesk-API-Warn', () => {
  it('names each key of a bulk call once and stays short', async () => {
    await using server = await testServer();
    const tickets = Array.from({ length: 100 }, () => ({ comment: 'c', nonsense: 1 }));
    const warned = async (all: object[]): Promise<string> =>
      (await server.call('POST', '/tickets/create_many', { tickets: all })).headers.get('x-zendesk-api-warn') ?? '';
    expect(await warned(tickets)).toBe('Removed restricted keys ["ticket.nonsense"] from parameters according to whitelist');
    const many = tickets.map((_, at) => Object.fromEntries(Array.from({ length: 50 }, (__, key) => [`key_${at}_${key}`, 1])));
    const long = await warned(many.map((each) => ({ comment: 'c', ...each, ['x'.repeat(9_000)]: 1 })));
    expect(long.length).toBeLessThan(4_200);
    expect(long).toContain('"ticket.key_0_0", ');
  });
});
