import { describe, expect, it } from 'vitest';
import type { TicketEventData } from '../entities.ts';
import { testServer } from '../testing/test-server.ts';

describe('tags', () => {
  it('of a ticket: POST sets, PUT adds, DELETE removes; one journal entry each', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x', tags: ['old'] } });
    const set = await server.call('POST', '/tickets/1/tags', { tags: ['b', 'A'] });
    expect(set).toMatchObject({ status: 201, body: { tags: ['a', 'b'] } });
    expect(await server.call('PUT', '/tickets/1/tags.json', { tags: ['c', 'a'] })).toMatchObject({
      status: 200,
      body: { tags: ['a', 'b', 'c'] },
    });
    expect((await server.call('DELETE', '/tickets/1/tags', { tags: ['b', 'zzz'] })).body).toEqual({ tags: ['a', 'c'] });
    expect((await server.call('DELETE', '/tickets/1/tags?tags=c')).body).toEqual({ tags: ['a'] });
    expect((await server.call('GET', '/tickets/1/tags')).body).toEqual({ tags: ['a'] });
    const told = server.core.journal.read({ kind: 'ticket.updated' }).map(({ data }) => (data as TicketEventData).changes);
    expect(told.map((changes) => changes?.map(({ field }) => field))).toEqual([['tags'], ['tags'], ['tags'], ['tags']]);
    expect(told[1]).toEqual([{ field: 'tags', previous: ['a', 'b'], current: ['a', 'b', 'c'] }]);
  });

  it('of users and organizations', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ organization: { id: number } }>('POST', '/organizations', { organization: { name: 'Globex' } });
    for (const path of [`/users/${server.ownerId}/tags`, `/organizations/${body.organization.id}/tags`]) {
      expect((await server.call('POST', path, { tags: 'one two' })).body).toEqual({ tags: ['one', 'two'] });
      expect((await server.call('PUT', path, { tags: ['three'] })).body).toEqual({ tags: ['one', 'three', 'two'] });
      expect((await server.call('DELETE', path, { tags: ['one'] })).body).toEqual({ tags: ['three', 'two'] });
      expect((await server.call('GET', path)).body).toEqual({ tags: ['three', 'two'] });
    }
  });

  it('are refused without a list, on closed tickets, on stale ones and on unknown ones', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    expect((await server.call('PUT', '/tickets/1/tags', {})).status).toBe(400);
    expect((await server.call('PUT', '/tickets/1/tags', { tags: [{}] })).status).toBe(400);
    expect((await server.call('GET', '/tickets/9/tags')).status).toBe(404);
    const stale = { tags: ['x'], updated_stamp: '2020-01-01T00:00:00Z', safe_update: 'true' };
    expect((await server.call('PUT', '/tickets/1/tags', stale)).status).toBe(409);
    await server.call('PUT', '/tickets/1', { ticket: { status: 'closed' } });
    expect((await server.call('PUT', '/tickets/1/tags', { tags: ['x'] })).status).toBe(422);
  });

  it('are completed from two characters on, most used first', async () => {
    await using server = await testServer();
    for (const tags of [['vip'], ['vio', 'vip'], ['other']]) await server.call('POST', '/tickets', { ticket: { comment: 'x', tags } });
    const found = { status: 200, body: { tags: ['vip', 'vio'] } };
    expect(await server.call('GET', '/autocomplete/tags.json?name=Vi')).toMatchObject(found);
    expect(await server.call('POST', '/autocomplete/tags', { name: 'vi' })).toMatchObject(found);
    expect((await server.call('GET', '/autocomplete/tags?name=zz')).body).toEqual({ tags: [] });
    for (const query of ['', '?name=', '?name=v']) expect((await server.call('GET', `/autocomplete/tags${query}`)).status).toBe(400);
    expect((await server.call('POST', '/autocomplete/tags', { name: ['vi'] })).status).toBe(400);
  });

  it('are counted over tickets of the last 60 days, most used first', async () => {
    await using server = await testServer();
    await server.call('POST', '/tickets', { ticket: { comment: 'x', tags: ['gone'] } });
    server.advance(61 * 86_400_000);
    await server.call('POST', '/tickets', { ticket: { comment: 'x', tags: ['b', 'c'] } });
    await server.call('POST', '/tickets', { ticket: { comment: 'x', tags: ['c'] } });
    await server.call('POST', '/tickets', { ticket: { comment: 'x', tags: ['c', 'deleted'] } });
    await server.call('DELETE', '/tickets/4');
    expect((await server.call('GET', '/tags')).body).toEqual({
      tags: [
        { name: 'c', count: 2 },
        { name: 'b', count: 1 },
      ],
      next_page: null,
      previous_page: null,
      count: 2,
    });
    expect((await server.call('GET', '/tags?page[size]=1')).body).toMatchObject({ tags: [{ name: 'c' }], meta: { has_more: true } });
    expect((await server.call('GET', '/tags/count')).body).toMatchObject({ count: { value: 2 } });
  });
});
