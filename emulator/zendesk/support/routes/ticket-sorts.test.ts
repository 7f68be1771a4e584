import { expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

it('lists of tickets are sorted by what they show: text, people and groups by name', async () => {
  await using server = await testServer();
  for (const [subject, name] of [
    ['b', 'Zoe'],
    ['C', 'ada'],
    ['a', 'Bob'],
  ])
    await server.call('POST', '/tickets', { ticket: { subject, comment: 'x', requester: { name, email: `${name}@x.example` } } });
  const sorted = async (query: string): Promise<number[]> =>
    (await server.call<{ tickets: { id: number }[] }>('GET', `/tickets?${query}`)).body.tickets.map(({ id }) => id);
  expect(await sorted('sort_by=subject')).toEqual([3, 1, 2]);
  expect(await sorted('sort_by=subject&sort_order=desc')).toEqual([2, 1, 3]);
  expect(await sorted('sort_by=requester.name&per_page=2')).toEqual([2, 3]);
  expect(await sorted('sort_by=group')).toEqual([1, 2, 3]);
  await server.call('PUT', `/users/${server.support.users.findByEmail('acme', 'bob@x.example')?.id}`, { user: { locale: 'de' } });
  expect(await sorted('sort_by=locale')).toEqual([3, 1, 2]);
  const { status, body } = await server.call('GET', '/tickets?sort_by=constructor');
  const message = expect.stringMatching(/ must be one of id, created_at, updated_at, .*requester\.name.* from /);
  expect({ status, body }).toMatchObject({ status: 400, body: { error: { message } } });
});

it('cursor pages of tickets know sorts of their own, and ignore those of offset pages', async () => {
  await using server = await testServer();
  for (const status of ['pending', 'new', 'open', 'pending'])
    await server.call('POST', '/tickets', { ticket: { subject: status, comment: 'x', status } });
  server.advance(1_000);
  await server.call('PUT', '/tickets/2', { ticket: { priority: 'low' } });
  type Page = { tickets: { id: number }[]; links: { next: string | null } };
  const walked = async (query: string): Promise<number[]> => {
    const ids: number[] = [];
    for (let next: string | null = `/tickets?page[size]=3&${query}`; next;) {
      const { tickets, links }: Page = (await server.call<Page>('GET', next)).body;
      ids.push(...tickets.map(({ id }) => id));
      next = links.next;
    }
    return ids;
  };
  expect(await walked('sort=status')).toEqual([2, 3, 1, 4]);
  expect(await walked('sort=-status')).toEqual([4, 1, 3, 2]);
  expect(await walked('sort=updated_at')).toEqual([1, 3, 4, 2]);
  expect(await walked('sort=-id')).toEqual([4, 3, 2, 1]);
  expect(await walked('sort_by=subject&sort_order=desc')).toEqual([1, 2, 3, 4]);
  for (const sort of ['created_at', '-created_at', 'subject', 'requester'])
    expect(await server.call('GET', `/tickets?page[size]=3&sort=${sort}`)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'InvalidPaginationParameter' }] },
    });
});
