import { describe, expect, it, vi } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

/** Ada has ticket 1, on which agents said things in private; Bob has ticket 2, on which Ada is copied; 3 is a stranger's. */
async function world() {
  const server = await testServer();
  const { support, api } = server;
  const person = (name: string): number => {
    const draft = { name, email: `${name.toLowerCase()}@x.example`, verified: true };
    return support.users.create('acme', draft, api).id;
  };
  const [ada, bob, eve] = [person('Ada'), person('Bob'), person('Eve')];
  const field = support.fields.create('acme', 'ticket', { type: 'text', title: 'Seen', display: { visible_in_portal: true } }).id;
  const hidden = support.fields.create('acme', 'ticket', { type: 'text', title: 'Hidden' }).id;
  const custom_fields = [field, hidden].map((id) => ({ id, value: 'teal' }));
  const make = (subject: string, requester_id: number, rest: object = {}): void =>
    void support.tickets.create('acme', { subject, comment: 'Smoke and fire', requester_id, ...rest }, api);
  make('Printer', ada, { tags: ['fraud'], assignee_id: server.ownerId, custom_fields });
  make('Scanner', bob, { email_ccs: [{ user_id: ada }] });
  make('Copier', eve);
  support.tickets.update('acme', 1, { comment: { body: 'She lies about the printer, zebra', public: false } }, api);
  support.tickets.update('acme', 1, { comment: { body: 'We look into the toner' } }, api);
  const ids = async (query: string, email = 'ada@x.example', rest = ''): Promise<number[]> => {
    const headers = { authorization: basic(email, 'test-api-token') };
    const path = `/requests/search?query=${encodeURIComponent(query)}${rest}`;
    const { status, body } = await server.call<{ requests: { id: number }[]; count: number }>('GET', path, undefined, headers);
    expect([status, body.count]).toEqual([200, body.requests.length]);
    return body.requests.map(({ id }) => id);
  };
  return { server, ids, field, hidden };
}

const using = async (work: (made: Awaited<ReturnType<typeof world>> & { server: TestServer }) => Promise<void>): Promise<void> => {
  const made = await world();
  await using _ = made.server;
  await work(made);
};

describe('what end users search', () => {
  it.each([
    ['printer', [1]],
    ['fire', [2, 1]],
    ['"smoke and fire"', [2, 1]],
    ['ton*', [1]],
    ['2', [2]],
    ['subject:scanner', [2]],
    ['comment:toner', [1]],
    ['comment:toner comment:smoke', [2, 1]],
    ['toner smoke', [1]],
    ['description:toner', []],
    ['fire -toner', [2]],
    ['status:open', [1]],
    ['requester:me', [1]],
    ['requester:ada@x.example', [1]],
  ])('%s finds %o: what is public and theirs', async (query, expected) => {
    await using(async ({ ids }) => expect(await ids(query)).toEqual(expected));
  });

  it.each([
    ['zebra', []],
    ['comment:zebra', []],
    ['"lies about"', []],
    ['zeb*', []],
    ['fraud', []],
    ['tags:fraud', []],
    ['teal', []],
    ['commenter:owner', []],
    ['assignee:owner@acme.example', []],
    // What is left out because of a private word would tell of it too.
    ['fire -zebra', [2, 1]],
    ['fire -tags:fraud', [2, 1]],
  ])('%s finds %o: nothing private can be guessed', async (query, expected) => {
    await using(async ({ ids }) => expect(await ids(query)).toEqual(expected));
  });

  it('are fields that they see, by status and the like', async () => {
    await using(async ({ ids, field, hidden }) => {
      expect([await ids(`custom_field_${field}:teal`), await ids(`custom_field_${hidden}:teal`)]).toEqual([[1], []]);
      expect(await ids('fire', 'ada@x.example', '&status=open')).toEqual([1]);
      expect(await ids('fire', 'ada@x.example', '&cc_id=true')).toEqual([2]);
      expect(await ids('fire order_by:created sort:asc')).toEqual([1, 2]);
      expect(await ids('fire', 'owner@acme.example')).toEqual([3, 2, 1]);
      expect(await ids('zebra', 'owner@acme.example')).toEqual([1]);
    });
  });
});

it('what is said first in public is the description', async () => {
  await using(async ({ server, ids }) => {
    const { support, api } = server;
    const ada = support.users.findByEmail('acme', 'ada@x.example')?.id ?? 0;
    const { id } = support.tickets.create('acme', { comment: { body: 'inner', public: false }, requester_id: ada }, api).ticket;
    support.tickets.update('acme', id, { comment: { body: 'gasket', public: true } }, api);
    expect([await ids('description:gasket'), await ids('description:inner')]).toEqual([[id], []]);
  });
});

it('reads the comments of a ticket once, however many words are wanted', async () => {
  await using(async ({ server, ids }) => {
    const read = vi.spyOn(server.support.requests, 'comments');
    expect(await ids('smoke and fire '.repeat(100))).toEqual([2, 1]);
    // Each is shown with its opening too.
    expect(read).toHaveBeenCalledTimes(4);
  });
});

describe('requests of an organization', () => {
  const shared = async (patch: object, ticket_restriction?: string): Promise<[seen: number, answered: number, found: number[]]> => {
    const server = await testServer();
    await using _ = server;
    const { support, api } = server;
    const first = support.organizations.create('acme', { name: 'First' }, api);
    const organization = support.organizations.create('acme', { name: 'Globex', ...patch }, api);
    const colleague = support.users.create('acme', { name: 'Hank', email: 'hank@x.example', organization_id: organization.id }, api);
    const restriction = ticket_restriction === undefined ? {} : { ticket_restriction };
    const draft = { name: 'Ada', email: 'ada@x.example', verified: true, organization_ids: [first.id, organization.id], ...restriction };
    support.users.create('acme', draft, api);
    support.tickets.create('acme', { subject: 'Printer', comment: 'Fire', requester_id: colleague.id }, api);
    const headers = { authorization: basic('ada@x.example', 'test-api-token') };
    const seen = await server.call('GET', '/requests/1', undefined, headers);
    const answered = await server.call('PUT', '/requests/1', { request: { comment: 'Me too' } }, headers);
    const found = await server.call<{ requests: { id: number }[] }>('GET', '/requests/search?query=fire', undefined, headers);
    return [seen.status, answered.status, found.body.requests.map(({ id }) => id)];
  };

  it('are seen by members, and answered, as the organization and the user say', async () => {
    expect(await shared({})).toEqual([404, 404, []]);
    expect(await shared({ shared_comments: true })).toEqual([404, 404, []]);
    expect(await shared({ shared_tickets: true })).toEqual([200, 403, [1]]);
    expect(await shared({ shared_tickets: true, shared_comments: true })).toEqual([200, 200, [1]]);
    expect(await shared({}, 'organization')).toEqual([200, 403, [1]]);
  });
});
