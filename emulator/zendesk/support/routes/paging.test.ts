import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

interface Listed {
  count: number;
  next_page: string | null;
  previous_page: string | null;
  meta: { has_more: boolean; after_cursor: string | null; before_cursor: string | null };
  links: { next: string | null; prev: string | null };
}
type Rows<Key extends string> = Listed & Record<Key, (Record<string, unknown> & { id: number })[]>;

describe('offset pages', () => {
  it('count all and link both ways, keeping other parameters', async () => {
    await using server = await testServer();
    for (let count = 0; count < 5; count++) await server.call('POST', '/tickets', { ticket: { comment: 'x', external_id: 'e' } });
    const first = (await server.call<Rows<'tickets'>>('GET', '/tickets.json?per_page=2&external_id=e')).body;
    expect([first.count, first.previous_page, first.next_page]).toEqual([
      5,
      null,
      `${server.url}/tickets.json?per_page=2&external_id=e&page=2`,
    ]);
    const second = (await server.call<Rows<'tickets'>>('GET', first.next_page ?? '')).body;
    expect(second.tickets.map((ticket) => ticket.id)).toEqual([3, 4]);
    expect(second.previous_page).toBe(`${server.url}/tickets.json?per_page=2&external_id=e&page=1`);
    const last = (await server.call<Rows<'tickets'>>('GET', second.next_page ?? '')).body;
    expect([last.tickets.length, last.next_page]).toEqual([1, null]);
    expect(Object.keys(first)).toEqual(['tickets', 'next_page', 'previous_page', 'count']);
  });

  it('sort by what was asked', async () => {
    await using server = await testServer();
    for (let count = 0; count < 3; count++) {
      server.advance(1_000);
      await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    }
    const ids = async (query: string): Promise<number[]> =>
      (await server.call<Rows<'tickets'>>('GET', `/tickets?${query}`)).body.tickets.map(({ id }) => id);
    expect(await ids('sort_by=created_at&sort_order=desc')).toEqual([3, 2, 1]);
    expect(await ids('sort_by=updated_at')).toEqual([1, 2, 3]);
    expect(await ids('sort_order=desc')).toEqual([3, 2, 1]);
  });

  it('ends offset pages at record 10,000', async () => {
    await using server = await testServer();
    const tooDeep = { status: 400, body: { errors: [{ code: 'InvalidPaginationDepth' }] } };
    for (const query of ['page=101', 'per_page=10&page=1001']) expect(await server.call('GET', `/tickets?${query}`)).toMatchObject(tooDeep);
    for (const query of ['page=100', 'per_page=10&page=1000']) expect((await server.call('GET', `/tickets?${query}`)).status).toBe(200);
  });

  it.each(['page=0', 'page=x', 'per_page=-1', 'page=101', 'sort_by=mood', 'sort_order=up', 'support_type_scope=robot'])(
    'refuse %s',
    async (query) => {
      await using server = await testServer();
      expect((await server.call('GET', `/tickets?${query}`)).status).toBe(400);
    },
  );
});

describe('cursor pages', () => {
  it('have cursors and links while there are rows, also at the end; an empty page has none', async () => {
    await using server = await testServer();
    for (let count = 0; count < 3; count++) await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const first = (await server.call<Rows<'tickets'>>('GET', '/tickets?page[size]=2&include=users')).body;
    expect(first.tickets.map((ticket) => ticket.id)).toEqual([1, 2]);
    expect(first.tickets[0]).not.toHaveProperty('fields');
    expect(first.tickets[0]).toHaveProperty('custom_fields');
    expect(first.meta.has_more).toBe(true);
    expect(first.links.prev).not.toBeNull();
    expect(first).not.toHaveProperty('count');
    const second = (await server.call<Rows<'tickets'>>('GET', first.links.next ?? '')).body;
    expect([second.tickets.map((ticket) => ticket.id), second.meta.has_more]).toEqual([[3], false]);
    expect(second.links.next).toContain('include=users');
    const third = (await server.call<Rows<'tickets'>>('GET', second.links.next ?? '')).body;
    expect([third.tickets, third.meta, third.links]).toEqual([
      [],
      { has_more: false, after_cursor: null, before_cursor: null },
      { next: null, prev: null },
    ]);
    const back = (await server.call<Rows<'tickets'>>('GET', second.links.prev ?? '')).body;
    expect([back.tickets.map((ticket) => ticket.id), back.meta.has_more]).toEqual([[1, 2], false]);
  });

  it('look like the recorded ones', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const { meta } = (await server.call<Rows<'tickets'>>('GET', '/tickets?page%5Bsize%5D=1')).body;
    expect(Buffer.from(meta.after_cursor ?? '', 'base64').toString()).toBe('{"o":"nice_id","v":"aQEAAAAAAAAA"}');
  });

  it('sort with ties in between', async () => {
    await using server = await testServer();
    for (let count = 0; count < 5; count++) {
      if (count % 2 === 0) server.advance(1_000);
      await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    }
    for (const [sort, expected] of [
      ['updated_at', [1, 2, 3, 4, 5]],
      ['-updated_at', [5, 4, 3, 2, 1]],
      ['-id', [5, 4, 3, 2, 1]],
    ] as const) {
      const seen: number[] = [];
      let page: string | null = `/tickets?page[size]=1&sort=${sort}`;
      while (page !== null) {
        const { body }: { body: Rows<'tickets'> } = await server.call('GET', page);
        seen.push(...body.tickets.map((ticket) => ticket.id));
        page = body.links.next;
      }
      expect(seen).toEqual(expected);
    }
  });

  it('sort by name without regard to case, and come to an end', async () => {
    await using server = await testServer();
    const names = ['beta', 'Alpha', 'Gamma', 'alpha two'];
    for (const name of names) await server.call('POST', '/organizations', { organization: { name } });
    const seen: unknown[] = [];
    let page: string | null = '/organizations?page[size]=1&sort=name';
    while (page !== null && seen.length < names.length + 1) {
      const { body }: { body: Rows<'organizations'> } = await server.call('GET', page);
      seen.push(...body.organizations.map((organization) => organization['name']));
      page = body.links.next;
    }
    expect(seen).toEqual(['Alpha', 'alpha two', 'beta', 'Gamma']);
  });

  it('refuse cursors that are not theirs', async () => {
    await using server = await testServer();
    for (const cursor of [
      'x',
      Buffer.from('{"o":"id","v":"aQEAAAAAAAAA"}').toString('base64'),
      Buffer.from('{"o":"nice_id","v":"eA=="}').toString('base64'),
    ]) {
      const { status, body } = await server.call('GET', `/tickets?page[size]=1&page[after]=${encodeURIComponent(cursor)}`);
      expect([status, body]).toEqual([400, { errors: [{ code: 'InvalidPaginationParameter', title: 'page[after] is not valid' }] }]);
    }
  });
});

describe('show_many', () => {
  it('leaves unknown ids out, shows each once and wraps as recorded', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const { body } = await server.call<Rows<'tickets'>>('GET', '/tickets/show_many.json?ids=1,99,x,1');
    expect([body.tickets.map((ticket) => ticket.id), body.count, body.next_page, body.previous_page]).toEqual([[1], 1, null, null]);
  });

  it('takes at most 100 ids', async () => {
    await using server = await testServer();
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',');
    const { status, body } = await server.call('GET', `/users/show_many?ids=${ids}`);
    expect([status, body]).toMatchObject([400, { error: 'TooManyValues' }]);
    expect((await server.call('GET', '/users/show_many')).status).toBe(400);
  });
});
