import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Shown {
  id: number;
  subject: string;
  status: string;
  requester_id: number;
  can_be_solved_by_me: boolean;
}

async function world(options: Parameters<typeof testServer>[0] = {}) {
  const server = await testServer(options);
  const person = (name: string, organizationId?: number) => {
    const email = `${name.toLowerCase()}@x.example`;
    const draft = { name, email, verified: true, ...(organizationId === undefined ? {} : { organization_id: organizationId }) };
    const user = server.support.users.create('acme', draft, server.api);
    const as = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
      server.call<Body>(method, path, body, { authorization: basic(email, 'test-api-token') });
    return { user, as };
  };
  return { server, person };
}

const ids = async (call: Promise<{ body: { requests: Shown[] } }>): Promise<number[]> => (await call).body.requests.map(({ id }) => id);

describe('requests of end users', () => {
  it('are created, read and replied to by their requester', async () => {
    const { server, person } = await world();
    await using _ = server;
    const { user, as } = person('Ada');
    const request = { subject: 'Printer', priority: 'high', comment: { body: 'On fire', public: false } };
    const made = await as<{ request: Shown }>('POST', '/requests', { request });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toContain('/api/v2/requests/1.json');
    expect(made.body.request).toMatchObject({ id: 1, subject: 'Printer', status: 'new', requester_id: user.id, priority: 'high', description: 'On fire' }); // prettier-ignore
    expect(server.support.tickets.get('acme', 1)).toMatchObject({ submitter_id: user.id, is_public: true });
    expect(await ids(as('GET', '/requests'))).toEqual([1]);
    await server.call('PUT', '/tickets/1', { ticket: { comment: { body: 'Public' }, status: 'pending' } });
    await server.call('PUT', '/tickets/1', { ticket: { comment: { body: 'Private', public: false } } });
    const replied = await as<{ request: Shown }>('PUT', '/requests/1', { request: { comment: { body: 'Still' }, priority: 'low' } });
    expect(replied.body.request).toMatchObject({ status: 'open', priority: 'high' });
    expect(replied.headers.get('x-zendesk-api-warn')).toContain('request.priority');
    const { comments } = (await as<{ comments: Record<string, unknown>[] }>('GET', '/requests/1/comments')).body;
    expect(comments.map(({ body }) => body)).toEqual(['On fire', 'Public', 'Still']);
    expect(comments.every((comment) => !('metadata' in comment))).toBe(true);
    expect((await as('GET', `/requests/1/comments/${comments[1]?.['id']}`)).body).toMatchObject({ comment: { body: 'Public' } });
    const hidden = server.support.tickets.comments('acme', 1).find(({ body }) => body === 'Private');
    expect((await as('GET', `/requests/1/comments/${hidden?.id}`)).status).toBe(404);
    const told = async (query: string): Promise<unknown[]> =>
      (await as<{ comments: { body: string }[] }>('GET', `/requests/1/comments?${query}`)).body.comments.map(({ body }) => body);
    expect(await told('role=agent')).toEqual(['Public']);
    expect(await told('role=end_user&sort_order=desc')).toEqual(['Still', 'On fire']);
    expect(await told('since=2100-01-01T00:00:00Z')).toEqual([]);
    expect((await as('GET', '/requests/1/comments?role=x')).status).toBe(400);
  });

  it('are solved by their requester only when an agent has them', async () => {
    const { server, person } = await world();
    await using _ = server;
    const { as } = person('Ada');
    await as('POST', '/requests', { request: { subject: 'S', comment: 'C' } });
    expect((await as('PUT', '/requests/1', { request: { solved: true } })).status).toBe(422);
    await server.call('PUT', '/tickets/1', { ticket: { assignee_id: server.ownerId } });
    expect((await as<{ request: Shown }>('GET', '/requests/1')).body.request.can_be_solved_by_me).toBe(true);
    const solved = await as<{ request: Shown }>('PUT', '/requests/1', { request: { solved: 'true' } });
    expect(solved.body.request).toMatchObject({ status: 'solved', can_be_solved_by_me: false });
    expect(await ids(as('GET', '/requests/open'))).toEqual([]);
    expect(await ids(as('GET', '/requests/solved'))).toEqual([1]);
    expect([await ids(as('GET', '/requests?status=hold,open')), await ids(as('GET', '/requests?status=hold,solved'))]).toEqual([[], [1]]);
  });

  it('are seen by nobody else but those who are copied and, where tickets are shared, their organization', async () => {
    const { server, person } = await world();
    await using _ = server;
    const organization = server.support.organizations.create('acme', { name: 'Globex', shared_tickets: true }, server.api);
    const [ada, bob, eve, colleague] = [person('Ada', organization.id), person('Bob'), person('Eve'), person('Hank', organization.id)];
    const request = { subject: 'Printer', comment: 'C', email_ccs: [{ user_id: bob.user.id }] };
    await ada.as('POST', '/requests', { request });
    expect(await ids(bob.as('GET', '/requests/ccd'))).toEqual([1]);
    expect((await bob.as('GET', '/requests/1')).status).toBe(200);
    expect(await ids(bob.as('GET', '/requests'))).toEqual([]);
    expect((await eve.as('GET', '/requests/1')).status).toBe(404);
    expect((await eve.as('PUT', '/requests/1', { request: { comment: 'x' } })).status).toBe(404);
    expect(await ids(colleague.as('GET', `/organizations/${organization.id}/requests`))).toEqual([1]);
    expect((await eve.as('GET', `/organizations/${organization.id}/requests`)).status).toBe(403);
    expect((await eve.as('GET', `/users/${ada.user.id}/requests`)).status).toBe(403);
    expect(await ids(ada.as('GET', `/users/${ada.user.id}/requests`))).toEqual([1]);
    expect(await ids(ada.as('GET', '/requests/search?query=printer&status=new,open'))).toEqual([1]);
    expect(await ids(ada.as('GET', '/requests/search?query=printer&status=hold'))).toEqual([]);
    expect(await ids(eve.as('GET', '/requests/search?query=printer'))).toEqual([]);
    const beside = await ada.as<{ users: object[] }>('GET', '/requests/1?include=users');
    expect(beside.body.users).toContainEqual({ id: bob.user.id, name: 'Bob', photo: null, agent: false, organization_id: null });
    server.support.tickets.create('acme', { comment: { body: 'internal', public: false }, requester_id: ada.user.id }, server.api);
    expect(await ids(ada.as('GET', '/requests'))).toEqual([1]);
    expect((await ada.as('GET', '/tickets')).status).toBe(403);
  });

  it('need a subject and a comment', async () => {
    const { server, person } = await world();
    await using _ = server;
    const { as } = person('Ada');
    expect((await as('POST', '/requests', { request: { comment: 'C' } })).body).toMatchObject({ details: { base: [{ error: 'BlankValue', field_key: 'subject' }] } }); // prettier-ignore
    expect((await as('POST', '/requests', { request: { subject: 'S' } })).status).toBe(422);
    expect((await as('POST', '/requests', {})).status).toBe(400);
    expect((await as('GET', '/requests/search')).status).toBe(422);
  });

  it('page both ways', async () => {
    const { server, person } = await world();
    await using _ = server;
    const { as } = person('Ada');
    for (const subject of ['A', 'B', 'C']) await as('POST', '/requests', { request: { subject, comment: 'C' } });
    expect((await as('GET', '/requests?per_page=2&sort_by=updated_at&sort_order=desc')).body).toMatchObject({ count: 3 });
    expect((await as('GET', '/requests?page[size]=2')).body).toMatchObject({ meta: { has_more: true } });
  });
});

