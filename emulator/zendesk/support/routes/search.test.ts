import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Found {
  results: { id: number; result_type: string; name?: string }[];
  count?: number;
  next_page: string | null;
  previous_page: string | null;
  meta: { has_more: boolean; after_cursor: string | null };
  links: { next: string | null };
}

describe('search over REST', () => {
  it('shows each record as its own endpoint does, with its type', async () => {
    await using server = await testServer();
    const { ticket } = server.support.tickets.create('acme', { subject: 'Printer', comment: 'c', tags: ['a'] }, server.api);
    const shown = (await server.call<{ ticket: object }>('GET', `/tickets/${ticket.id}`)).body.ticket;
    const { status, body } = await server.call('GET', '/search.json?query=printer');
    expect(status).toBe(200);
    expect(body).toEqual({
      results: [{ ...shown, result_type: 'ticket' }],
      facets: null,
      next_page: null,
      previous_page: null,
      count: 1,
    });
    const types = await server.call<Found>('GET', '/search?query=acme');
    expect(types.body.results.map((each) => each.result_type)).toContain('user');
    expect((await server.call('GET', '/search/count?query=printer')).body).toEqual({ count: 1 });
  });

  it('ends at 1,000 results with a 422, and still counts all', async () => {
    await using server = await testServer();
    for (let at = 0; at < 1_001; at += 1) server.support.tickets.create('acme', { subject: 'Bulk', comment: 'c' }, server.api);
    const last = await server.call<Found>('GET', '/search?query=bulk&page=10&sort_by=created_at&sort_order=asc');
    expect([last.body.results.length, last.body.count]).toEqual([100, 1_001]);
    expect(last.body.results.at(-1)?.id).toBe(1_000);
    const past = await server.call('GET', last.body.next_page ?? '');
    expect([past.status, past.body['error']]).toEqual([422, 'invalid']);
    const all = await server.call<Found>('GET', '/search/export?query=bulk&filter[type]=ticket&page[size]=1000');
    expect([all.body.results.length, all.body.meta.has_more, all.body.count]).toEqual([1_000, true, undefined]);
    const rest = await server.call<Found>('GET', all.body.links.next ?? '');
    expect(rest.body.results.map(({ id }) => id)).toEqual([1_001]);
    const none = await server.call<Found>('GET', rest.body.links.next ?? '');
    expect(none.body).toMatchObject({ results: [], meta: { has_more: false, after_cursor: null }, links: { next: null } });
    server.advance(3_600_000);
    expect((await server.call('GET', rest.body.links.next ?? '')).status).toBe(400);
  });

  it.each([
    ['/search', 422],
    ['/search?query=', 422],
    ['/search?query=a&sort_by=name', 422],
    ['/search?query=a&sort_order=up', 422],
    ['/search?query=a&page=x', 400],
    ['/search?query=created>soon', 422],
    ['/search?query=a&page[size]=5', 400],
    ['/search/count', 422],
    ['/search/export?query=a', 400],
    ['/search/export?query=a&filter[type]=article', 400],
    ['/search/export?query=a&filter[type]=user&page[after]=x', 400],
  ])('%s is %i', async (path, status) => {
    await using server = await testServer();
    expect((await server.call('GET', path)).status).toBe(status);
  });

  it('shows records beside the results', async () => {
    await using server = await testServer();
    const organization = server.support.organizations.create('acme', { name: 'Globex' }, server.api);
    const hank = server.support.users.create('acme', { name: 'Hank Fire', organization_id: organization.id }, server.api);
    server.support.tickets.create('acme', { subject: 'Fire', comment: 'c', requester_id: hank.id }, server.api);
    type Beside = Record<'users' | 'organizations', { id: number }[] | undefined>;
    const ids = async (path: string): Promise<(number[] | undefined)[]> => {
      const { body } = await server.call<Beside>('GET', path);
      return [body.users, body.organizations].map((rows) => rows?.map(({ id }) => id));
    };
    expect(await ids('/search?query=fire&include=tickets(users,organizations)')).toEqual([[hank.id, server.ownerId], [organization.id]]);
    expect(await ids('/search?query=fire&include=tickets(users),users(organizations)')).toEqual([
      [hank.id, server.ownerId],
      [organization.id],
    ]);
    expect(await ids('/search?query=type:user+fire&include=tickets(users)')).toEqual([[], undefined]);
    expect(await ids('/search/export?query=fire&filter[type]=ticket&include=tickets(users)')).toEqual([
      [hank.id, server.ownerId],
      undefined,
    ]);
    expect(await ids('/search?query=fire')).toEqual([undefined, undefined]);
  });

  it('counts and pages for an agent with a restriction only what they see', async () => {
    await using server = await testServer();
    const lee = server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true, ticket_restriction: 'assigned' }, server.api); // prettier-ignore
    for (let at = 0; at < 6; at += 1)
      server.support.tickets.create('acme', { subject: 'Bulk', comment: 'c', ...(at % 2 ? { assignee_id: lee.id } : {}) }, server.api);
    const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
    const find = async (path: string): Promise<Found> => (await server.call<Found>('GET', path, undefined, headers)).body;
    expect((await find('/search/count?query=bulk')).count).toBe(3);
    const page = await find('/search?query=bulk&per_page=2&sort_by=created_at&sort_order=asc');
    expect([page.count, page.results.map(({ id }) => id)]).toEqual([3, [2, 4]]);
    expect((await find(page.next_page ?? '')).results.map(({ id }) => id)).toEqual([6]);
    const exported = await find('/search/export?query=bulk&filter[type]=ticket&page[size]=2');
    expect([exported.meta.has_more, exported.results.map(({ id }) => id)]).toEqual([true, [2, 4]]);
    expect((await find(exported.links.next ?? '')).results.map(({ id }) => id)).toEqual([6]);
  });

  it('shows its limit', async () => {
    await using server = await testServer();
    const { headers } = await server.call('GET', '/search?query=a');
    expect(headers.get('zendesk-ratelimit-search-index')).toMatch(/^total=2500; remaining=2499/);
  });
});
