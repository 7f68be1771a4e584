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
  const { status, body } = await server.call('GET', '/tickets?sort_by=constructor');
  const message = expect.stringMatching(/ must be one of id, created_at, updated_at, .*requester\.name.* from /);
  expect({ status, body }).toMatchObject({ status: 400, body: { error: { message } } });
});