describe('requests and agents', () => {
  it('are seen as far as the agent gets to see tickets, in metrics and files too', async () => {
    const { server } = await world();
    await using _ = server;
    const { upload } = (await server.call<{ upload: { token: string; attachment: { id: number } } }>('POST', '/uploads?filename=a', 'x')).body; // prettier-ignore
    await server.call('POST', '/tickets', { ticket: { comment: { body: 'C', uploads: [upload.token] } } });
    const agent = { name: 'G', email: 'g@x.example', role: 'agent', verified: true, ticket_restriction: 'assigned' } as const;
    const { id } = server.support.users.create('acme', agent, server.api);
    const authorization = basic('g@x.example', 'test-api-token');
    const metricId = server.support.tickets.audits('acme', 1)[0]?.id;
    const seen = async (): Promise<number[]> => {
      const paths = ['/requests/1', `/attachments/${upload.attachment.id}`, `/ticket_metrics/${metricId}`, '/tickets/1/metrics'];
      return await Promise.all(paths.map(async (path) => (await server.call('GET', path, undefined, { authorization })).status));
    };
    expect(await seen()).toEqual([404, 403, 404, 403]);
    await server.call('PUT', '/tickets/1', { ticket: { assignee_id: id } });
    expect(await seen()).toEqual([200, 200, 200, 200]);
  });
});

describe('requests without credentials', () => {
  const request = { subject: 'S', comment: { body: 'C' }, requester: { name: 'Anonymous customer', email: 'who@x.example' } };
  const bare = (server: TestServer, body: unknown) => server.call<{ request: Shown }>('POST', '/requests', body, { authorization: '' });

  it('are taken from whoever says who they are', async () => {
    const { server } = await world();
    await using _ = server;
    const made = await bare(server, { request });
    expect(made.status).toBe(201);
    expect(server.support.users.get('acme', made.body.request.requester_id)).toMatchObject({ email: 'who@x.example', role: 'end-user' });
    expect((await bare(server, { request: { subject: 'S', comment: 'C' } })).status).toBe(422);
    expect((await server.call('GET', '/requests', undefined, { authorization: '' })).status).toBe(401);
  });

  it('are refused where the account does not take them, and limited on a trial account', async () => {
    const { server } = await world({ settings: { anonymousRequests: false } });
    await using _ = server;
    expect((await bare(server, { request })).status).toBe(403);
    const trial = await world({ settings: { trial: true } });
    await using __ = trial.server;
    for (let count = 0; count < 5; count++) expect((await bare(trial.server, { request })).status).toBe(201);
    expect((await bare(trial.server, { request })).status).toBe(429);
  });
});

describe('custom fields of requests', () => {
  it('are seen and filled in by end users where the field says so', async () => {
    const { server, person } = await world();
    await using _ = server;
    const field = (title: string, display: object) => server.support.fields.create('acme', 'ticket', { type: 'text', title, display }).id;
    const [open, shown, hidden] = [
      field('Open', { visible_in_portal: true, editable_in_portal: true }),
      field('Shown', { visible_in_portal: true }),
      field('Hidden', {}),
    ];
    const custom_fields = [open, shown, hidden].map((id) => ({ id, value: 'x' }));
    const { as } = person('Ada');
    const made = await as('POST', '/requests', { request: { subject: 'S', comment: 'C', custom_fields } });
    expect(made.body).toMatchObject({
      request: {
        custom_fields: [
          { id: open, value: 'x' },
          { id: shown, value: null },
        ],
      },
    });
    expect(server.support.tickets.get('acme', 1)?.custom_fields).toEqual([{ id: open, value: 'x' }]);
  });
});
